package dev.bag.io.codec.gzip;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Text that was inflated ahead. Its beginning is where a block begins for certain only if the reader finds one there; its
 * end is where one begins if that is so.
 */
public final class Piece {

    private final long begin;
    private final long end;
    private final boolean beginsMember;
    private final boolean endsMember;
    private final List<Slab> slabs;
    private final SlabArrays arrays;

    /** The text before it; null until it is known, and empty if nothing refers to it. */
    private byte @Nullable [] window;

    /** By pair of placeholders; empty as long as the window is not known, and if there are none. */
    private byte[] table = {};

    /** What the reader takes next. */
    private int slab;

    private int index;

    /**
     * A piece.
     *
     * @param begin its first bit in the file
     * @param end the bit behind its last one
     * @param beginsMember whether it is of use only where the data of a member begin
     * @param endsMember whether the member ends there
     * @param window the text before it; null if that is not known
     */
    Piece(
            long begin,
            long end,
            boolean beginsMember,
            boolean endsMember,
            byte @Nullable [] window,
            List<Slab> slabs,
            SlabArrays arrays) {
        this.begin = begin;
        this.end = end;
        this.beginsMember = beginsMember;
        this.endsMember = endsMember;
        this.window = window;
        this.slabs = slabs;
        this.arrays = arrays;
    }

    /** Returns its first bit in the file. */
    public long begin() {
        return begin;
    }

    /** Returns the bit behind its last one: at which the next block begins, or the trailer of the member. */
    public long end() {
        return end;
    }

    /** Returns whether it is of use only where the data of a member begin. */
    boolean beginsMember() {
        return beginsMember;
    }

    /** Returns how many bytes of the file it has, about. */
    long byteCount() {
        return end - begin >> 3;
    }

    /** Returns whether the member ends with it. */
    public boolean endsMember() {
        return endsMember;
    }

    /** Returns how many bytes of text it has. */
    public long textLength() {
        return slabs.stream().mapToLong(Slab::length).sum();
    }

    /** Returns whether a window, which may be shorter than a whole one, can be the one before it. */
    boolean fits(byte[] before) {
        byte[] given = window;
        return given != null
                ? given.length == 0 || Arrays.equals(given, before)
                : before.length == Window.LENGTH || slabs.stream().allMatch(each -> each.fits(before));
    }

    /** Tells the window, if it was not known. */
    void open(byte[] before) {
        if (window == null || window.length == 0) {
            window = before;
        }
        if (table.length == 0 && slabs.stream().anyMatch(Slab::hasPairs)) {
            table = Placeholders.table(before);
        }
    }

    /** Returns the window behind it. It must be open. */
    byte[] windowBehind() {
        Window behind = new Window();
        behind.add(requireNonNull(window), 0, window.length);
        for (Slab last : lastSlabs()) {
            int from = Math.max(0, last.length() - Window.LENGTH);
            byte[] text = new byte[last.length() - from];
            last.copy(from, last.length(), table, text, 0);
            behind.add(text, 0, text.length);
        }
        return behind.toByteArray();
    }

    /** Returns as many as are needed for a window. */
    private List<Slab> lastSlabs() {
        int first = slabs.size();
        for (int length = 0; first > 0 && length < Window.LENGTH; first--) {
            length += slabs.get(first - 1).length();
        }
        return slabs.subList(first, slabs.size());
    }

    /** Makes the text in arrays of its own, on a thread that is not the reader's. It must be open. */
    void prepare() {
        for (Slab each : slabs) {
            byte[] into = each.canBePrepared() ? arrays.take() : null;
            if (into != null && !each.prepare(table, into)) {
                arrays.giveBack(into);
            }
        }
    }

    /** Its text is read, or not wanted. */
    void pass() {
        for (Slab each : slabs) {
            each.pass(arrays);
        }
    }

    /** Copies text that was not copied yet. Returns how many bytes; 0 if there is no more. It must be open. */
    public int read(byte[] into, int from, int length) {
        while (slab < slabs.size()) {
            Slab current = slabs.get(slab);
            int count = Math.min(length, current.length() - index);
            if (count > 0) {
                current.copy(index, index + count, table, into, from);
                index += count;
                return count;
            }
            current.pass(arrays);
            slab++;
            index = 0;
        }
        return 0;
    }
}
