package dev.bag.shuffle;

import java.io.IOException;

/** Entries in arrays, from one place to another. */
final class MemoryEntries extends Entries {

    private final Columns columns;
    private final Reading reading;
    private final int to;
    private final long takenBytes;
    private int at;

    MemoryEntries(Columns columns, int from, int to, Reading reading, long takenBytes) {
        this.columns = columns;
        this.at = from;
        this.to = to;
        this.reading = reading;
        this.takenBytes = takenBytes;
    }

    @Override
    public boolean next() throws IOException {
        if (at == to) {
            return false;
        }
        columns.read(at, this);
        if (reading == Reading.TAKE) {
            columns.clear(at);
        }
        at++;
        return true;
    }

    @Override
    long takenBytes() {
        return takenBytes;
    }
}
