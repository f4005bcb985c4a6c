package dev.bag.io.csv;

/**
 * The values of a row, one after the other in one text.
 *
 * @param ends where in the text each of them ends
 * @param line the number of the line in which the row begins, from 1 in its block
 */
public record Row(String text, int[] ends, long line) {

    /** Returns a value. */
    public String value(int index) {
        return text.substring(index == 0 ? 0 : ends[index - 1], ends[index]);
    }

    /** Returns all values. */
    public String[] values() {
        String[] values = new String[ends.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(i);
        }
        return values;
    }
}
