package dev.bag.shuffle.reduce;

import dev.bag.shuffle.hold.EntryCursor;
import dev.bag.spill.RunSpace;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** The keys of a table in memory. */
final class TableCursor extends EntryCursor {

    private final ReduceTable table;
    private final RunSpace space;
    private long reserved;
    private int at;
    /** Null if all are. */
    private @Nullable LongPredicate wanted;

    private TableCursor(ReduceTable table, RunSpace space, long reserved) {
        this.table = table;
        this.space = space;
        this.reserved = reserved;
    }

    /** Puts {@code entries} into {@code table}; {@code reserved} bytes are given back when it is closed. */
    static TableCursor of(ReduceTable table, EntryCursor entries, RunSpace space, long reserved) throws Throwable {
        boolean filled = false;
        try (entries) {
            while (entries.next()) {
                table.add(entries);
            }
            table.complete();
            filled = true;
        } finally {
            if (!filled) {
                space.release(reserved + entries.takenBytes());
            }
        }
        return new TableCursor(table, space, reserved + entries.takenBytes());
    }

    @Override
    public void select(LongPredicate values) {
        wanted = values;
    }

    @Override
    public boolean next() {
        LongPredicate values = wanted;
        while (values != null && at < table.count() && !table.isWanted(at, values)) {
            at++;
        }
        if (at == table.count()) {
            return false;
        }
        set(table.key(at), table.take(at), table.rank(at));
        at++;
        return true;
    }

    @Override
    public void close() {
        space.release(reserved);
        reserved = 0;
    }
}
