package dev.bag.io.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bag.io.codec.Numbers;
import dev.bag.io.format.Encoding;
import dev.bag.io.split.Words;
import dev.bag.value.Utf8;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * Makes bytes of records, and refuses what would be read back as something else. One writer uses it.
 *
 * <p>A record must not contain the delimiter, nor end with a part of it that becomes one together with what follows. By
 * default it must not end with a carriage return either, which readers take for a part of the line end.
 */
public abstract class RecordBytes {

    private static final String MARK = "\ufeff";

    /** How text is written. */
    public record Format(String charset, String delimiter) implements Serializable {

        /** UTF-8, in lines. */
        public static final Format DEFAULT = new Format(UTF_8.name(), "\n");

        /** Checks that the delimiter has a character, and that the charset has it. */
        public Format {
            Charset known = Charset.forName(charset);
            if (delimiter.isEmpty()) {
                throw new IllegalArgumentException("delimiter(\"\"): the delimiter must have a character");
            }
            if (!known.canEncode()) {
                throw new IllegalArgumentException(
                        "charset(" + charset + "): text can only be read in it, not written");
            }
            if (!known.newEncoder().canEncode(delimiter)) {
                throw new IllegalArgumentException(
                        "delimiter(\"" + shown(delimiter) + "\"): the charset " + charset + " has no such characters");
            }
        }

        boolean isLines() {
            return delimiter.equals("\n");
        }

        private Charset plainCharset() {
            return Charset.forName(Encoding.plainName(Charset.forName(charset)));
        }

        /** Returns the byte order mark of the charset; nothing if it has none. */
        public byte[] mark() {
            Charset plain = plainCharset();
            return plain.newEncoder().canEncode(MARK) ? MARK.getBytes(plain) : new byte[0];
        }

        /** Returns whether a file begins with the mark, as one in UTF-16 does whose byte order its name leaves open. */
        public boolean beginsWithMark() {
            return !plainCharset().name().equals(charset);
        }

        /** Returns what makes bytes of records. */
        public RecordBytes newBytes() {
            return plainCharset().equals(UTF_8) ? new InUtf8(this) : new InOtherCharset(this);
        }
    }

    final Format format;
    final byte[] delimiter;

    RecordBytes(Format format) {
        this.format = format;
        this.delimiter = format.delimiter().getBytes(format.plainCharset());
    }

    /** Gives the bytes of a record, and of the delimiter behind it, to {@code out}. */
    public final void write(Object record, TextBuffer out) throws java.io.IOException {
        if (record instanceof String text) {
            write(text, out);
        } else if (record instanceof Utf8 text) {
            write(text, out);
        } else {
            throw new IllegalArgumentException(
                    "the record is a " + record.getClass().getName() + ", and only String and Utf8 are written as text."
                            + " Make text of it first, as map(String::valueOf) does.");
        }
        out.put(delimiter, 0, delimiter.length);
    }

    abstract void write(String text, TextBuffer out) throws java.io.IOException;

    abstract void write(Utf8 text, TextBuffer out) throws java.io.IOException;

    /** Returns whether a record begins with what readers take for a byte order mark, where a file begins with it. */
    public static boolean beginsWithMark(Object record) {
        return record instanceof Utf8 text ? text.startsWith(MARK) : record instanceof String s && s.startsWith(MARK);
    }

    private static String shown(String delimiter) {
        return delimiter
                .replace("\r", "\\r")
                .replace("\n", "\\n")
                .replace("\t", "\\t")
                .replace("\0", "\\0");
    }

    final IllegalArgumentException containsDelimiter(int at, String unit) {
        return new IllegalArgumentException(
                "the record contains the delimiter \"" + shown(format.delimiter()) + "\", at "
                        + unit + " " + Numbers.grouped(at) + ", and would be read back as more than one."
                        + " Replace it in the record, or choose another with writeOptions().delimiter(...).");
    }

    static IllegalArgumentException endsWithCarriageReturn() {
        return new IllegalArgumentException(
                "the record ends with a carriage return, which readers take for a part of the"
                        + " line end. Strip it from the record, or write it with writeOptions().delimiter(\"\\r\\n\").");
    }

