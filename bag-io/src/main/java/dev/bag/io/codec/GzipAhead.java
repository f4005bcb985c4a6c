package dev.bag.io.codec;

import dev.bag.io.codec.gzip.Lookahead;
import dev.bag.io.codec.gzip.SeekIndex;
import dev.bag.io.file.FileBytes;
import dev.bag.io.file.Findings;
import dev.bag.io.file.InputFile;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whether a gzip file is inflated ahead of its reader by other threads, and what one reader of it leaves to the next.
 *
 * <p>The system property {@value #PROPERTY} says {@code on}, {@code off}, or {@code auto}: from {@value #CORES} cores on,
 * because a helper inflates twice, and from {@value #CORES_ONCE} on what it inflates once: members behind each other, chunks of
 * dictzip, and between places that an earlier reader has found.
 *
 * @param findings those of the file as the reader began
 */
record GzipAhead(InputFile file, Findings findings, Lookahead lookahead) {

    private static final String PROPERTY = "bag.gzip.speculate";

    private static final int CORES = 6;
    private static final int CORES_ONCE = 3;

    /** A smaller file has not several pieces. */
    private static final long LEAST_BYTES = 1 << 20;

    /** What the property says. */
    private enum Choice {
        AUTO,
        ON,
        OFF
    }

    /** Returns what inflates a file ahead; null if nothing does. */
    static @Nullable GzipAhead of(FileBytes bytes, Limits limits) throws IOException {
        InputFile file = bytes.file();
        Lookahead.Reach reach = reach();
        return reach != null && bytes.canSeek() && file.byteCount() >= LEAST_BYTES && file.isLocal()
                ? of(file, limits, reach)
                : null;
    }

    private static Lookahead.@Nullable Reach reach() {
        int cores = Runtime.getRuntime().availableProcessors();
        return switch (choice()) {
            case AUTO ->
                cores >= CORES ? Lookahead.Reach.ALL : cores >= CORES_ONCE ? Lookahead.Reach.KNOWN_WINDOWS : null;
            case ON -> Lookahead.Reach.ALL;
            case OFF -> null;
        };
    }

    private static GzipAhead of(InputFile file, Limits limits, Lookahead.Reach reach) {
        Findings findings = file.findings();
        return new GzipAhead(
                file,
                findings,
                Lookahead.of(
                        (from, length) -> read(file, from, length),
                        file.byteCount(),
                        limits.ratio(),
                        findings.index(),
                        reach));
    }

    private static Choice choice() {
        String value = System.getProperty(PROPERTY, "auto");
        for (Choice choice : Choice.values()) {
            if (choice.name().equalsIgnoreCase(value.strip())) {
                return choice;
            }
        }
        throw new IllegalArgumentException(PROPERTY + "=" + value + ": auto, on or off is needed");
    }

    static byte[] read(InputFile file, long from, int length) throws IOException {
        try (FileBytes bytes = FileBytes.open(file)) {
            bytes.seek(from);
            byte[] into = new byte[(int) Math.min(length, file.byteCount() - from)];
            int filled = 0;
            for (int count = 0; count >= 0 && filled < into.length; filled += Math.max(0, count)) {
                count = bytes.read(into, filled, into.length - filled);
            }
            return filled == into.length ? into : Arrays.copyOf(into, filled);
        }
    }

    /** Keeps what a reader has found, unless the file has changed meanwhile or more is known. */
    void keep(@Nullable SeekIndex found) {
        if (found != null && file.findings() == findings) {
            findings.keep(found);
        }
    }
}
