package dev.bag.io.format;

import static java.util.Objects.requireNonNull;

import dev.bag.io.codec.InputFile;
import dev.bag.source.SourceException;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How bytes are lines.
 *
 * @param charset the name of a charset; null for UTF-8, unless a byte order mark says otherwise
 * @param delimiter what ends a line; null for a line feed, and one carriage return before it
 * @param anyLineEnd whether a carriage return alone ends a line, too
 * @param badBytes what becomes of lines with bytes that are not of the charset
 * @param maxLineBytes the most bytes of a line
 */
public record TextFormat(
        @Nullable String charset, @Nullable String delimiter, boolean anyLineEnd, BadBytes badBytes, int maxLineBytes)
        implements Serializable {

    /** The longest line that any option can allow: a longer array cannot be made. */
    public static final int LONGEST_LINE = Integer.MAX_VALUE - 1024;

    /** What holds unless options say otherwise. */
    public static final TextFormat DEFAULT = new TextFormat(null, null, false, BadBytes.REPORT, defaultMaxLineBytes());

    /** Checks what can be checked without a file. */
    public TextFormat {
        requireNonNull(badBytes, "badBytes");
        if (delimiter != null) {
            checkDelimiter(delimiter, anyLineEnd, charset == null ? StandardCharsets.UTF_8 : Charset.forName(charset));
        }
        if (maxLineBytes < 1 || maxLineBytes > LONGEST_LINE) {
            throw new IllegalArgumentException(
                    "maxLineLength(" + maxLineBytes + "): must be from 1 to " + LONGEST_LINE + " bytes");
        }
    }

    private static void checkDelimiter(String delimiter, boolean anyLineEnd, Charset charset) {
        if (delimiter.isEmpty()) {
            throw new IllegalArgumentException("delimiter(\"\"): the delimiter must have a character");
        }
        if (anyLineEnd) {
            throw new IllegalArgumentException(
                    "delimiter(...) and lineEnding(UNIVERSAL) contradict each other: leave one out");
        }
        if (!charset.canEncode() || !charset.newEncoder().canEncode(delimiter)) {
            throw new IllegalArgumentException(
                    "delimiter(\"" + delimiter + "\"): the charset " + charset + " has no such characters");
        }
    }

    /** 64 MiB, but never more than an eighth of the heap, so that a line that is too long is an error, not a crash. */
    private static int defaultMaxLineBytes() {
        return (int) Math.max(64 << 10, Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 8));
    }

    /** Why a file cannot be cut at the ends of its lines; empty if it can. */
    public Optional<String> whyNotSplit() {
        return Optional.ofNullable(Encoding.whyForward(charset == null ? StandardCharsets.UTF_8 : given(), delimiter));
    }

    /** The charset and line ends of a text, whose byte order mark decides. */
    Encoding encoding(InputFile file, byte[] head) throws SourceException {
        Charset given = charset == null ? null : given();
        ByteOrderMark mark = ByteOrderMark.of(head, given);
        if (mark == null) {
            return Encoding.of(given == null ? StandardCharsets.UTF_8 : given, 0, this);
        }
        if (given != null && !mark.fits(given)) {
            throw file.brokenAt(
                    0,
                    "the file begins with the byte order mark of " + mark.charset() + ", but charset(" + given
                            + ") is asked for.\n  Leave charset(...) out: the mark decides.",
                    null);
        }
        return Encoding.of(Charset.forName(mark.charset()), mark.length(), this);
    }

    private Charset given() {
        return Charset.forName(requireNonNull(charset));
    }
}
