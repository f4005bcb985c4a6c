package dev.bag.shuffle.hold;

import dev.bag.spill.FrameWriter;
import dev.bag.spill.PackedEntries;
import java.io.IOException;

/** Packed entries in an order; an object is made of one when it is read. One thread at a time reads. */
public record PackedStore(PackedEntries packed, Shape shape, int[] order) implements EntryStore {

    @Override
    public boolean arePacked() {
        return true;
    }

    @Override
    public void read(int at, EntryCursor into) throws IOException {
        synchronized (packed) {
            packed.goTo(order[at]);
            shape.read(packed, into);
        }
    }

    @Override
    public void write(int at, EntryCursor scratch, FrameWriter out) throws IOException {
        packed.copy(order[at], out);
    }

    /** The bytes are given up with all others. */
    @Override
    public void clear(int at) {}
}