    /** Checks a record as characters. */
    final void check(String text) {
        if (format.isLines()) {
            int at = text.indexOf('\n');
            if (at >= 0) {
                throw containsDelimiter(at, "character");
            }
            if (text.endsWith("\r")) {
                throw endsWithCarriageReturn();
            }
            return;
        }
        String end = format.delimiter();
        int tail = Math.max(0, text.length() - end.length());
        int at = text.indexOf(end);
        at = at >= 0 ? at : tail + text.substring(tail).concat(end).indexOf(end);
        if (at != text.length()) {
            throw containsDelimiter(at, "character");
        }
    }

    /** Bytes of records that are UTF-8 already go through unchanged; strings of ASCII are copied and no more. */
    private static final class InUtf8 extends RecordBytes {

        InUtf8(Format format) {
            super(format);
        }

        @Override
        void write(String text, TextBuffer out) throws java.io.IOException {
            byte[] bytes = text.getBytes(UTF_8);
            boolean mayHaveReplaced = Words.indexOf(bytes, 0, bytes.length, (byte) '?') >= 0;
            if (mayHaveReplaced && !new String(bytes, UTF_8).equals(text)) {
                throw InOtherCharset.unmappable(text, format);
            }
            if (!format.isLines()) {
                check(text);
            } else {
                checkLine(bytes, 0, bytes.length);
            }
            out.put(bytes, 0, bytes.length);
        }

        @Override
        void write(Utf8 text, TextBuffer out) throws java.io.IOException {
            if (!format.isLines()) {
                check(text.toString());
            } else {
                int at = text.indexOf('\n');
                if (at >= 0) {
                    throw containsDelimiter(at, "byte");
                }
                if (text.length() > 0 && text.byteAt(text.length() - 1) == '\r') {
                    throw endsWithCarriageReturn();
                }
            }
            out.put(text);
        }

        private void checkLine(byte[] bytes, int from, int to) {
            int at = Words.indexOf(bytes, from, to, (byte) '\n');
            if (at >= 0) {
                throw containsDelimiter(at - from, "byte");
            }
            if (to > from && bytes[to - 1] == '\r') {
                throw endsWithCarriageReturn();
            }
        }
    }

    /** Any other charset. */
    private static final class InOtherCharset extends RecordBytes {

        private static final int FIRST_LENGTH = 256;

        private final CharsetEncoder encoder;
        private ByteBuffer bytes = ByteBuffer.allocate(FIRST_LENGTH);

        InOtherCharset(Format format) {
            super(format);
            this.encoder = encoder(format);
        }

        private static CharsetEncoder encoder(Format format) {
            return format.plainCharset()
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT);
        }

        @Override
        void write(Utf8 text, TextBuffer out) throws java.io.IOException {
            write(text.toString(), out);
        }

        @Override
        void write(String text, TextBuffer out) throws java.io.IOException {
            check(text);
            long most = (long) Math.ceil((double) encoder.maxBytesPerChar() * (text.length() + 1));
            if (most > bytes.capacity()) {
                if (most > Integer.MAX_VALUE - 1024) {
                    throw new IllegalArgumentException("the record has " + Numbers.grouped(text.length())
                            + " characters, and is too long to be encoded in " + format.charset() + ".");
                }
                bytes = ByteBuffer.allocate((int) most);
            }
            bytes.clear();
            encoder.reset();
            CoderResult result = encoder.encode(CharBuffer.wrap(text.toCharArray()), bytes, true);
            if (result.isUnderflow()) {
                result = encoder.flush(bytes);
            }
            if (!result.isUnderflow()) {
                throw unmappable(text, format);
            }
            out.put(bytes.array(), 0, bytes.position());
        }

        /** What to say of a text that has a character which cannot be encoded. */
        static IllegalArgumentException unmappable(String text, Format format) {
            CharsetEncoder encoder = encoder(format);
            for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
                int point = text.codePointAt(at);
                boolean isHalf = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
                if (isHalf || !encoder.canEncode(Character.toString(point))) {
                    String character = String.format("U+%04X", point);
                    return new IllegalArgumentException(
                            isHalf
                                    ? "the record has half of a surrogate pair, " + character + ", as character "
                                            + Numbers.grouped(at) + ": no charset can encode that. Replace it first."
                                    : "the charset " + format.charset() + " has no " + character
                                            + ", which is character "
                                            + Numbers.grouped(at)
                                            + " of the record. Replace it, or choose another charset"
                                            + " with writeOptions().charset(...).");
                }
            }
            return new IllegalArgumentException("the record cannot be encoded in " + format.charset());
        }
    }
}
