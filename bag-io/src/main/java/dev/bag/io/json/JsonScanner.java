package dev.bag.io.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bag.io.json.MalformedJson.Fault;
import dev.bag.io.split.Words;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks over one document and notes where the values of some fields stand. All of it is walked over and checked: of a name
 * that an object has twice the last value counts, as in Jackson's tree, and what is not looked for must be JSON, too. What
 * is skipped needs no deep stack. Used by one thread at a time, for one document after the other.
 *
 * <p>The document ends at a line feed, which must stand behind it; a carriage return may precede the line feed, and eight
 * more bytes must follow in the array. Between quotes every byte above 0x7f is accepted: the caller knows that the bytes
 * are UTF-8.
 */
public final class JsonScanner {

    /** The deepest nesting; the same limit as that of Jackson's parser, as are the others. */
    static final int DEEPEST = 1_000;

    static final int MOST_DIGITS = 1_000;
    static final int LONGEST_NAME = 50_000;

    private static final byte END = '\n';
    private static final long QUOTES = Words.repeat('"');
    private static final long BACKSLASHES = Words.repeat('\\');
    private static final long SPACES = Words.repeat(' ');
    private static final int TRUE = 0x65757274;
    private static final int NULL = 0x6c6c756e;
    private static final int ALSE = 0x65736c61;

    private final FieldTree fields;
    private final int[] from;
    private final int[] to;
    private final boolean[] escaped;

    /** By depth, from 1: whether the container that is open there is an object. */
    private final boolean[] isObject = new boolean[DEEPEST + 1];

    private int depth;
    private byte[] bytes = {};
    private int at;

    /**
     * Looks for fields.
     *
     * @param fields with paths from 0 on
     * @param pathCount how many paths there are
     */
    public JsonScanner(FieldTree fields, int pathCount) {
        this.fields = fields;
        this.from = new int[pathCount];
        this.to = new int[pathCount];
        this.escaped = new boolean[pathCount];
    }

    /** Returns the index at which the value of a path begins, or -1 if it is not there. */
    public int from(int path) {
        return from[path];
    }

    /** Returns the index behind the value of a path. */
    public int to(int path) {
        return to[path];
    }

    /** Returns whether the value of a path is a text with escapes. */
    public boolean isEscaped(int path) {
        return escaped[path];
    }

    /** Finds the fields of a document. A document that is no object has none. */
    public void scan(byte[] document, int begin) throws MalformedJson {
        bytes = document;
        at = begin;
        depth = 0;
        Arrays.fill(from, -1);
        if (space() == '{') {
            object(fields);
        } else {
            skip();
        }
        if (space() != END) {
            throw new MalformedJson(at, Fault.TRAILING, shown() + " follows the end of the JSON value");
        }
    }

    /** Goes to the next byte that is no white space, and returns it. */
    private byte space() {
        byte b = bytes[at];
        while (b == ' ' || b == '\t' || b == '\r') {
            b = bytes[++at];
        }
        return b;
    }

    /** Walks over an object in which fields are looked for. */
    private void object(FieldTree level) throws MalformedJson {
        open('{');
        if (space() == '}') {
            close();
            return;
        }
        do {
            int begin = at + 1;
            boolean hasEscapes = name();
            int field =
                    hasEscapes ? level.find(JsonTexts.decode(bytes, begin, at - 1)) : level.find(bytes, begin, at - 1);
            colon();
            value(level, field);
        } while (goesOn('}'));
    }

    /** Walks over an array in which elements are looked for. */
    private void array(FieldTree level) throws MalformedJson {
        open('[');
        if (space() == ']') {
            close();
            return;
        }
        int element = 0;
        do {
            value(level, level.find(element++));
        } while (goesOn(']'));
    }

