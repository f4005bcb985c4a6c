package dev.bag.bench.peer;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPInputStream;

/**
 * How often each status occurs in one gzip file, without any library: one thread decompresses and hands blocks of 4 MiB,
 * which end at a line end, to the others. At most 8 blocks are under way.
 */
public final class PipePeer {

    private static final int BLOCK = 4 << 20;
    private static final int MOST_BLOCKS = 8;

    private PipePeer() {}

    public static void main(String... path) throws Exception {
        System.out.println("RESULT " + of(path));
    }

    /** Exactly one path. */
    public static String of(String... path) throws Exception {
        Semaphore room = new Semaphore(MOST_BLOCKS);
        try (Workers workers = new Workers();
                InputStream in = new GZIPInputStream(Files.newInputStream(Path.of(path[0])), 1 << 16)) {
            byte[] block = new byte[BLOCK];
            int kept = 0;
            for (boolean more = true; more; ) {
                int end = kept + in.readNBytes(block, kept, BLOCK - kept);
                more = end == BLOCK;
                int cut = more ? endOfLastLine(block, end) : end;
                byte[] next = new byte[BLOCK];
                kept = end - cut;
                System.arraycopy(block, cut, next, 0, kept);
                byte[] full = block;
                room.acquire();
                workers.submit(() -> count(full, cut, room));
                block = next;
            }
            return workers.sum().toString();
        }
    }

    private static int endOfLastLine(byte[] block, int end) {
        int cut = end;
        while (cut > 0 && block[cut - 1] != '\n') {
            cut--;
        }
        return cut;
    }

    private static StatusTable count(byte[] block, int end, Semaphore room) {
        try {
            StatusTable table = new StatusTable();
            int rest = table.addWholeLines(block, 0, end);
            if (rest < end) table.addLine(block, rest, end);
            return table;
        } finally {
            room.release();
        }
    }
}
