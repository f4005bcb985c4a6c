package dev.bag.io.format;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Arrays that are used again once the lines in them have been read, whichever file comes next. Any thread takes and gives
 * back; what is given back has no owner, and must be given back only once.
 */
public final class Buffers {

    /** Behind the text: a line end that is not in the file, and what eight bytes at a time read beyond it. */
    public static final int MARGIN = 16;

    /** The length of chunks that the thread which reads them keeps: they stay in its core's cache until they are decoded. */
    public static final int KEPT_LENGTH = 256 << 10;

    /**
     * The length of chunks that may be handed to another thread: enough work beside waking it, and so little that the
     * chunks in flight do not count beside what operators keep. With its header and the margin an array has no more than
     * one MiB, which is a whole region of the G1 collector in small heaps; one byte more would take two.
     */
    public static final int HANDED_OVER_LENGTH = (1 << 20) - 64;

    /** The share of the heap that arrays which are not in use may have. */
    private static final int HEAP_SHARE = 128;

    /** Of all runs: a run has no place of its own for them, and a pool for each file would serve small files little. */
    public static final Buffers SHARED = new Buffers();

    private final Free kept = new Free(KEPT_LENGTH);
    private final Free handedOver = new Free(HANDED_OVER_LENGTH);

    private Buffers() {}

    /** Returns an array with room for text of a length, and the margin. What is in it is not defined. */
    public byte[] take(int textLength) {
        Free free = free(textLength);
        byte[] again = free == null ? null : free.poll();
        return again == null ? new byte[textLength + MARGIN] : again;
    }

    /** Takes an array back that was taken, or any other. */
    public void giveBack(byte[] buffer) {
        Free free = free(buffer.length - MARGIN);
        if (free != null) {
            free.add(buffer);
        }
    }

    /** Returns null for all other lengths: such arrays are for long lines, or for short files. */
    private @Nullable Free free(int textLength) {
        return switch (textLength) {
            case KEPT_LENGTH -> kept;
            case HANDED_OVER_LENGTH -> handedOver;
            default -> null;
        };
    }

    /** Arrays of one length that are not in use. */
    private static final class Free {

        private final int most;
        /** Guarded by this. The one given back last is taken first, as it is most likely in a cache. */
        private final ArrayDeque<byte[]> arrays = new ArrayDeque<>();

        Free(int textLength) {
            this.most = (int) Math.max(2, Math.min(128, Runtime.getRuntime().maxMemory() / HEAP_SHARE / textLength));
        }

        synchronized byte @Nullable [] poll() {
            return arrays.pollFirst();
        }

        synchronized void add(byte[] array) {
            if (arrays.size() < most) {
                arrays.addFirst(array);
            }
        }
    }
}