    private void value(FieldTree level, int field) throws MalformedJson {
        if (field == FieldTree.NONE) {
            skip();
            return;
        }
        int begin = at;
        int path = level.path(field);
        @Nullable FieldTree below = level.below(field);
        boolean hasEscapes = false;
        if (below != null) {
            forget(below);
        }
        if (below != null && bytes[at] == '{') {
            object(below);
        } else if (below != null && bytes[at] == '[') {
            array(below);
        } else if (bytes[at] == '"') {
            hasEscapes = text();
        } else {
            skip();
        }
        if (path != FieldTree.NONE) {
            from[path] = begin;
            to[path] = at;
            escaped[path] = hasEscapes;
        }
    }

    /** The object in which fields were found has not been the last one of its name. */
    private void forget(FieldTree level) {
        for (int field = 0; field < level.fieldCount(); field++) {
            if (level.path(field) != FieldTree.NONE) {
                from[level.path(field)] = -1;
            }
            @Nullable FieldTree below = level.below(field);
            if (below != null) {
                forget(below);
            }
        }
    }

    /** Walks over a value in which nothing is looked for. */
    private void skip() throws MalformedJson {
        int outside = depth;
        do {
            while (enters()) {
                // to the first value that is no container, or an empty one
            }
        } while (!isOver(outside));
    }

    /** At a value: goes to the first value in it and returns true; if there is none, goes behind it and returns false. */
    private boolean enters() throws MalformedJson {
        byte b = bytes[at];
        if (b != '{' && b != '[') {
            scalar(b);
            return false;
        }
        open(b);
        if (space() == closing()) {
            close();
            return false;
        }
        if (b == '{') {
            name();
            colon();
        }
        return true;
    }

    /**
     * Behind a value: closes the containers that end there. Returns false at the next value, true if there is none in what is
     * skipped.
     */
    private boolean isOver(int outside) throws MalformedJson {
        while (depth > outside) {
            if (goesOn(closing())) {
                if (isObject[depth]) {
                    name();
                    colon();
                }
                return false;
            }
        }
        return true;
    }

    private char closing() {
        return isObject[depth] ? '}' : ']';
    }

    private void open(int bracket) throws MalformedJson {
        if (depth == DEEPEST) {
            throw new MalformedJson(at, Fault.UNEXPECTED, "nested deeper than 1,000");
        }
        depth++;
        isObject[depth] = bracket == '{';
        at++;
    }

    private void close() {
        depth--;
        at++;
    }

    /** Behind a value in a container: returns true at the next element, and false if the container has ended. */
    private boolean goesOn(char closing) throws MalformedJson {
        byte b = space();
        if (b == ',') {
            at++;
            space();
            return true;
        }
        if (b == closing) {
            close();
            return false;
        }
        throw unexpected(closing == '}' ? "',' or '}'" : "',' or ']'");
    }

    /** Walks over the name of a field. Returns whether it has escapes. */
    private boolean name() throws MalformedJson {
        if (bytes[at] != '"') {
            throw unexpected("a name in double quotes");
        }
        int begin = at + 1;
        boolean hasEscapes = text();
        if (hasEscapes || at - begin > LONGEST_NAME) {
            checkName(begin, JsonTexts.decode(bytes, begin, at - 1));
        }
        return hasEscapes;
    }

    private static void checkName(int begin, String name) throws MalformedJson {
        if (JsonTexts.hasHalf(name)) {
            throw new MalformedJson(begin, Fault.UNEXPECTED, "a name has half a surrogate pair");
        }
        if (name.length() > LONGEST_NAME / 4 && name.getBytes(UTF_8).length > LONGEST_NAME) {
            throw new MalformedJson(begin, Fault.UNEXPECTED, "a name has more than 50,000 bytes");
        }
    }

    private void colon() throws MalformedJson {
        if (bytes[at] != ':' && space() != ':') {
            throw unexpected("':'");
        }
        at++;
        space();
    }

