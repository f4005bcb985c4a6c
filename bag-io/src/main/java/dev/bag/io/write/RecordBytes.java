package dev.bag.io.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bag.io.file.Numbers;
import dev.bag.io.split.Words;
import dev.bag.value.Utf8;
import java.io.IOException;
import java.nio.charset.Charset;

/**
 * Makes bytes of texts, and refuses what would be read back as something else.
 *
 * <p>A record must not contain the delimiter, nor end with a part of it that becomes one together with what follows. By
 * default it must not end with a carriage return either, which readers take for a part of the line end.
 */
public final class RecordBytes implements RecordFormat.Encoder {

    private static final String MARK = "\ufeff";

    /** How text is written. */
    public record Format(String charset, String delimiter) implements RecordFormat {

        /** UTF-8, in lines. */
        public static final Format DEFAULT = new Format(UTF_8.name(), "\n");

        /** Checks that the delimiter has a character, and that the charset has it. */
        public Format {
            if (delimiter.isEmpty()) {
                throw new IllegalArgumentException("delimiter(\"\"): the delimiter must have a character");
            }
            TextEncoder.check(Charset.forName(charset));
            if (!Charset.forName(charset).newEncoder().canEncode(delimiter)) {
                throw new IllegalArgumentException(
                        "delimiter(\"" + shown(delimiter) + "\"): the charset " + charset + " has no such characters");
            }
        }

        boolean isLines() {
            return delimiter.equals("\n");
        }

        @Override
        public byte[] beginningWithoutRecords() {
            return TextEncoder.beginning(charset);
        }

        @Override
        public boolean beginsAlike() {
            return false;
        }

        @Override
        public RecordBytes newEncoder() {
            return new RecordBytes(this);
        }
    }

    private final Format format;
    private final TextEncoder encoder;
    private final byte[] delimiter;

    /** Records in UTF-8 that are UTF-8 already go through unchanged, and are checked as bytes. */
    private final boolean inLinesOfUtf8;

    private final boolean isUtf8;

    private RecordBytes(Format format) {
        this.format = format;
        this.encoder = TextEncoder.of(format.charset());
        Charset plain = TextEncoder.plain(format.charset());
        this.delimiter = format.delimiter().getBytes(plain);
        this.isUtf8 = plain.equals(UTF_8);
        this.inLinesOfUtf8 = isUtf8 && format.isLines();
    }

    /** Readers drop a mark where a file begins. With another one before it, a record that begins with one stays whole. */
    @Override
    public byte[] beginning(Object first) {
        boolean beginsWithMark =
                first instanceof Utf8 text ? text.startsWith(MARK) : first instanceof String s && s.startsWith(MARK);
        return beginsWithMark ? TextEncoder.mark(format.charset()) : format.beginningWithoutRecords();
    }

    @Override
    public String layout() {
        return "";
    }

    @Override
    public void write(Object record, TextBuffer out) throws IOException {
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

    private void write(String text, TextBuffer out) throws IOException {
        if (!inLinesOfUtf8) {
            check(text);
        }
        int length = encoder.encode(text);
        if (inLinesOfUtf8) {
            checkLine(encoder.bytes(), length);
        }
        out.put(encoder.bytes(), 0, length);
    }

    private void write(Utf8 text, TextBuffer out) throws IOException {
        if (!isUtf8) {
            write(text.toString(), out);
            return;
        }
        if (!inLinesOfUtf8) {
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

    private static String shown(String delimiter) {
        return delimiter
                .replace("\r", "\\r")
                .replace("\n", "\\n")
                .replace("\t", "\\t")
                .replace("\0", "\\0");
    }

    private IllegalArgumentException containsDelimiter(int at, String unit) {
        return new IllegalArgumentException(
                "the record contains the delimiter \"" + shown(format.delimiter()) + "\", at "
                        + unit + " " + Numbers.grouped(at) + ", and would be read back as more than one."
                        + " Replace it in the record, or choose another with writeOptions().delimiter(...).");
    }

    private static IllegalArgumentException endsWithCarriageReturn() {
        return new IllegalArgumentException(
                "the record ends with a carriage return, which readers take for a part of the"
                        + " line end. Strip it from the record, or write it with writeOptions().delimiter(\"\\r\\n\").");
    }

    /** Checks a record as characters. */
    private void check(String text) {
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

    private void checkLine(byte[] bytes, int length) {
        int at = Words.indexOf(bytes, 0, length, (byte) '\n');
        if (at >= 0) {
            throw containsDelimiter(at, "byte");
        }
        if (length > 0 && bytes[length - 1] == '\r') {
            throw endsWithCarriageReturn();
        }
    }
}
