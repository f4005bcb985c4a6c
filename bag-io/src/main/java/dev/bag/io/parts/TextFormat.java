package dev.bag.io.parts;

import static java.util.Objects.requireNonNull;

import dev.bag.io.file.InputFile;
import dev.bag.io.format.ByteOrderMark;
import dev.bag.io.format.Encoding;
import dev.bag.io.format.MalformedBytes.Treatment;
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
 * @param delimiter what ends a line, instead of a line feed; or null
 * @param universal whether a carriage return ends a line, too
 * @param malformed what becomes of lines with bytes that are not of the charset
 * @param maxLineBytes the most bytes of a line
 * @param otherMarksAreText whether the byte order mark of another charset than the given one is text, instead of an error
 */
public record TextFormat(
        @Nullable String charset,
        @Nullable String delimiter,
        boolean universal,
        Treatment malformed,
        int maxLineBytes,
        boolean otherMarksAreText)
        implements Serializable {

    /** The longest line that any option can allow: a longer array cannot be made. */
    private static final int LONGEST_LINE = Integer.MAX_VALUE - 1024;

    /** What holds unless options say otherwise. */
    public static final TextFormat DEFAULT = new TextFormat(null, null, false, Treatment.REPORT, defaultMaxLineBytes());

    /** Checks what can be checked without a file. */
    public TextFormat {
        requireNonNull(malformed, "malformed");
        if (delimiter != null) {
            checkDelimiter(delimiter, universal, charset == null ? StandardCharsets.UTF_8 : Charset.forName(charset));
        }
    }

    /** A format to which the byte order mark of another charset is an error. */
    public TextFormat(
            @Nullable String charset,
            @Nullable String delimiter,
            boolean universal,
            Treatment malformed,
            int maxLineBytes) {
        this(charset, delimiter, universal, malformed, maxLineBytes, false);
    }

    private static void checkDelimiter(String delimiter, boolean universal, Charset charset) {
        if (delimiter.isEmpty()) {
            throw new IllegalArgumentException("delimiter(\"\"): the delimiter must have a character");
        }
        if (universal) {
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

    /** Returns a copy with a charset. */
    public TextFormat withCharset(Charset other) {
        return new TextFormat(other.name(), delimiter, universal, malformed, maxLineBytes, otherMarksAreText);
    }

    /** Returns a copy with a delimiter. */
    public TextFormat withDelimiter(String other) {
        return new TextFormat(
                charset, requireNonNull(other, "delimiter"), universal, malformed, maxLineBytes, otherMarksAreText);
    }

    /** Returns a copy with other line ends: with or without carriage returns. */
    public TextFormat withUniversal(boolean other) {
        return new TextFormat(charset, delimiter, other, malformed, maxLineBytes, otherMarksAreText);
    }

    /** Returns a copy with another policy for wrong bytes. */
    public TextFormat withMalformed(Treatment other) {
        return new TextFormat(charset, delimiter, universal, other, maxLineBytes, otherMarksAreText);
    }

    /** Returns a copy to which the byte order mark of another charset is text. */
    public TextFormat withOtherMarksAsText() {
        return new TextFormat(charset, delimiter, universal, malformed, maxLineBytes, true);
    }

    /** Returns a copy with another limit for lines. */
    public TextFormat withMaxLineBytes(long other) {
        if (other < 1 || other > LONGEST_LINE) {
            throw new IllegalArgumentException(
                    "maxLineLength(" + other + "): must be from 1 to " + LONGEST_LINE + " bytes");
        }
        return new TextFormat(charset, delimiter, universal, malformed, (int) other, otherMarksAreText);
    }

    /** Returns why a file cannot be cut at the ends of its lines; empty if it can. */
    public Optional<String> whyNotSplit() {
        return Optional.ofNullable(Encoding.whyForward(charset == null ? StandardCharsets.UTF_8 : given(), delimiter));
    }

    /** Returns whether a compressed file can be cut, if its codec permits: where its pieces begin in the text is not known. */
    public boolean splitsAtAnyByte() {
        return whyNotSplit().isEmpty() && (charset == null || Encoding.hasUnitOfOneByte(given()));
    }

    /**
     * Returns whether a byte order mark can have a meaning for a piece of a file, of which it is known that it can be cut
     * at any byte.
     *
     * @param first whether the piece is the first one, from which the mark itself has to be removed
     */
    boolean heeds(ByteOrderMark mark, boolean first) {
        return first || charset == null && !Encoding.hasUnitOfOneByte(Charset.forName(mark.charset()));
    }

    /** Returns the charset and line ends of a text, whose byte order mark decides. */
    public Encoding encoding(InputFile file, byte[] head) throws SourceException {
        Charset given = charset == null ? null : given();
        ByteOrderMark mark = ByteOrderMark.of(head, given);
        if (mark == null) {
            return encoding(given == null ? StandardCharsets.UTF_8 : given, 0);
        }
        if (given != null && !mark.fits(given)) {
            if (otherMarksAreText) {
                return encoding(given, 0);
            }
            throw file.brokenAt(
                    0,
                    "the file begins with the byte order mark of " + mark.charset() + ", but charset(" + given
                            + ") is asked for.\n  Leave charset(...) out: the mark decides. If these bytes are text, say so with"
                            + " otherMarksAreText() of TextFiles.options().",
                    null);
        }
        return encoding(Charset.forName(mark.charset()), mark.length());
    }

    private Encoding encoding(Charset exact, int markLength) {
        return Encoding.of(exact, markLength, delimiter, universal);
    }

    private Charset given() {
        return Charset.forName(requireNonNull(charset));
    }
}
