package dev.bag.io;

import static java.util.Objects.requireNonNull;

import dev.bag.io.file.Numbers;
import dev.bag.io.format.ByteOrderMark;
import dev.bag.io.format.Encoding;
import dev.bag.io.format.MalformedBytes;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The name of a file and all its bytes, decompressed if the file was compressed. Immutable. */
public final class FileContent implements Serializable {

    private static final long serialVersionUID = 1;

    private static final Encoding IN_UTF_8 = Encoding.of(StandardCharsets.UTF_8, 0, null, false);

    private final String name;
    private final byte[] bytes;

    /** The content of a file. The array is not copied, and not changed any more. */
    FileContent(String name, byte[] bytes) {
        this.name = requireNonNull(name, "name");
        this.bytes = bytes;
    }

    /** Returns the path or URI of the file. */
    public String name() {
        return name;
    }

    /** Returns how many bytes there are. */
    public int length() {
        return bytes.length;
    }

    /** Returns a new array of all bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * Returns the bytes as text: in the charset of the byte order mark that they begin with, which does not belong to the
     * text, or in UTF-8.
     *
     * @throws IllegalArgumentException if some of the bytes are not of that charset; the message names the file and the
     *     offset
     */
    public String text() {
        return decoded(bytes, null, this::name);
    }

    /**
     * Returns the bytes as text. A byte order mark of the charset does not belong to it.
     *
     * @param charset the charset of the file
     * @throws IllegalArgumentException if some of the bytes are not of the charset, or if they begin with the mark of
     *     another one; the message names the file and the offset
     */
    public String text(Charset charset) {
        return decoded(bytes, requireNonNull(charset, "charset"), this::name);
    }

    /**
     * Returns the text of a file.
     *
     * @param charset null to let the mark decide
     * @param name what messages call the file
     */
    static String decoded(byte[] bytes, @Nullable Charset charset, Supplier<String> name) {
        ByteOrderMark mark = ByteOrderMark.of(bytes, charset);
        if (mark != null && charset != null && !mark.fits(charset)) {
            throw new IllegalArgumentException(name.get() + ": the file begins with the byte order mark of "
                    + mark.charset() + ", but text(" + charset + ") is asked for.\n  Use text(): the mark decides.");
        }
        Charset exact =
                mark != null ? Charset.forName(mark.charset()) : charset != null ? charset : StandardCharsets.UTF_8;
        Encoding encoding = exact.equals(StandardCharsets.UTF_8) ? IN_UTF_8 : Encoding.of(exact, 0, null, false);
        return decoded(bytes, mark == null ? 0 : mark.length(), encoding, name);
    }

    private static String decoded(byte[] bytes, int from, Encoding encoding, Supplier<String> name) {
        String text = encoding.decode(bytes, from, bytes.length);
        MalformedBytes wrong = text.indexOf(MalformedBytes.REPLACEMENT) < 0
                ? null
                : MalformedBytes.find(bytes, from, bytes.length, encoding);
        if (wrong != null) {
            throw new IllegalArgumentException(name.get() + ": " + wrong.text() + ", at byte "
                    + Numbers.grouped(wrong.offset()) + ".\n  Use text(...) with the right charset, or bytes().");
        }
        return text;
    }

    /** Returns whether the other object is the content of a file of the same name, with the same bytes. */
    @Override
    public boolean equals(Object other) {
        return other instanceof FileContent that && name.equals(that.name) && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(bytes);
    }

    /** Returns the name, and how many bytes there are. */
    @Override
    public String toString() {
        return name + " (" + Numbers.grouped(bytes.length) + " bytes)";
    }
}
