package dev.bag.io.http;

import dev.bag.io.file.InputFile;
import dev.bag.io.file.InputFile.Access;
import dev.bag.source.SourceException;
import dev.bag.value.Location;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Finds files on web servers. */
public final class WebFiles {

    /** One byte, because the answer to that says more than that to a HEAD request: whether ranges are really sent. */
    private static final Map<String, String> FIRST_BYTE = Map.of("Range", "bytes=0-0");

    private WebFiles() {}

    /** Returns what messages call a file. */
    public static String nameOf(URI uri) {
        return WebNames.shown(uri);
    }

    /**
     * Asks a server for the size and the version of a file, and whether it sends parts of it.
     *
     * @param headers what is sent with each request
     * @return null if there is no such file
     * @throws SourceException if that cannot be found out
     */
    public static @Nullable InputFile find(URI uri, Map<String, String> headers) throws IOException {
        if (uri.getHost() == null) {
            throw broken(uri, "the URI names no host.", null);
        }
        HttpResponse<Body> response;
        try {
            response = new Request(uri, headers).get(Request.client(), FIRST_BYTE);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw broken(uri, "the server cannot be asked for the file: " + WebChannel.describe(e) + ".", e);
        }
        try (Body body = response.body()) {
            return found(new WebPlace(uri, Map.copyOf(headers), Version.of(response.headers())), response, body);
        }
    }

    private static @Nullable InputFile found(WebPlace place, HttpResponse<Body> response, Body body)
            throws IOException {
        URI uri = place.uri();
        ContentRange range = ContentRange.of(response.headers());
        switch (response.statusCode()) {
            case 206 -> {
                refuseEncoded(uri, response);
                if (range == null || range.first() != 0 || range.last() != 0) {
                    throw broken(
                            uri,
                            "asked for the first byte, the server sends other bytes: Content-Range is \""
                                    + response.headers()
                                            .firstValue("Content-Range")
                                            .orElse("") + "\".",
                            null);
                }
                finish(body);
                return range.total() < 0
                        ? InputFile.ofUnknownSize(place)
                        : InputFile.of(place, range.total(), Access.ANY_BYTE);
            }
            case 200 -> {
                refuseEncoded(uri, response);
                OptionalLong length = ContentRange.contentLength(response.headers());
                return length.isPresent()
                        ? InputFile.of(place, length.getAsLong(), Access.FORWARD)
                        : InputFile.ofUnknownSize(place);
            }
            case 204 -> {
                return InputFile.of(place, 0, Access.FORWARD);
            }
            case 416 -> {
                if (range != null && range.total() == 0) {
                    return InputFile.of(place, 0, Access.ANY_BYTE);
                }
                throw broken(uri, Status.complaint(response), null);
            }
            case 404, 410 -> {
                return null;
            }
            default -> throw broken(uri, Status.complaint(response), null);
        }
    }

    private static void finish(Body body) throws InterruptedIOException {
        try {
            body.finish();
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            body.close(); // what was to be known is in the headers
        }
    }

    private static void refuseEncoded(URI uri, HttpResponse<?> response) throws SourceException {
        String complaint = WebChannel.encoded(uri.getPath(), response);
        if (complaint != null) {
            throw broken(uri, complaint, null);
        }
    }

    private static SourceException broken(URI uri, String complaint, @Nullable Throwable cause) {
        String name = WebNames.shown(uri);
        return new SourceException(Location.of(name), name + ": " + complaint, cause);
    }
}
