package dev.bag.io.csv;

import static dev.bag.io.split.Words.firstEqual;

import dev.bag.io.split.Words;

/**
 * Finds where rows end, from the beginning of a text on, and counts its lines. A line end inside of quotes ends no row; a
 * quote has a meaning at the beginning of a value only.
 */
final class RowEnds {

    private enum State {
        ROW_BEGIN,
        VALUE_BEGIN,
        PLAIN,
        QUOTED,
        /** A quote inside of quotes: the last one, or the first of two. */
        QUOTE,
        COMMENT
    }

    private static final long LINE_FEEDS = Words.repeat('\n');
    private static final long CARRIAGE_RETURNS = Words.repeat('\r');

    private final char separator;
    private final char quote;
    private final long quotes;
    private final int comment;
    private final boolean multiline;

    private State state = State.ROW_BEGIN;
    private boolean afterCarriageReturn;
    private long lines;
    private int rowEnd;
    private long linesAtRowEnd;
    private boolean brokenRow;

    RowEnds(Dialect dialect) {
        this.separator = dialect.separator();
        this.quote = dialect.quote();
        this.quotes = Words.repeat(quote);
        this.comment = dialect.comment();
        this.multiline = dialect.multiline();
    }

    /** Returns the index behind the last row that is complete. */
    int rowEnd() {
        return rowEnd;
    }

    /** Returns how many lines precede that index. */
    long linesAtRowEnd() {
        return linesAtRowEnd;
    }

    /** Returns how many line ends there were. */
    long lines() {
        return lines;
    }

    /** Returns whether a quote has begun that does not end. */
    boolean insideQuotes() {
        return state == State.QUOTED;
    }

    /** Returns whether the row behind {@link #rowEnd()} has a line end that it may not have. */
    boolean brokenRow() {
        return brokenRow;
    }

    /** The text before {@link #rowEnd()} was taken out. */
    void removed() {
        rowEnd = 0;
    }

    /** Looks at more of the text. Stops at a row with a line end that it may not have. */
    void scan(char[] text, int from, int to) {
        for (int i = from; i < to && !brokenRow; i++) {
            i = afterCarriageReturn ? i : withoutMeaning(text, i, to);
            if (i < to) {
                look(text[i], i);
            }
        }
    }

    /** The same for bytes of UTF-8, in which separator, quote and comment are a byte each. */
    void scan(byte[] text, int from, int to) {
        for (int i = from; i < to && !brokenRow; i++) {
            i = afterCarriageReturn ? i : withoutMeaning(text, i, to);
            if (i < to) {
                look((char) (text[i] & 0xff), i);
            }
        }
    }

    private void look(char c, int index) {
        if (afterCarriageReturn) {
            afterCarriageReturn = false;
            boolean pair = c == '\n';
            if (state == State.ROW_BEGIN) {
                endRow(pair ? index + 1 : index);
            }
            if (pair) {
                return;
            }
        }
        step(c, index);
    }

    /** Most characters change nothing. Returns the index of the first one that may. */
    private int withoutMeaning(char[] text, int from, int to) {
        int i = from;
        if (state == State.PLAIN) {
            while (i < to && text[i] != separator && text[i] != '\n' && text[i] != '\r') {
                i++;
            }
        } else if (state == State.QUOTED) {
            while (i < to && text[i] != quote && text[i] != '\n' && text[i] != '\r') {
                i++;
            }
        }
        return i;
    }

    /** As for characters, but separators are passed over, too: whether a quote follows one is seen when it is come to. */
    private int withoutMeaning(byte[] text, int from, int to) {
        boolean mayBeComment = state == State.ROW_BEGIN && text[from] == comment;
        if (state == State.QUOTE || mayBeComment) {
            return from;
        }
        int found = lineEndOrQuote(text, from, to);
        if (found > from && state != State.QUOTED && state != State.COMMENT) {
            state = text[found - 1] == separator ? State.VALUE_BEGIN : State.PLAIN;
        }
        return found;
    }

    private int lineEndOrQuote(byte[] text, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long word = (long) Words.OF_BYTES.get(text, at);
            long marks = firstEqual(word, quotes) | firstEqual(word, LINE_FEEDS) | firstEqual(word, CARRIAGE_RETURNS);
            if (marks != 0) {
                return at + Words.index(marks);
            }
        }
        while (at < to && text[at] != quote && text[at] != '\n' && text[at] != '\r') {
            at++;
        }
        return at;
    }

    private void step(char c, int index) {
        if (state == State.QUOTED || state == State.QUOTE && c == quote) {
            insideQuotes(c);
        } else if (c == '\n' || c == '\r') {
            endLine(c);
            state = State.ROW_BEGIN;
            if (c == '\n') {
                endRow(index + 1);
            }
        } else if (state != State.COMMENT) {
            state = next(c);
        }
    }

    private void insideQuotes(char c) {
        if (c == '\n' || c == '\r') {
            brokenRow = !multiline;
            endLine(c);
        }
        state = c == quote && state == State.QUOTED ? State.QUOTE : State.QUOTED;
    }

    private State next(char c) {
        if (c == separator) {
            return State.VALUE_BEGIN;
        }
        if (state == State.ROW_BEGIN && c == comment) {
            return State.COMMENT;
        }
        boolean begins = state == State.ROW_BEGIN || state == State.VALUE_BEGIN;
        return begins && c == quote ? State.QUOTED : State.PLAIN;
    }

    private void endLine(char c) {
        lines++;
        afterCarriageReturn = c == '\r';
    }

    private void endRow(int end) {
        rowEnd = end;
        linesAtRowEnd = lines;
    }
}
