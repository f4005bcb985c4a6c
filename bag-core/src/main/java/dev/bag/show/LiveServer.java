package dev.bag.show;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Serves the page that draws runs, and what it draws as it changes, to browsers on this machine. The path cannot be guessed. A
 * request with another host or origin is refused, so that no page of another server reads this one through the browser.
 *
 * <p>Threads: one for each request, which are daemons. One that serves events looks for changes twice a second, and writes
 * something every few seconds in any case: so it notices that its browser is gone.
 */
public final class LiveServer implements AutoCloseable {

    private static final int MOST_BROWSERS = 16;
    private static final int TOKEN_BYTES = 16;
    private static final int PERIOD_MILLIS = 500;
    private static final int SILENT_PERIODS = 10;

    private final HttpServer server;
    private final String root;
    private final String authority;
    private final Supplier<String> json;
    private final ExecutorService threads;
    private final Semaphore browsers = new Semaphore(MOST_BROWSERS);
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Starts.
     *
     * @param json what the page draws now; called by any thread
     * @throws IOException if no port can be had
     */
    public LiveServer(Supplier<String> json) throws IOException {
        this.json = json;
        byte[] token = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(token);
        root = "/" + HexFormat.of().formatHex(token) + "/";
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        authority = "127.0.0.1:" + server.getAddress().getPort();
        threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "bag-dashboard");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /** Returns where the page is. */
    public String url() {
        return "http://" + authority + root;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (!isFromHere(exchange)) {
                respond(exchange, 403, "text/plain", "only pages of this address may ask");
            } else if (!exchange.getRequestMethod().equals("GET")) {
                respond(exchange, 405, "text/plain", "only GET is known");
            } else if (path.equals(root)) {
                respond(exchange, 200, "text/html", Page.of("null"));
            } else if (!path.equals(root + "events")) {
                respond(exchange, 404, "text/plain", "there is nothing here");
            } else if (!browsers.tryAcquire()) {
                respond(exchange, 503, "text/plain", MOST_BROWSERS + " pages are open already; close one");
            } else {
                try {
                    sendEvents(exchange);
                } finally {
                    browsers.release();
                }
            }
        }
    }

    private boolean isFromHere(HttpExchange exchange) {
        List<String> hosts = exchange.getRequestHeaders().getOrDefault("Host", List.of());
        List<String> origins = exchange.getRequestHeaders().getOrDefault("Origin", List.of());
        return hosts.equals(List.of(authority))
                && (origins.isEmpty() || origins.equals(List.of("http://" + authority)));
    }

    private static void respond(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Until the browser is gone, which writing finds out, or this is closed. */
    private void sendEvents(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        String last = "";
        int silent = 0;
        boolean goesOn = true;
        while (goesOn) {
            String now = json.get();
            if (!now.equals(last)) {
                out.write(("data: " + now + "\n\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
                last = now;
                silent = 0;
            } else if (++silent == SILENT_PERIODS) {
                out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
                silent = 0;
            }
            try {
                goesOn = !closed.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                goesOn = false; // it is closed
            }
        }
    }

    /** Ends; open pages keep what they show. */
    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
