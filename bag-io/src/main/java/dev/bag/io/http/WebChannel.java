package dev.bag.io.http;

import static dev.bag.io.file.Numbers.grouped;

import dev.bag.io.file.FileBytes;
import dev.bag.io.file.InputFile;
import dev.bag.source.SourceException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An open file of a web server. Where the server sends ranges, each request asks for as much as will probably be read, and a
 * connection that breaks is replaced by one that begins at the next byte. What a server says of the version, the size and the
 * range is checked for every response.
 */
final class WebChannel implements FileBytes.ReadOnlyChannel, FileBytes.Remote {

    /** The first range; each one that follows it without a gap has twice as many bytes. */
    private static final long FIRST_RANGE = 16 << 10;

    private static final long LONGEST_RANGE = 8 << 20;

    private final InputFile file;
    private final Request request;
    private final Version version;
    private final HttpClient client = Request.client();

    private long position;
    private long rangeLength = FIRST_RANGE;

    /** Up to where will probably be read; 0 if that is not known. */
    private long expectedEnd;

    /** What is being received; null if nothing is. Its next byte is that at {@code bodyPosition}. */
    private @Nullable Body body;

    private long bodyPosition;
    /** Where it ends; {@code Long.MAX_VALUE} if that is not known. */
    private long bodyEnd;

    /** How often nothing came, without a byte in between. */
    private int failures;

    private boolean begun;
    private boolean ended;
    private boolean closed;

    WebChannel(InputFile file, Request request, Version version) {
        this.file = file;
        this.request = request;
        this.version = version;
    }

    @Override
    public void willReadUpTo(long end) {
        expectedEnd = end;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (!into.hasRemaining()) {
            return 0;
        }
        while (!ended && (position < file.byteCount() || hasBodyHere())) {
            try {
                int count = readOnce(into);
                if (count > 0) {
                    failures = 0;
                    return count;
                }
            } catch (SourceException | InterruptedIOException e) {
                drop();
                throw e;
            } catch (IOException e) {
                broke(e);
            }
        }
        return -1;
    }

    /** The end of a response is looked at, too: there may be more than it said, and its connection is used again. */
    private boolean hasBodyHere() {
        return body != null && bodyPosition == position;
    }

    /** Returns 0 if a response has ended as it should. */
    private int readOnce(ByteBuffer into) throws IOException {
        Body open = body;
        if (open == null || bodyPosition != position) {
            drop();
            open = request();
            body = open;
        }
        int count = open.read(into);
        if (count < 0) {
            return endOfBody();
        }
        position += count;
        bodyPosition = position;
        if (position > bodyEnd) {
            throw file.brokenAt(
                    bodyEnd, "the server sends more bytes than it says, behind byte " + grouped(bodyEnd) + ".", null);
        }
        return count;
    }

    private int endOfBody() throws IOException {
        if (bodyEnd != Long.MAX_VALUE && position < bodyEnd) {
            throw new EOFException("the server has sent fewer bytes than it said");
        }
        ended = bodyEnd == Long.MAX_VALUE;
        drop();
        return 0;
    }

    /** Tries again, where that is possible. */
    private void broke(IOException e) throws IOException {
        drop();
        if (position == file.byteCount()) {
            return; // all of it has come before
        }
        if (!file.canSeek() && position > 0) {
            throw file.brokenAt(
                    position,
                    "the connection broke at byte " + grouped(position) + ": " + describe(e)
                            + ".\n  The server sends no parts of files, so reading cannot go on there."
                            + " Download the file first, or let the task be tried again with Runner.local().retries(...).",
                    e);
        }
        if (failures == Request.MOST_REPEATS || e instanceof Request.Refused || Request.isUntrusted(e)) {
            throw file.brokenAt(
                    position,
                    "the file cannot be read on at byte " + grouped(position) + ", after " + grouped(failures + 1)
                            + (failures == 0 ? " attempt: " : " attempts: ") + describe(e) + ".",
                    e);
        }
        if (failures > 0) {
            Request.sleep(Request.pause(failures - 1));
        }
        failures++;
    }

    /** Returns what an exception says to a person. */
    static String describe(IOException e) {
        if (e instanceof ConnectException) {
            return e.getCause() instanceof UnresolvedAddressException || e.getMessage() == null
                    ? e.getCause() instanceof UnresolvedAddressException
                            ? "the name of the host is not known"
                            : "there is no connection"
                    : e.getMessage();
        }
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return Request.isUntrusted(e)
                ? "its certificate is not trusted: " + message
                        + ".\n  If it is of an authority of your own, name the file that has that authority to the JVM, with"
                        + " -Djavax.net.ssl.trustStore=FILE"
                : message;
    }

