package dev.bag.io.csv;

/**
 * A row that was read, with the header of its file.
 *
 * @param text all values, one after the other
 * @param ends where in the text each of them ends
 */
public record HeadedRow(Header header, String text, int[] ends) {

    int size() {
        return ends.length;
    }

    String value(int index) {
        return text.substring(index == 0 ? 0 : ends[index - 1], ends[index]);
    }
}
