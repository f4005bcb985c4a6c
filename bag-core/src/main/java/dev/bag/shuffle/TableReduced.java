package dev.bag.shuffle;

import dev.bag.spill.RunSpace;

/** The keys of a table in memory. */
final class TableReduced extends Reduced {

    private final ReduceTable table;
    private final RunSpace space;
    private long reserved;
    private int at;

    private TableReduced(ReduceTable table, RunSpace space, long reserved) {
        this.table = table;
        this.space = space;
        this.reserved = reserved;
    }

    /** Puts {@code entries} into {@code table}; {@code reserved} bytes are given back when it is closed. */
    static TableReduced of(ReduceTable table, Entries entries, RunSpace space, long reserved) throws Throwable {
        boolean filled = false;
        try (entries) {
            while (entries.next()) {
                table.add(entries.key(), entries.value(), entries.tag());
            }
            table.complete();
            filled = true;
        } finally {
            if (!filled) {
                space.release(reserved + entries.takenBytes());
            }
        }
        return new TableReduced(table, space, reserved + entries.takenBytes());
    }

    @Override
    boolean next() {
        if (at == table.count()) {
            return false;
        }
        key = table.key(at);
        rank = table.rank(at);
        reduced = table.take(at);
        at++;
        return true;
    }

    @Override
    public void close() {
        space.release(reserved);
        reserved = 0;
    }
}