    private Body request() throws IOException {
        if (!file.canSeek()) {
            return requestAll();
        }
        boolean inSequence = begun && bodyPosition == position;
        rangeLength = inSequence ? Math.min(LONGEST_RANGE, 2 * rangeLength) : FIRST_RANGE;
        begun = true;
        long end = expectedEnd > position ? expectedEnd : position + rangeLength;
        return requestRange(position, Math.min(end, file.byteCount()));
    }

    private Body requestRange(long from, long to) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>(version.onlyIfSame());
        headers.put("Range", "bytes=" + from + "-" + (to - 1));
        HttpResponse<Body> response = request.get(client, headers);
        try {
            checkVersion(response);
            ContentRange range = ContentRange.of(response.headers());
            if (response.statusCode() == 416) {
                throw file.changed(range == null ? "." : sizes(range.total()));
            }
            if (response.statusCode() == 200) {
                throw notARange(response);
            }
            if (response.statusCode() != 206) {
                throw file.broken(Status.complaint(response), null);
            }
            if (range != null && range.total() >= 0 && range.total() != file.byteCount()) {
                throw file.changed(sizes(range.total()));
            }
            check(response, range, from, to);
            bodyPosition = from;
            bodyEnd = range == null ? to : range.last() + 1;
            return response.body();
        } catch (Throwable e) {
            response.body().close();
            throw e;
        }
    }

    /** It has another version, or there is another server behind the same name. */
    private SourceException notARange(HttpResponse<Body> response) {
        OptionalLong length = ContentRange.contentLength(response.headers());
        return length.isPresent() && length.getAsLong() != file.byteCount()
                ? file.changed(sizes(length.getAsLong()))
                : file.broken(
                        "the server sends the whole file, though it was asked for a part, and sent a part before.\n"
                                + "  If the file was replaced, build the bag again; otherwise download the file first.",
                        null);
    }

    private void check(HttpResponse<Body> response, @Nullable ContentRange range, long from, long to)
            throws SourceException {
        OptionalLong length = ContentRange.contentLength(response.headers());
        boolean inRange = range != null && range.first() == from && range.last() >= from && range.last() < to;
        boolean lengthFits =
                range == null || length.isEmpty() || length.getAsLong() == range.last() - range.first() + 1;
        if (!inRange || !lengthFits) {
            throw file.brokenAt(
                    from,
                    "asked for bytes " + from + "-" + (to - 1) + ", the server sends others: Content-Range is \""
                            + response.headers().firstValue("Content-Range").orElse("") + "\""
                            + (length.isPresent() ? ", and Content-Length " + length.getAsLong() : "") + ".",
                    null);
        }
    }

    private Body requestAll() throws IOException {
        if (position > 0) {
            throw new IOException(file.name() + " cannot be read from inside on");
        }
        HttpResponse<Body> response = request.get(client, Map.of());
        try {
            if (response.statusCode() != 200 && response.statusCode() != 204) {
                throw file.broken(Status.complaint(response), null);
            }
            checkVersion(response);
            OptionalLong length = ContentRange.contentLength(response.headers());
            if (file.sizeIsKnown() && length.isPresent() && length.getAsLong() != file.byteCount()) {
                throw file.changed(sizes(length.getAsLong()));
            }
            bodyPosition = 0;
            bodyEnd = length.isPresent() ? length.getAsLong() : file.byteCount();
            return response.body();
        } catch (Throwable e) {
            response.body().close();
            throw e;
        }
    }

    private void checkVersion(HttpResponse<Body> response) throws SourceException {
        int status = response.statusCode();
        if (status != 200 && status != 206) {
            return;
        }
        String difference = version.difference(Version.of(response.headers()));
        if (difference != null) {
            throw file.changed(difference);
        }
        String encoded = encoded(file.tellingName(), response);
        if (encoded != null) {
            throw file.broken(encoded, null);
        }
    }

    /** Returns what is wrong with the encoding of a response; null if nothing is. Some servers say gzip of files that are gzip. */
    static @Nullable String encoded(@Nullable String path, HttpResponse<?> response) {
        String encoding = response.headers().firstValue("Content-Encoding").orElse("identity");
        String lowerCase = WebNames.path(path).toLowerCase(Locale.ROOT);
        boolean same = encoding.matches("(?i)(x-)?gzip") && lowerCase.matches(".*\\.(gz|tgz|gzip|bgz)");
        return encoding.equalsIgnoreCase("identity") || encoding.isEmpty() || same
                ? null
                : "the server sends the file with Content-Encoding " + encoding
                        + ", though it was asked for the file as it is.\n  Download the file first.";
    }

    private String sizes(long now) {
        return now < 0
                ? "."
                : ": its size in bytes was " + grouped(file.byteCount()) + " when the bag was built, and is "
                        + grouped(now) + " now.";
    }

    private void drop() {
        Body dropped = body;
        body = null;
        if (dropped != null) {
            dropped.close();
        }
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    /** Returns the size that it had when the bag was built: another one is noticed when it is read. */
    @Override
    public long size() {
        return file.byteCount();
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
        drop();
    }
}
