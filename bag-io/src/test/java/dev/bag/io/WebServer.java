package dev.bag.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/** A web server that sends one response on each connection, and can be told to do so badly. */
final class WebServer implements AutoCloseable {

    /** What is asked for; the names of headers in small letters. */
    record Asked(String method, String path, Map<String, String> headers) {

        /** The first and the last byte of the range that is asked for; null if it is the whole file. */
        long[] range() {
            String range = headers.get("range");
            if (range == null) {
                return null;
            }
            String[] ends = range.substring("bytes=".length()).split("-");
            return new long[] {Long.parseLong(ends[0]), Long.parseLong(ends[1])};
        }
    }

    /**
     * A response.
     *
     * @param body what is sent; it need not be what the headers say
     */
    record Response(int status, Map<String, String> headers, byte[] body) {

        Response with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Response(status, more, body);
        }

        Response without(String name) {
            Map<String, String> fewer = new LinkedHashMap<>(headers);
            fewer.remove(name);
            return new Response(status, fewer, body);
        }

        /** The same headers, and only so many bytes; then the connection ends. */
        Response cut(int length) {
            return new Response(status, headers, java.util.Arrays.copyOf(body, Math.min(length, body.length)));
        }
    }

    private final ServerSocket socket;
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile Function<Asked, Response> handler;

    private final String scheme;

    WebServer(Function<Asked, Response> handler) throws IOException {
        this("http", ServerSocketFactory.getDefault(), handler);
    }

    /** With a certificate that the context has. */
    WebServer(SSLContext context, Function<Asked, Response> handler) throws IOException {
        this("https", context.getServerSocketFactory(), handler);
    }

    private WebServer(String scheme, ServerSocketFactory sockets, Function<Asked, Response> handler)
            throws IOException {
        this.scheme = scheme;
        this.handler = handler;
        this.socket = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept, "web server of a test");
        thread.setDaemon(true);
        thread.start();
    }

    /** Sends the file as a good server does. */
    static Response file(Asked asked, byte[] file) {
        long[] range = asked.range();
        if (range == null) {
            return whole(file);
        }
        if (range[0] >= file.length) {
            return status(416).with("Content-Range", "bytes */" + file.length);
        }
        int last = (int) Math.min(range[1], file.length - 1);
        byte[] part = java.util.Arrays.copyOfRange(file, (int) range[0], last + 1);
        return new Response(206, Map.of(), part)
                .with("Content-Range", "bytes " + range[0] + "-" + last + "/" + file.length)
                .with("Content-Length", Integer.toString(part.length));
    }

    static Response whole(byte[] file) {
        return new Response(200, Map.of("Content-Length", Integer.toString(file.length)), file);
    }

    static Response status(int status) {
        return new Response(status, Map.of("Content-Length", "0"), new byte[0]);
    }

    void handle(Function<Asked, Response> other) {
        handler = other;
    }

    String url(String path) {
        return scheme + "://127.0.0.1:" + socket.getLocalPort() + path;
    }

    int port() {
        return socket.getLocalPort();
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread thread = new Thread(() -> respond(connection), "a connection of a test");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void respond(Socket connection) {
        try (connection) {
            Asked request = read(connection.getInputStream());
            asked.add(request);
            Response response = handler.apply(request);
            if (response == null) {
                return;
            }
            OutputStream out = connection.getOutputStream();
            StringBuilder head = new StringBuilder("HTTP/1.1 " + response.status + " x\r\nConnection: close\r\n");
            response.headers.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            out.write(head.append("\r\n").toString().getBytes(ISO_8859_1));
            out.write(response.body);
            out.flush();
            connection.shutdownOutput();
            while (connection.getInputStream().read() >= 0) {
                // until the other side has closed, so that it gets all
            }
        } catch (IOException e) {
            // the other side has closed before
        }
    }

    private static Asked read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.write(next);
        }
        String[] lines = head.toString(ISO_8859_1).split("\r\n");
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        String[] words = lines[0].split(" ");
        return new Asked(words[0], words[1], headers);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
