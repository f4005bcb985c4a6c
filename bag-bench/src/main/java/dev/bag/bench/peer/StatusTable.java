package dev.bag.bench.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How often each status occurs: what the peers have in common. One thread at a time uses it. */
final class StatusTable {

    private final Map<String, Long> counts = new HashMap<>();

    /** Counts the ninth word. */
    void addLine(String line) {
        int before = -1;
        for (int word = 0; word < 8; word++) {
            before = line.indexOf(' ', before + 1);
        }
        counts.merge(line.substring(before + 1, line.indexOf(' ', before + 1)), 1L, Long::sum);
    }

    void addLine(byte[] bytes, int from, int to) {
        addLine(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }

    /** Counts the lines of bytes of which the first {@code known} hold no line end; answers where the last line begins. */
    int addWholeLines(byte[] bytes, int known, int end) {
        int start = 0;
        for (int i = known; i < end; i++) {
            if (bytes[i] == '\n') {
                addLine(bytes, start, i);
                start = i + 1;
            }
        }
        return start;
    }

    /** Counts all lines. */
    void addAll(InputStream in) throws IOException {
        byte[] buffer = new byte[1 << 18];
        int kept = 0;
        for (int read = 0; read >= 0; read = in.read(buffer, kept, buffer.length - kept)) {
            int end = kept + read;
            int rest = addWholeLines(buffer, kept, end);
            kept = end - rest;
            System.arraycopy(buffer, rest, buffer, 0, kept);
            if (kept == buffer.length) buffer = Arrays.copyOf(buffer, kept * 2);
        }
        if (kept > 0) addLine(buffer, 0, kept);
    }

    void addAll(StatusTable other) {
        other.counts.forEach((status, count) -> counts.merge(status, count, Long::sum));
    }

    /** For example {@code 200=17;304=4}. */
    @Override
    public String toString() {
        return new TreeMap<>(counts)
                .entrySet().stream()
                        .map(count -> count.getKey() + "=" + count.getValue())
                        .collect(Collectors.joining(";"));
    }
}