    private void scalar(byte b) throws MalformedJson {
        switch (b) {
            case '"' -> text();
            case 't' -> literal(TRUE, 0, "true");
            case 'n' -> literal(NULL, 0, "null");
            case 'f' -> literal(ALSE, 1, "false");
            default -> number();
        }
    }

    private void literal(int lastFour, int before, String literal) throws MalformedJson {
        if ((int) (long) Words.OF_BYTES.get(bytes, at + before) != lastFour) {
            throw unexpected(literal);
        }
        at += before + Integer.BYTES;
    }

    private void number() throws MalformedJson {
        int begin = at;
        int signs = 0;
        if (bytes[at] == '-') {
            at++;
            signs++;
        }
        if (bytes[at] == '0') {
            at++;
            if (isDigit(bytes[at])) {
                throw new MalformedJson(at - 1, Fault.UNEXPECTED, "a number has no leading zeros");
            }
        } else {
            digits(signs == 0 ? "a value" : "a digit");
        }
        if (bytes[at] == '.') {
            at++;
            signs++;
            digits("a digit");
        }
        if (bytes[at] == 'e' || bytes[at] == 'E') {
            at++;
            signs++;
            if (bytes[at] == '+' || bytes[at] == '-') {
                at++;
                signs++;
            }
            digits("a digit");
        }
        if (at - begin - signs > MOST_DIGITS) {
            throw new MalformedJson(begin, Fault.UNEXPECTED, "a number has more than 1,000 digits");
        }
    }

    private void digits(String expected) throws MalformedJson {
        if (!isDigit(bytes[at])) {
            throw unexpected(expected);
        }
        do {
            at++;
        } while (isDigit(bytes[at]));
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** At a quote: goes behind the closing one, eight bytes at a time. Returns whether there are escapes. */
    private boolean text() throws MalformedJson {
        boolean hasEscapes = false;
        int i = at + 1;
        while (true) {
            long word = (long) Words.OF_BYTES.get(bytes, i);
            // A byte below 0x20 borrows from its highest bit; what is above 0x7f has that bit set and is left out.
            long stops = Words.firstEqual(word, QUOTES)
                    | Words.firstEqual(word, BACKSLASHES)
                    | word - SPACES & ~word & Words.HIGH_BITS;
            if (stops == 0) {
                i += Long.BYTES;
                continue;
            }
            i += Words.index(stops);
            if (bytes[i] == '"') {
                at = i + 1;
                return hasEscapes;
            }
            at = i;
            if (bytes[i] != '\\') {
                throw inText();
            }
            hasEscapes = true;
            i = afterEscape(i + 1);
        }
    }

    private int afterEscape(int kind) throws MalformedJson {
        switch (bytes[kind]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return kind + 1;
            }
            case 'u' -> {
                for (int i = kind + 1; i <= kind + 4; i++) {
                    if (Character.digit(bytes[i], 16) < 0) {
                        at = i;
                        throw unexpected("a hexadecimal digit");
                    }
                }
                return kind + 5;
            }
            default -> {
                at = kind;
                throw unexpected("an escape such as \\n");
            }
        }
    }

    private MalformedJson inText() {
        return bytes[at] == END
                ? unexpected("'\"'")
                : new MalformedJson(at, Fault.UNEXPECTED, "in a text " + shown() + " must be escaped");
    }

    private MalformedJson unexpected(String expected) {
        int wrong = at;
        return space() == END
                ? new MalformedJson(at, Fault.CUT_OFF, "the line ends where " + expected + " is expected")
                : new MalformedJson(
                        wrong, Fault.UNEXPECTED, shownAt(wrong) + " stands where " + expected + " is expected");
    }

    private String shown() {
        return shownAt(at);
    }

    private String shownAt(int index) {
        byte b = bytes[index];
        if (b > ' ' && b < 0x7f) {
            return "'" + (char) b + "'";
        }
        return b == ' ' ? "a space" : String.format("the byte 0x%02x", b);
    }
}
