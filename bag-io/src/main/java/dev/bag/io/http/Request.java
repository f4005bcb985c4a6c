package dev.bag.io.http;

import dev.bag.io.file.Numbers;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gets responses of web servers: follows where they refer to, and tries again when they are overloaded.
 *
 * @param headers what is sent to the host that the user named, and to no other
 */
record Request(URI uri, Map<String, String> headers) {

    /** Seconds after which a server that sends nothing is given up; 60 by default. */
    private static final String TIMEOUT = "bag.http.timeout";

    private static final int MOST_REFERENCES = 10;

    /** How often a request is repeated that a server could not take, or that did not reach one. */
    static final int MOST_REPEATS = 4;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** Kept only while a file is open, because its threads last as long as it does. Guarded by the class. */
    private static WeakReference<HttpClient> shared = new WeakReference<>(null);

    /** Returns what sends requests: with the proxy of the JVM, and without following references. */
    static synchronized HttpClient client() {
        HttpClient client = shared.get();
        if (client == null) {
            client = HttpClient.newBuilder()
                    .connectTimeout(patience())
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
            shared = new WeakReference<>(client);
        }
        return client;
    }

    /** Returns how long a server may be silent. */
    static Duration patience() {
        return Duration.ofSeconds(Math.max(1, Long.getLong(TIMEOUT, 60)));
    }

    /**
     * Gets a response, whatever its status, unless that says to try again.
     *
     * @param more further headers
     * @throws IOException if there is none
     */
    HttpResponse<Body> get(HttpClient client, Map<String, String> more) throws IOException {
        for (int repeats = 0; ; repeats++) {
            Duration pause;
            try {
                HttpResponse<Body> response = referred(client, more);
                if (!isOverloaded(response.statusCode()) || repeats == MOST_REPEATS) {
                    return response;
                }
                pause = retryAfter(response).orElse(pause(repeats));
                if (pause.compareTo(LONGEST_PAUSE) > 0) {
                    return response;
                }
                response.body().close();
            } catch (InterruptedIOException | Refused e) {
                throw e;
            } catch (IOException e) {
                if (repeats == MOST_REPEATS || isUntrusted(e)) {
                    throw e;
                }
                pause = pause(repeats);
            }
            sleep(pause);
        }
    }

    /** What a repetition does not mend. */
    static final class Refused extends IOException {

        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    /** Returns whether there is no connection because of the certificate of the server. */
    static boolean isUntrusted(IOException e) {
        Throwable cause = e;
        while (cause != null && !(cause instanceof CertificateException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    /** Returns a pause that doubles with each repetition. */
    static Duration pause(int repeats) {
        return FIRST_PAUSE.multipliedBy(1L << repeats);
    }

    static void sleep(Duration pause) throws InterruptedIOException {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a web server");
        }
    }

    static boolean isOverloaded(int status) {
        return status == 408 || status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
    }

    static Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers().firstValue("Retry-After").flatMap(Request::duration);
    }

    /** Seconds, or a point in time. */
    private static Optional<Duration> duration(String text) {
        if (text.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration left = Duration.between(Instant.now(), until);
            return Optional.of(left.isNegative() ? Duration.ZERO : left);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The JDK would follow references, too, but send the headers of the user to whatever host is named. */
    private HttpResponse<Body> referred(HttpClient client, Map<String, String> more) throws IOException {
        URI where = uri;
        for (int references = 0; ; references++) {
            HttpResponse<Body> response = send(client, where, more);
            int status = response.statusCode();
            String location = response.headers().firstValue("Location").orElse(null);
            if (status < 301 || status > 308 || status == 304 || location == null) {
                return response;
            }
            response.body().close();
            if (references == MOST_REFERENCES) {
                throw new Refused("the server refers to other places again and again (" + Numbers.grouped(references)
                        + " times)");
            }
            where = target(where, location);
        }
    }

    private static URI target(URI from, String location) throws Refused {
        URI target;
        try {
            target = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new Refused("the server refers to \"" + location + "\", which is not a URI");
        }
        String scheme = String.valueOf(target.getScheme());
        boolean secure = scheme.equalsIgnoreCase("https");
        if (!secure && !scheme.equalsIgnoreCase("http")) {
            throw new Refused("the server refers to " + WebNames.shown(target) + ", which is not a web server");
        }
        if (!secure && from.getScheme().equalsIgnoreCase("https")) {
            throw new Refused("the server refers from https to " + WebNames.shown(target)
                    + ", which is not encrypted.\n  If that is acceptable, read from there");
        }
        return target;
    }

    private HttpResponse<Body> send(HttpClient client, URI where, Map<String, String> more) throws IOException {
        Duration patience = patience();
        HttpRequest.Builder request = HttpRequest.newBuilder(WebNames.withoutUser(where))
                .timeout(patience)
                .setHeader("Accept-Encoding", "identity");
        if (!where.getScheme().equalsIgnoreCase("https")) {
            request.version(
                    HttpClient.Version.HTTP_1_1); // without an offer of HTTP/2, which some servers do not expect
        }
        more.forEach(request::setHeader);
        if (isSameHost(where)) {
            Map<String, String> own = new LinkedHashMap<>();
            String user = user(uri);
            if (user != null) {
                own.put("Authorization", user);
            }
            own.putAll(headers);
            own.forEach(request::setHeader);
        }
        try {
            return client.send(request.build(), info -> new Body(patience));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while asking a web server");
        }
    }

    private boolean isSameHost(URI where) {
        return uri.getScheme().equalsIgnoreCase(where.getScheme())
                && uri.getHost().equalsIgnoreCase(where.getHost())
                && uri.getPort() == where.getPort();
    }

    private static @Nullable String user(URI uri) {
        String user = uri.getUserInfo();
        return user == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }
}
