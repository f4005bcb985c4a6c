package dev.bag.bench.peer;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Without any library and without Strings: lines found a byte at a time, by a thread for each processor. {@code
 * LineScanPeer count FILES}: how many lines there are. {@code LineScanPeer status FILES}: how often each status, which
 * has three digits, occurs in access logs. Files may be plain, .gz or .zst, which zstd-jni decompresses.
 */
public final class LineScanPeer {

    private LineScanPeer() {}

    public static void main(String... arguments) throws Exception {
        String[] paths = Arrays.copyOfRange(arguments, 1, arguments.length);
        String result = switch (arguments[0]) {
            case "count" -> lineCount(paths);
            case "status" -> statusCounts(paths);
            default -> throw new IllegalArgumentException(arguments[0] + ": count or status is needed");
        };
        System.out.println("RESULT " + result);
    }

    /** How many lines there are. */
    public static String lineCount(String... paths) throws Exception {
        List<long[]> counts = PathQueue.tables(
                () -> new long[1], (in, count) -> LineScan.byBytes(in, (bytes, from, to) -> count[0]++), paths);
        return String.valueOf(counts.stream().mapToLong(count -> count[0]).sum());
    }

    /** How often each status occurs. */
    public static String statusCounts(String... paths) throws Exception {
        List<long[]> tables = PathQueue.tables(
                () -> new long[1000],
                (in, counts) -> LineScan.byBytes(in, (bytes, from, to) -> counts[status(bytes, from)]++),
                paths);
        TreeMap<Integer, Long> sums = new TreeMap<>();
        for (long[] counts : tables) {
            for (int status = 0; status < counts.length; status++) {
                if (counts[status] > 0) sums.merge(status, counts[status], Long::sum);
            }
        }
        return sums.entrySet().stream()
                .map(count -> count.getKey() + "=" + count.getValue())
                .collect(Collectors.joining(";"));
    }

    /** The ninth word. */
    private static int status(byte[] bytes, int from) {
        int i = from;
        for (int word = 0; word < 8; word++) {
            while (bytes[i++] != ' ') {}
        }
        return (bytes[i] - '0') * 100 + (bytes[i + 1] - '0') * 10 + bytes[i + 2] - '0';
    }
}
