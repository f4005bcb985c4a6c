package dev.bag.value;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A text as its bytes of UTF-8. To look at a text that was read, and to take pieces of it, no {@code String} is made and
 * nothing is copied:
 *
 * <pre>{@code
 * Bag<Utf8> lines = TextFiles.readUtf8("logs/*.gz");
 * lines.map(line -> line.field(' ', 8)).frequencies();
 * lines.filter(line -> line.contains("\" 503 ")).map(Utf8::toString);
 * }</pre>
 *
 * <p>Indexes and lengths count bytes, not characters. A text is always well-formed: it is never cut inside a character.
 * Two are equal if their bytes are; a {@code Utf8} is never equal to a {@code String}.
 *
 * <p>A text may be a view: the bytes are those of a buffer that a reader uses again once the record has been worked on.
 * Pieces of a view, such as its fields, are views too. Operators copy what they keep. Code that keeps one itself, in a
 * field or a collection, keeps its {@link #copy}: once the buffer of a view has been used again, every method that needs
 * the bytes throws {@link IllegalStateException}. (A thread that looks at a view at the very moment at which the buffer
 * is taken may see other bytes; see {@link Block}.)
 *
 * <p>Use {@code String} where a text is kept anyway, where its characters matter more than its fields (upper case,
 * regular expressions, counting characters), and where other libraries want one. {@link #toString} makes it.
 *
 * <p>Immutable; any number of threads may use it at once. Serializing a view writes its own bytes only.
 */
public final class Utf8 implements View<Utf8>, Comparable<Utf8>, Serializable {

    private static final long serialVersionUID = 1;

    /** Not serialized: {@link Serialized} is. */
    final transient Block block;

    final transient int from;
    final transient int to;

    /** The bytes {@code [from, to)} of a block; the caller knows that they exist and are well-formed. */
    Utf8(Block block, int from, int to) {
        this.block = block;
        this.from = from;
        this.to = to;
    }

    /** A text of bytes that nothing else refers to. */
    private static Utf8 own(byte[] bytes) {
        return new Utf8(Block.own(bytes), 0, bytes.length);
    }

    /**
     * Returns a text of characters. Looks at each character once or twice, and copies.
     *
     * @throws IllegalArgumentException if a surrogate is not one of a pair; the message says where
     */
    public static Utf8 of(CharSequence text) {
        String string = text.toString();
        int at = WellFormed.unpairedAt(string);
        if (at >= 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "the character at index %d, U+%04X, is a surrogate that is not one of a pair: UTF-8 cannot hold it",
                    at,
                    (int) string.charAt(at)));
        }
        return own(string.getBytes(UTF_8));
    }

    /**
     * Returns a text of bytes. Looks at each byte once, and copies.
     *
     * @throws IllegalArgumentException if the bytes are not well-formed UTF-8; the message says where
     */
    public static Utf8 of(byte[] bytes) {
        byte[] own = bytes.clone();
        int at = WellFormed.malformedAt(own, 0, own.length);
        if (at >= 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "the bytes are not UTF-8: malformed at index %d, where 0x%02x stands. Decode them with their charset,"
                            + " and make a Utf8 of the String.",
                    at,
                    own[at]));
        }
        return own(own);
    }

    /**
     * Returns the index of the first byte of the first sequence that is not well-formed UTF-8; -1 if there is none. Looks
     * at each byte once; makes no object.
     *
     * @param from the index of the first byte to look at
     * @param to the index after the last one
     * @throws IndexOutOfBoundsException if there are no such bytes
     */
    public static int malformedAt(byte[] bytes, int from, int to) {
        Objects.checkFromToIndex(from, to, bytes.length);
        return WellFormed.malformedAt(bytes, from, to);
    }

    /** Returns the number of bytes. */
    public int length() {
        return to - from;
    }

    /** Returns whether there are no bytes. */
    public boolean isEmpty() {
        return to == from;
    }

    /**
     * Returns one byte; less than 0 if it is not ASCII.
     *
     * @throws IndexOutOfBoundsException if {@code index} is negative, or not less than the length
     */
    public byte byteAt(int index) {
        Objects.checkIndex(index, to - from);
        return block.bytes()[from + index];
    }

    /**
     * Returns the eight bytes from an index on as one number, the first in the lowest place; zeros stand for bytes after
     * the end. Looks at no more than eight bytes; makes no object.
     *
     * @param index from 0 to the length
     * @throws IndexOutOfBoundsException if {@code index} is negative, or greater than the length
     */
    public long longAt(int index) {
        byte[] in = block.bytes();
        int at = from + index;
        int left = to - at;
        if (index < 0 || left <= 0) {
            Objects.checkIndex(index, to - from + 1);
            return 0;
        }
        return left >= Long.BYTES ? ByteWords.get(in, at) : ByteWords.lowest(in, at, to);
    }

    /** Returns the bytes. Copies them. */
    public byte[] toBytes() {
        return Arrays.copyOfRange(block.bytes(), from, to);
    }

    /**
     * Copies all bytes to {@code target}, the first of them to index {@code at}. Makes no object.
     *
     * @throws IndexOutOfBoundsException if {@code target} has no room for them there
     */
    public void copyTo(byte[] target, int at) {
        System.arraycopy(block.bytes(), from, target, at, to - from);
    }

    /**
     * Returns an equal text that owns its bytes, and no others. It can be kept for as long as it is needed, and keeps no
     * buffer from being used again. This one, if that is true of it already; otherwise copies the bytes.
     */
    @Override
    public Utf8 copy() {
        byte[] in = block.bytes();
        boolean standsAlone = block.isOwn() && to - from == in.length;
        return standsAlone ? this : own(Arrays.copyOfRange(in, from, to));
    }

    /**
     * Returns the index of the first {@code ascii}, or -1. Looks at no byte twice; makes no object.
     *
     * @throws IllegalArgumentException if {@code ascii} is not an ASCII character
     */
    public int indexOf(char ascii) {
        return indexOf(ascii, 0);
    }

    /**
     * Returns the index of the first {@code ascii} at {@code start} or later, or -1. Looks at no byte twice; makes no
     * object.
     *
     * @param start any number, as for {@link String#indexOf(int, int)}: a negative one is as 0
     * @throws IllegalArgumentException if {@code ascii} is not an ASCII character
     */
    public int indexOf(char ascii, int start) {
        byte wanted = asciiByte(ascii);
        byte[] in = block.bytes();
        if (start >= to - from || (ascii == '\n' && block.hasLines())) {
            return -1;
        }
        int at = Utf8Search.find(in, from + Math.max(start, 0), to, wanted);
        return at < to ? at - from : -1;
    }

    /**
     * Returns the index of the last {@code ascii}, or -1. Looks at no byte twice, from the end on; makes no object.
     *
     * @throws IllegalArgumentException if {@code ascii} is not an ASCII character
     */
    public int lastIndexOf(char ascii) {
        byte wanted = asciiByte(ascii);
        int at = Utf8Search.findLast(block.bytes(), from, to, wanted);
        return at < from ? -1 : at - from;
    }

    /**
     * Returns the index of the first occurrence of a text, or -1; 0 for the empty text. Looks at each byte twice, and
     * compares with {@code text} where its first and last byte stand; makes no object.
     */
    public int indexOf(Utf8 text) {
        int at = Utf8Search.indexOf(block.bytes(), from, to, text.block.bytes(), text.from, text.to);
        return at < 0 ? -1 : at - from;
    }

    /** Returns whether a text occurs. Costs as much as {@link #indexOf(Utf8)}. */
    public boolean contains(Utf8 text) {
        return indexOf(text) >= 0;
    }

    /**
     * Returns whether a text occurs. Costs as much as {@link #indexOf(Utf8)}; makes no object if all characters of
     * {@code text} are ASCII.
     */
    public boolean contains(String text) {
        byte[] in = block.bytes();
        if (WellFormed.isAscii(text)) {
            return Utf8Search.contains(in, from, to, text);
        }
        return isWellFormed(text) && contains(own(text.getBytes(UTF_8)));
    }

    /** Returns whether the first bytes are those of {@code prefix}. Looks at no more than these; makes no object. */
    public boolean startsWith(Utf8 prefix) {
        byte[] in = block.bytes();
        byte[] wanted = prefix.block.bytes();
        return prefix.length() <= to - from
                && Utf8Search.areEqual(in, from, from + prefix.length(), wanted, prefix.from, prefix.to);
    }

    /**
     * Returns whether the text begins with {@code prefix}. Looks at no more bytes than these; makes no object if all
     * characters of {@code prefix} are ASCII.
     */
    public boolean startsWith(String prefix) {
        byte[] in = block.bytes();
        if (WellFormed.isAscii(prefix)) {
            return prefix.length() <= to - from && Utf8Search.isAt(in, from, prefix);
        }
        return isWellFormed(prefix) && startsWith(own(prefix.getBytes(UTF_8)));
    }

    /** Returns whether the last bytes are those of {@code suffix}. Looks at no more than these; makes no object. */
    public boolean endsWith(Utf8 suffix) {
        byte[] in = block.bytes();
        byte[] wanted = suffix.block.bytes();
        return suffix.length() <= to - from
                && Utf8Search.areEqual(in, to - suffix.length(), to, wanted, suffix.from, suffix.to);
    }

    /**
     * Returns whether the text ends with {@code suffix}. Looks at no more bytes than these; makes no object if all
     * characters of {@code suffix} are ASCII.
     */
    public boolean endsWith(String suffix) {
        byte[] in = block.bytes();
        if (WellFormed.isAscii(suffix)) {
            return suffix.length() <= to - from && Utf8Search.isAt(in, to - suffix.length(), suffix);
        }
        return isWellFormed(suffix) && endsWith(own(suffix.getBytes(UTF_8)));
    }

    private static boolean isWellFormed(String text) {
        return WellFormed.unpairedAt(text) < 0;
    }

    /**
     * Returns the bytes from {@code start} on, below {@code end}, as a view of this text. Looks at two bytes; copies
     * nothing.
     *
     * @throws IndexOutOfBoundsException if there are no such bytes
     * @throws IllegalArgumentException if {@code start} or {@code end} lies inside a character
     */
    public Utf8 slice(int start, int end) {
        Objects.checkFromToIndex(start, end, to - from);
        byte[] in = block.bytes();
        checkBoundary(in, start, start, end);
        checkBoundary(in, end, start, end);
        return new Utf8(block, from + start, from + end);
    }

    private void checkBoundary(byte[] in, int index, int start, int end) {
        if (index < to - from && WellFormed.isInside(in[from + index])) {
            int before = index - 1;
            while (WellFormed.isInside(in[from + before])) {
                before--;
            }
            throw new IllegalArgumentException("slice(" + start + ", " + end + "): index " + index
                    + " lies inside a character, which begins at index " + before + " of "
                    + Utf8Excerpt.of(in, from, to) + ". Indexes count bytes, not characters.");
        }
    }

    /**
     * Returns this text without white space of ASCII at its ends: spaces, tabs, line feeds, vertical tabs, form feeds and
     * carriage returns. Looks at no more than these; copies nothing.
     */
    public Utf8 strip() {
        byte[] in = block.bytes();
        int start = Utf8Search.skipSpaces(in, from, to);
        int end = Utf8Search.skipSpacesBack(in, start, to);
        return end - start == to - from ? this : new Utf8(block, start, end);
    }

    /**
     * Returns one of the fields, which are what is between delimiters: {@code n} delimiters make {@code n + 1} fields,
     * some of which may be empty. Looks at each byte up to the end of the field once; copies nothing.
     *
     * @param delimiter an ASCII character
     * @param index which field, from 0
     * @throws IndexOutOfBoundsException if there is no such field; the message says how many there are
     * @throws IllegalArgumentException if {@code delimiter} is not an ASCII character
     */
    public Utf8 field(char delimiter, int index) {
        byte wanted = asciiByte(delimiter);
        byte[] in = block.bytes();
        int start = from;
        if (index != 0) {
            int before = index < 0 ? to : Utf8Search.findNumber(in, from, to, wanted, index);
            if (before == to) {
                throw noField(in, delimiter, index);
            }
            start = before + 1;
        }
        return new Utf8(block, start, Utf8Search.find(in, start, to, wanted));
    }

    private IndexOutOfBoundsException noField(byte[] in, char delimiter, int index) {
        int count = fieldCount(delimiter);
        return new IndexOutOfBoundsException("field(" + Utf8Excerpt.of(delimiter) + ", " + index + "): "
                + (count == 1
                        ? "there is 1 field, of index 0"
                        : "there are " + count + " fields, from index 0 to " + (count - 1))
                + ", in " + Utf8Excerpt.of(in, from, to));
    }

    /**
     * Returns the number of fields: 1 more than there are delimiters. Looks at each byte once; makes no object.
     *
     * @param delimiter an ASCII character
     * @throws IllegalArgumentException if {@code delimiter} is not an ASCII character
     */
    public int fieldCount(char delimiter) {
        byte wanted = asciiByte(delimiter);
        return Utf8Search.count(block.bytes(), from, to, wanted) + 1;
    }

    /**
     * Gives each field to {@code action}, in order, as {@link #split} does. Looks at each byte once; makes one object a
     * field, and copies nothing. The fastest way to all fields.
     *
     * <pre>{@code
     * lines.<Utf8>mapMulti((line, words) -> line.forEachField(' ', words)).frequencies();
     * }</pre>
     *
     * @param delimiter an ASCII character
     * @throws IllegalArgumentException if {@code delimiter} is not an ASCII character
     */
    public void forEachField(char delimiter, Consumer<? super Utf8> action) {
        Objects.requireNonNull(action, "action");
        long wanted = ByteWords.repeat(asciiByte(delimiter));
        byte[] in = block.bytes();
        int start = from;
        int at = from;
        for (; to - at >= Long.SIZE; at += Long.SIZE) {
            for (long bits = ByteWords.equalBits(in, at, wanted); bits != 0; bits &= bits - 1) {
                int end = at + Long.numberOfTrailingZeros(bits);
                action.accept(new Utf8(block, start, end));
                start = end + 1;
            }
        }
        for (int end = Math.min(to, in.length - 7); at < end; at += Long.BYTES) {
            start = giveFields(ByteWords.equal(ByteWords.get(in, at), wanted), at, start, action);
        }
        if (at < to) {
            start = giveFields(ByteWords.equal(ByteWords.lowest(in, at, to), wanted), at, start, action);
        }
        action.accept(new Utf8(block, start, to));
    }

    /** Gives the fields that end at the marks of eight bytes from {@code at} on. Returns where the next one begins. */
    private int giveFields(long allMarks, int at, int firstStart, Consumer<? super Utf8> action) {
        int start = firstStart;
        for (long marks = allMarks; marks != 0; marks &= marks - 1) {
            int end = at + ByteWords.first(marks);
            if (end >= to) {
                break;
            }
            action.accept(new Utf8(block, start, end));
            start = end + 1;
        }
        return start;
    }

    /**
     * Returns the fields, which are what is between delimiters: {@code n} delimiters make {@code n + 1} fields, some of
     * which may be empty. They are found as they are asked for. Looks at each byte once; copies nothing.
     *
     * @param delimiter an ASCII character
     * @return the fields, in order, as often as they are iterated over
     * @throws IllegalArgumentException if {@code delimiter} is not an ASCII character
     */
    public Iterable<Utf8> split(char delimiter) {
        byte wanted = asciiByte(delimiter);
        return new Utf8Parts(() -> new Utf8Parts.Fields(this, wanted));
    }

    /**
     * Returns the words: what is between white space of ASCII, of any length. No word is empty. They are found as they
     * are asked for. Looks at each byte once; copies nothing.
     *
     * @return the words, in order, as often as they are iterated over
     */
    public Iterable<Utf8> words() {
        return new Utf8Parts(() -> new Utf8Parts.Words(this));
    }

    /**
     * Returns the lines, without what ends them: a line feed, a carriage return, or both in this order, as
     * {@link String#lines()} does. After the last line end there is no line. They are found as they are asked for. Looks
     * at each byte once; copies nothing.
     *
     * @return the lines, in order, as often as they are iterated over
     */
    public Iterable<Utf8> lines() {
        return new Utf8Parts(() -> new Utf8Parts.Lines(this));
    }

    /**
     * Returns the number that this text is in decimal, as {@link Integer#parseInt(String)} does: digits, all of them
     * ASCII, after a sign or none. Looks at each byte once; makes no object.
     *
     * @throws NumberFormatException if this is not such a number; the message shows the text and what is wrong with it
     */
    public int parseInt() {
        return Utf8Numbers.parseInt(block.bytes(), from, to);
    }

    /**
     * Returns the number that this text is in decimal, as {@link Long#parseLong(String)} does: digits, all of them
     * ASCII, after a sign or none. Looks at each byte once; makes no object but for numbers of more than 16 digits.
     *
     * @throws NumberFormatException if this is not such a number; the message shows the text and what is wrong with it
     */
    public long parseLong() {
        return Utf8Numbers.parseLong(block.bytes(), from, to);
    }

    /**
     * Returns the number that this text is, exactly as {@link Double#parseDouble} of its {@link #toString} does, white
     * space at the ends included. Looks at each byte once; makes no object for decimal numbers of up to 15 digits without
     * an exponent, and leaves others to {@code Double}.
     *
     * @throws NumberFormatException if this is not a number; the message shows the text
     */
    public double parseDouble() {
        return Utf8Numbers.parseDouble(block.bytes(), from, to);
    }

    /**
     * Returns whether the bytes are equal once the 26 capital letters of ASCII are made small in both. Other characters
     * must be the same. Looks at each byte once; makes no object.
     */
    public boolean equalsIgnoreAsciiCase(Utf8 other) {
        byte[] in = block.bytes();
        byte[] others = other.block.bytes();
        if (length() != other.length()) {
            return false;
        }
        for (int i = from, j = other.from; i < to; i++, j++) {
            if (in[i] != others[j] && lower(in[i]) != lower(others[j])) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns this text with the 26 capital letters of ASCII made small. This one, if it has none; otherwise looks at each
     * byte once, and copies.
     */
    public Utf8 toLowerAscii() {
        byte[] in = block.bytes();
        for (int i = from; i < to; i++) {
            if (in[i] != lower(in[i])) {
                byte[] lowered = Arrays.copyOfRange(in, from, to);
                for (int j = i - from; j < lowered.length; j++) {
                    lowered[j] = lower(lowered[j]);
                }
                return own(lowered);
            }
        }
        return this;
    }

    private static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b | 0x20) : b;
    }

    /** Returns whether {@code other} is a {@code Utf8} of the same bytes. Looks at each byte once; makes no object. */
    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Utf8 text)) {
            return false;
        }
        return Utf8Search.areEqual(block.bytes(), from, to, text.block.bytes(), text.from, text.to);
    }

    /** Returns a number that depends on the bytes only, in every process. Looks at each byte once; makes no object. */
    @Override
    public int hashCode() {
        return Utf8Search.hash(block.bytes(), from, to);
    }

    /**
     * Compares byte by byte, as numbers from 0 to 255. That is the order of code points; {@link String#compareTo} differs
     * from it where characters above U+FFFF are compared with those from U+E000 to U+FFFF. Looks at each byte up to the
     * first difference once; makes no object.
     */
    @Override
    public int compareTo(Utf8 other) {
        return Arrays.compareUnsigned(block.bytes(), from, to, other.block.bytes(), other.from, other.to);
    }

    /** Returns the characters. Looks at each byte once or twice, and copies. */
    @Override
    public String toString() {
        return new String(block.bytes(), from, to - from, UTF_8);
    }

    private static byte asciiByte(char c) {
        if (c > 0x7f) {
            throw new IllegalArgumentException(Utf8Excerpt.of(c)
                    + " is not an ASCII character, so it is more than one byte. Look for it with a Utf8 or a String"
                    + " argument, as in indexOf(Utf8.of(…)).");
        }
        return (byte) c;
    }

    private Object writeReplace() {
        return new Serialized(toBytes());
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a Utf8 is serialized as its bytes");
    }

    /**
     * What is written of a text.
     *
     * @param bytes all of it
     */
    private record Serialized(byte[] bytes) implements Serializable {

        private Object readResolve() throws InvalidObjectException {
            try {
                return of(bytes);
            } catch (IllegalArgumentException e) {
                InvalidObjectException invalid = new InvalidObjectException(e.getMessage());
                invalid.initCause(e);
                throw invalid;
            }
        }
    }
}
