package dev.bag.spill;

import com.esotericsoftware.kryo.kryo5.io.Input;
import dev.bag.serial.Codecs;
import dev.bag.serial.RecordCodec;
import dev.bag.serial.RecordException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Entries in memory as they will be on disk. When it is known that they will go there, this spares the garbage collector
 * millions of objects that live just long enough to be in its way. One thread at a time writes or reads.
 */
public final class PackedEntries implements Entries.Output, Entries.Input {

    private static final int HEADER = FrameBuffer.HEADER;

    private final RecordCodec codec;
    private final int blockBytes;
    /** The entry that is being written; nothing once no more come. */
    private @Nullable FrameBuffer entry = new FrameBuffer();

    private final Input in = new Input(new byte[0]);
    private final List<byte[]> blocks = new ArrayList<>();
    /** Of each entry the number of its block and where in it that begins, in the upper and the lower half. */
    private long[] begins = new long[64];

    private int[] lengths = new int[64];
    private int count;
    private int filled;
    private long bytes;

    PackedEntries(Codecs codecs, int blockBytes) {
        this.codec = codecs.records();
        this.blockBytes = blockBytes;
    }

    /** If that fails nothing of the entry is kept. */
    @Override
    public void writeRecord(@Nullable Object record) throws IOException {
        FrameBuffer to = entry();
        boolean written = false;
        try {
            codec.write(to, record);
            written = true;
        } catch (RecordException e) {
            throw SpillException.unwritable(e);
        } finally {
            if (!written) {
                to.begin();
            }
        }
    }

    @Override
    public void writeLong(long number) {
        entry().writeVarLong(number, true);
    }

    private FrameBuffer entry() {
        return Objects.requireNonNull(entry, "no more entries were to come");
    }

    /** No more entries come: lets go of what is needed to write them, which may be more than what they take. */
    public void complete() {
        entry = null;
        begins = Arrays.copyOf(begins, count);
        lengths = Arrays.copyOf(lengths, count);
    }

    @Override
    public void endEntry() {
        FrameBuffer from = entry();
        int length = from.position() - HEADER;
        if (count == begins.length) {
            begins = Arrays.copyOf(begins, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
        }
        byte[] block = blockFor(length);
        System.arraycopy(from.getBuffer(), HEADER, block, filled, length);
        begins[count] = (long) (blocks.size() - 1) << 32 | filled;
        lengths[count] = length;
        count++;
        filled += length;
        from.begin();
    }

    private byte[] blockFor(int length) {
        if (blocks.isEmpty() || filled + length > blocks.get(blocks.size() - 1).length) {
            byte[] block = new byte[Math.max(blockBytes, length)];
            blocks.add(block);
            bytes += block.length;
            filled = 0;
        }
        return blocks.get(blocks.size() - 1);
    }

    /** How many entries there are. */
    public int count() {
        return count;
    }

    /** How many bytes they take. */
    public long bytes() {
        return bytes + 12L * count;
    }

    /** Goes to an entry, to read it. */
    public void goTo(int number) {
        long begin = begins[number];
        in.setBuffer(blocks.get((int) (begin >>> 32)), (int) begin, lengths[number]);
    }

    @Override
    public @Nullable Object readRecord() throws IOException {
        try {
            return codec.read(in);
        } catch (RecordException e) {
            throw SpillException.unreadable(e);
        }
    }

    @Override
    public long readLong() {
        return in.readVarLong(true);
    }

    /** Writes an entry as it is. */
    public void copy(int number, FrameWriter out) throws IOException {
        long begin = begins[number];
        out.writeEntry(blocks.get((int) (begin >>> 32)), (int) begin, lengths[number]);
    }
}
