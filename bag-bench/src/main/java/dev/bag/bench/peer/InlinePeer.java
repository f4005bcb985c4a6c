package dev.bag.bench.peer;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/**
 * As quick as it gets in plain Java: no Strings, keys in the hash table itself, spaces found eight bytes at a time.
 * {@code InlinePeer bytes LOGS}: the 10 clients to which most bytes were sent. {@code InlinePeer words FILES}: the 20
 * words that occur most often.
 */
public final class InlinePeer {

    private static final int BUFFER = 1 << 18;
    private static final int ROOM_BEHIND_A_KEY = 16;
    private static final int WORDS_BEFORE_BYTES = 9;

    private InlinePeer() {}

    public static void main(String... arguments) throws Exception {
        String[] paths = Arrays.copyOfRange(arguments, 1, arguments.length);
        String result = switch (arguments[0]) {
            case "bytes" -> clientBytes(paths);
            case "words" -> topWords(paths);
            default -> throw new IllegalArgumentException(arguments[0] + ": bytes or words is needed");
        };
        System.out.println("RESULT " + result);
    }

    /** The clients with most bytes. */
    public static String clientBytes(String... logs) throws Exception {
        return sum(PathQueue.tables(InlineTable::new, InlinePeer::addLines, logs))
                .top(10);
    }

    /** The most frequent words. */
    public static String topWords(String... paths) throws Exception {
        return sum(PathQueue.tables(InlineTable::new, InlinePeer::addWords, paths))
                .top(20);
    }

    private static InlineTable sum(List<InlineTable> tables) {
        InlineTable sum = tables.get(0);
        tables.subList(1, tables.size()).forEach(sum::addAll);
        return sum;
    }

    private static void addLines(InputStream in, InlineTable table) throws IOException {
        LineScan.byWords(in, (bytes, from, to) -> addLine(bytes, from, table));
    }

    /** Of a line that is long enough, as all are, for the bytes behind its tenth word. */
    private static void addLine(byte[] bytes, int from, InlineTable table) {
        int words = 0;
        int client = 0;
        int i = from;
        while (true) {
            long spaces = spaces(bytes, i);
            for (; spaces != 0; spaces &= spaces - 1) {
                int space = i + (Long.numberOfTrailingZeros(spaces) >>> 3);
                words++;
                if (words == 1) client = space;
                if (words == WORDS_BEFORE_BYTES) {
                    table.add(bytes, from, client, number(bytes, space + 1));
                    return;
                }
            }
            i += Long.BYTES;
        }
    }

    private static long spaces(byte[] bytes, int at) {
        return LineScan.equalBytes((long) LineScan.WORD.get(bytes, at), ' ');
    }

    /** A number that ends at a space, 0 for {@code -}. */
    private static long number(byte[] bytes, int from) {
        if (bytes[from] == '-') return 0;
        long number = 0;
        for (int i = from; bytes[i] != ' '; i++) {
            number = number * 10 + bytes[i] - '0';
        }
        return number;
    }

    private static void addWords(InputStream in, InlineTable table) throws IOException {
        byte[] bytes = new byte[BUFFER + ROOM_BEHIND_A_KEY];
        int kept = 0;
        for (int read = 0; read >= 0; read = in.read(bytes, kept, BUFFER - kept)) {
            int end = kept + read;
            int rest = addWords(bytes, end, table);
            kept = end - rest;
            System.arraycopy(bytes, rest, bytes, 0, kept);
        }
        if (kept > 0) table.add(bytes, 0, kept, 1);
    }

    /** Adds the words that end; returns where the last one begins. */
    private static int addWords(byte[] bytes, int end, InlineTable table) {
        int start = 0;
        int i = 0;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            long word = (long) LineScan.WORD.get(bytes, i);
            long ends = LineScan.equalBytes(word, ' ') | LineScan.equalBytes(word, '\n');
            for (; ends != 0; ends &= ends - 1) {
                int to = i + (Long.numberOfTrailingZeros(ends) >>> 3);
                if (to > start) table.add(bytes, start, to, 1);
                start = to + 1;
            }
        }
        for (; i < end; i++) {
            if (bytes[i] == ' ' || bytes[i] == '\n') {
                if (i > start) table.add(bytes, start, i, 1);
                start = i + 1;
            }
        }
        return start;
    }
}
