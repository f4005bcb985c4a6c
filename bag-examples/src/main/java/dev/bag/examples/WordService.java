// spotless:off
//JAVA 17+
//DEPS dev.bag:bag-io:0.1.0-SNAPSHOT
//SOURCES Usage.java
// spotless:on
package dev.bag.examples;

import com.sun.net.httpserver.HttpServer;
import dev.bag.Persisted;
import dev.bag.Runner;
import dev.bag.io.TextFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A service that computes the response to each request by a small run, as a web application does: many threads use one runner, which shares its
 * threads between their runs. The lines are read once, when it starts.
 *
 * <p>Arguments: files, directories or patterns.
 */
public final class WordService implements AutoCloseable {

    private static final int PORT = 8080;
    private static final int THREADS = 20;

    private static final Usage USAGE = new Usage("""
            Usage: java -cp bag-examples.jar dev.bag.examples.WordService FILE ...

            Answers http://127.0.0.1:8080/WORD with the number of lines that have WORD, until it is stopped.
            """);

    private final Runner runner = Runner.local().build();
    private final Persisted<String> lines;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    /** Reads the files and starts at {@code port}, or at any that is free if that is 0. */
    WordService(int port, String... files) throws IOException {
        lines = TextFiles.read(files).persist(runner);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> {
            String word = exchange.getRequestURI().getPath().substring(1);
            byte[] body = Long.toString(linesWith(word)).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.setExecutor(threads);
        server.start();
    }

    private long linesWith(String word) {
        return lines.bag().filter(line -> line.contains(word)).count().compute(runner);
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        lines.close();
        runner.close();
    }

    public static void main(String... arguments) throws IOException {
        WordService service = new WordService(PORT, USAGE.someNamesOrExit(arguments));
        Runtime.getRuntime().addShutdownHook(new Thread(service::close));
        System.out.println("http://127.0.0.1:" + PORT + "/");
    }
}
