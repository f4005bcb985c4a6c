package dev.bag.io.csv;

import org.jspecify.annotations.Nullable;

/** The rows of a block, one by one. Lines that are empty or comments are left out. */
interface Rows {

    /**
     * Returns the next row, which is another one after the next call; null after the last one.
     *
     * @throws BadRow if there is something between a quote that ends and the next separator; the next call goes on behind
     *     that row
     */
    @Nullable Row next() throws BadRow;

    /** A row that cannot be parsed. */
    final class BadRow extends Exception {

        private static final long serialVersionUID = 1;

        private final long line;
        private final String text;

        BadRow(long line, String complaint, String text) {
            super(complaint, null, false, false);
            this.line = line;
            this.text = text;
        }

        /** Returns the row. */
        String text() {
            return text;
        }

        /** Returns what to do. */
        String remedy() {
            return "A value with quotes in it must be in quotes, with each of its own quotes twice.";
        }

        /** Returns the number of the line in which the row begins, from 1 in its block. */
        long line() {
            return line;
        }
    }
}
