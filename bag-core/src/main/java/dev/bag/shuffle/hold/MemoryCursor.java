package dev.bag.shuffle.hold;

import java.io.IOException;

/** The entries of a store from one place to another. */
public final class MemoryCursor extends EntryCursor {

    private final EntryStore store;
    private final Reading reading;
    private final int to;
    private final long takenBytes;
    private int at;

    MemoryCursor(EntryStore store, int from, int to, Reading reading, long takenBytes) {
        this.store = store;
        this.at = from;
        this.to = to;
        this.reading = reading;
        this.takenBytes = takenBytes;
    }

    /** Without entries: a place for one that is read or written by itself. */
    public static MemoryCursor empty() {
        return new MemoryCursor(ObjectStore.NONE, 0, 0, Reading.KEEP, 0);
    }

    @Override
    public boolean next() throws IOException {
        if (at == to) {
            return false;
        }
        store.read(at, this);
        if (reading == Reading.TAKE) {
            store.clear(at);
        }
        at++;
        return true;
    }

    @Override
    public long takenBytes() {
        return takenBytes;
    }
}
