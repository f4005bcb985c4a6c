package dev.bag.io.codec;

import dev.bag.io.codec.gzip.Lookahead;
import dev.bag.io.codec.gzip.SeekIndex;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whether a gzip file is inflated ahead of its reader by other threads, and what one reader of it leaves to the next.
 *
 * <p>The system property {@value #PROPERTY} says {@code on}, {@code off}, or {@code auto}: from {@value #CORES} cores on,
 * because a helper inflates twice.
 *
 * @param modified when the file was modified last, as the reader began
 */
record GzipAhead(InputFile file, FileTime modified, Lookahead lookahead) {

    private static final String PROPERTY = "bag.gzip.speculate";

    private static final int CORES = 6;

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
        boolean wanted = switch (choice()) {
            case AUTO -> Runtime.getRuntime().availableProcessors() >= CORES;
            case ON -> true;
            case OFF -> false;
        };
        return wanted && bytes.canSeek() && file.byteCount() >= LEAST_BYTES && isLocal(file) ? of(file, limits) : null;
    }

    private static GzipAhead of(InputFile file, Limits limits) throws IOException {
        FileTime modified = Files.getLastModifiedTime(file.path());
        return new GzipAhead(
                file,
                modified,
                Lookahead.of(
                        (from, length) -> read(file, from, length),
                        file.byteCount(),
                        limits.ratio(),
                        file.indexOf(modified)));
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

    /** Elsewhere it may be slow to open a file again, or to begin inside of it. */
    private static boolean isLocal(InputFile file) {
        return file.path().getFileSystem() == FileSystems.getDefault();
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
        SeekIndex known = file.indexOf(modified);
        if (found != null && (known == null || known.size() < found.size()) && isUnchanged()) {
            file.keep(new SeekPlaces(found, modified));
        }
    }

    private boolean isUnchanged() {
        try {
            return Files.getLastModifiedTime(file.path()).equals(modified);
        } catch (IOException e) {
            return false;
        }
    }
}
