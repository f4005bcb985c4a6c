package dev.bag.io.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bag.io.file.Numbers;
import dev.bag.io.format.Encoding;
import dev.bag.io.format.LineCursor;
import dev.bag.io.format.MalformedBytes;
import dev.bag.io.format.MalformedBytes.Treatment;
import dev.bag.io.format.RecordMaker.BadRecord;
import dev.bag.io.format.TextRecords;
import dev.bag.io.json.MalformedJson.Fault;
import dev.bag.value.Utf8;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One line after the other as UTF-8 bytes with a line feed behind them: where it was read, or, if it is in another charset
 * or has bytes that are not of its charset, in an array of its own. Says where in the line an error is. Used by one thread
 * at a time.
 */
final class JsonLine {

    private static final int MARGIN = 16;
    private static final int NO_OFFSET = -1;
    private static final int MOST_CHARACTERS = 200;
    private static final int SHOWN_BEFORE = 100;
    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final boolean isUtf8;
    private final TextRecords strings;

    private byte[] bytes = {};
    private int from;
    private int to;

    /** The offset of the line in the buffer, in the terms of {@link BadRecord}. */
    private long offset;

    private boolean isInPlace;

    JsonLine(Encoding encoding, Treatment malformed) {
        this.isUtf8 = encoding.isUtf8();
        this.strings = new TextRecords(encoding, malformed);
    }

    byte[] bytes() {
        return bytes;
    }

    /** Returns the index of the first byte that is no white space, or {@link #to}. */
    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** Returns whether the bytes are those of the buffer. */
    boolean isInPlace() {
        return isInPlace;
    }

    /** Goes to a line. Returns false if it is to be left out: it has nothing but white space, or is malformed. */
    boolean read(LineCursor line) throws BadRecord {
        offset = line.from();
        if (endsWithLineFeed(line)
                && (line.isAscii() || (isUtf8 && Utf8.malformedAt(line.bytes(), line.from(), line.to()) < 0))) {
            isInPlace = true;
            bytes = line.bytes();
            from = line.from();
            to = line.to();
            return begins();
        }
        return readDecoded(strings.make(line));
    }

    private static boolean endsWithLineFeed(LineCursor line) {
        byte end = line.bytes()[line.to()];
        return end == '\n' || (end == '\r' && line.bytes()[line.to() + 1] == '\n');
    }

    /** Goes to a line that had to be decoded to be found. */
    boolean read(String text, @Nullable MalformedBytes wrong) throws BadRecord {
        offset = NO_OFFSET;
        return readDecoded(strings.make(text, wrong));
    }

    private boolean readDecoded(@Nullable String text) {
        isInPlace = false;
        if (text == null) {
            return false;
        }
        byte[] encoded = MalformedBytes.withoutHalves(text).getBytes(UTF_8);
        from = 0;
        to = encoded.length;
        bytes = Arrays.copyOf(encoded, to + MARGIN);
        bytes[to] = '\n';
        return begins();
    }

    /** A byte order mark is passed over: files that have one may have been joined. */
    private boolean begins() {
        if (to - from >= MARK.length && Arrays.equals(bytes, from, from + MARK.length, MARK, 0, MARK.length)) {
            from += MARK.length;
        }
        while (from < to && isSpace(bytes[from])) {
            from++;
        }
        return from < to;
    }

    /** Returns whether nothing but white space follows an index. */
    boolean isBlankFrom(int index) {
        for (int i = index; i < to; i++) {
            if (!isSpace(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    /** A line that is not JSON. */
    BadRecord malformed(MalformedJson wrong) {
        String complaint = "not JSON at " + column(wrong.index()) + ": " + wrong.getMessage();
        return bad(wrong.index(), complaint, remedy(wrong.fault()), null);
    }

    private String remedy(Fault fault) {
        if (bytes[from] == '[') {
            return wayOutOfArrays();
        }
        return switch (fault) {
            case CUT_OFF -> "If each document is spread over several lines, make a line of each: jq -c . FILE";
            case TRAILING -> "If there are several documents on a line, make a line of each: jq -c . FILE";
            case UNEXPECTED ->
                "Each line must be one JSON document. If the file is JSON, make lines of it: jq -c . FILE";
        };
    }

    static String wayOutOfArrays() {
        return "If the file is one JSON array, make a line of each of its elements: jq -c '.[]' FILE";
    }

    /**
     * A line that is no record.
     *
     * @param index of the first wrong byte
     */
    BadRecord bad(int index, String complaint, String remedy, @Nullable Throwable cause) {
        long place = isInPlace ? index : offset;
        return new BadRecord(place, complaint, "line: " + excerpt(index) + "\n  " + remedy, cause);
    }

    /** Returns the place of a byte of the line, in characters from 1. */
    String column(int index) {
        long characters = 0;
        for (int i = begin(); i < Math.min(index, to); i++) {
            characters += isInside(bytes[i]) ? 0 : 1;
        }
        return "column " + Numbers.grouped(characters + 1);
    }

    /** White space and a byte order mark count, too. */
    private int begin() {
        return isInPlace ? (int) offset : 0;
    }

    /** Whether a byte is not the first of its character. */
    private static boolean isInside(byte b) {
        return (b & 0xc0) == 0x80;
    }

    /** At most 200 characters, among them the one at an index; in quotes, with what cannot be seen escaped. */
    private String excerpt(int index) {
        int first = begin();
        if (index - first >= MOST_CHARACTERS) {
            first = index;
            for (int shown = 0; shown < SHOWN_BEFORE; shown++) {
                first = previous(first);
            }
        }
        int last = first;
        for (int shown = 0; shown < MOST_CHARACTERS && last < to; shown++) {
            last = next(last);
        }
        StringBuilder text = new StringBuilder(first == begin() ? "\"" : "\"…");
        new String(bytes, first, last - first, UTF_8).chars().forEach(c -> append(text, (char) c));
        return text.append(last == to ? "\"" : "…\"").toString();
    }

    private int previous(int index) {
        int at = index - 1;
        while (at > begin() && isInside(bytes[at])) {
            at--;
        }
        return Math.max(at, begin());
    }

    private int next(int index) {
        int at = index + 1;
        while (at < to && isInside(bytes[at])) {
            at++;
        }
        return at;
    }

    private static void append(StringBuilder shown, char c) {
        if (c == '"' || c == '\\') {
            shown.append('\\').append(c);
        } else if (c == '\t') {
            shown.append("\\t");
        } else if (c == '\r') {
            shown.append("\\r");
        } else if (Character.isISOControl(c)) {
            shown.append(String.format("\\u%04x", (int) c));
        } else {
            shown.append(c);
        }
    }
}
