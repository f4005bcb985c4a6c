package dev.bag.io.csv;

import java.io.Serializable;
import java.util.OptionalInt;

/**
 * Which characters of a text have a meaning.
 *
 * @param separator between two values
 * @param quote around values with other characters that have a meaning; twice inside of it for itself
 * @param comment what a line that is left out begins with; -1 for none
 * @param multiline whether a value may have line ends
 */
public record Dialect(char separator, char quote, int comment, boolean multiline) implements Serializable {

    private static final int NO_COMMENT = -1;
    private static final int MOST_OF_ASCII = 0x7f;

    /** Commas and double quotes, as in RFC 4180. */
    public static final Dialect DEFAULT = new Dialect(',', '"', NO_COMMENT, true);

    /** Checks that no character has two meanings. */
    public Dialect {
        check("delimiter", separator);
        check("quote", quote);
        check("comment", comment);
        if (separator == quote || separator == comment || quote == comment) {
            throw new IllegalArgumentException("delimiter, quote and comment must be different characters");
        }
    }

    private static void check(String option, int character) {
        if (character == '\n'
                || character == '\r'
                || character == '\ufeff'
                || character == '\ufffd'
                || character >= 0 && Character.isSurrogate((char) character)) {
            throw new IllegalArgumentException(
                    option + "(...): must be a character that ends no line, and not half of a pair");
        }
    }

    /** Returns a copy with another separator. */
    public Dialect withSeparator(char other) {
        return new Dialect(other, quote, comment, multiline);
    }

    /** Returns a copy with another quote. */
    public Dialect withQuote(char other) {
        return new Dialect(separator, other, comment, multiline);
    }

    /** Returns a copy with comments. */
    public Dialect withComment(char other) {
        return new Dialect(separator, quote, other, multiline);
    }

    /** Returns a copy that says whether values may have line ends. */
    public Dialect withMultiline(boolean other) {
        return new Dialect(separator, quote, comment, other);
    }

    /** Returns whether each character with a meaning is one byte of UTF-8. */
    boolean isAscii() {
        return (separator | quote | Math.max(0, comment)) <= MOST_OF_ASCII;
    }

    OptionalInt commentCharacter() {
        return comment == NO_COMMENT ? OptionalInt.empty() : OptionalInt.of(comment);
    }
}
