package dev.bag.io.format;

import org.jspecify.annotations.Nullable;

/** Finds line ends among characters, from the beginning of a text on. */
final class CharacterLineEnds {

    private final @Nullable String delimiter;
    private final boolean anyLineEnd;
    private int textEnd;
    private int next;

    /** Before this index no line end begins that was not found. */
    private int searched;

    CharacterLineEnds(Encoding encoding) {
        this.delimiter = encoding.delimiter;
        this.anyLineEnd = encoding.anyLineEnd;
    }

    /** Returns where the text of the line found last ends. */
    int textEnd() {
        return textEnd;
    }

    /** Returns where the line after the one found last begins. */
    int next() {
        return next;
    }

    /** Returns how many of the last characters may be the beginning of a line end. */
    int mostUncertain() {
        return delimiter == null ? 1 : delimiter.length();
    }

    /** The text before an index was taken out. */
    void removed(int characterCount) {
        searched = Math.max(0, searched - characterCount);
    }

    /**
     * Looks for the end of the line that begins at {@code from}.
     *
     * @param complete whether no more text follows, so that what is left is a line
     */
    boolean find(StringBuilder text, int from, boolean complete) {
        searched = Math.max(searched, from);
        if (delimiter == null ? findLineEnd(text, from, complete) : findDelimiter(text, delimiter)) {
            return true;
        }
        textEnd = text.length();
        next = text.length();
        return complete && from < text.length();
    }

    private boolean findDelimiter(StringBuilder text, String wanted) {
        textEnd = text.indexOf(wanted, searched);
        next = textEnd + wanted.length();
        if (textEnd < 0) {
            searched = Math.max(searched, text.length() - wanted.length() + 1);
        }
        return textEnd >= 0;
    }

    private boolean findLineEnd(StringBuilder text, int from, boolean complete) {
        for (; searched < text.length(); searched++) {
            char c = text.charAt(searched);
            if (c == '\n') {
                boolean pair = searched > from && text.charAt(searched - 1) == '\r';
                return found(pair ? searched - 1 : searched, searched + 1);
            }
            if (c == '\r' && anyLineEnd) {
                boolean last = searched + 1 == text.length();
                if (last && !complete) {
                    return false;
                }
                return found(searched, !last && text.charAt(searched + 1) == '\n' ? searched + 2 : searched + 1);
            }
        }
        return false;
    }

    private boolean found(int end, int nextLine) {
        textEnd = end;
        next = nextLine;
        return true;
    }
}
