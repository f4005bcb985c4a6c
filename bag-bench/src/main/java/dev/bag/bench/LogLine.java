package dev.bag.bench;

/** The words of a line of an access log. */
public final class LogLine {

    private static final int WORDS_BEFORE_BYTES = 9;

    private LogLine() {}

    /** The address of the client: the first word. */
    public static String client(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    /** How many bytes were sent: the tenth word, which is {@code -} for none. */
    public static long bytes(String line) {
        int start = 0;
        for (int word = 0; word < WORDS_BEFORE_BYTES; word++) {
            start = line.indexOf(' ', start) + 1;
        }
        return line.charAt(start) == '-' ? 0 : Long.parseLong(line, start, line.indexOf(' ', start), 10);
    }
}
