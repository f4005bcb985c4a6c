package dev.bag.io.archive;

import dev.bag.io.split.EntryChoice;
import dev.bag.io.split.FileSlice;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Some entries of a table, in the order that is wanted.
 *
 * <p>A slice of an archive is the entries whose share of all work begins in that share of its bytes. So the slices of an
 * archive have all entries together, in order, whatever the order is; where the bytes of an entry really are does not
 * matter, and nothing has to be read when the bag is built.
 */
final class TableReader implements ArchiveReader {

    private final EntryTable table;
    private final int[] entries;
    private int next;

    private TableReader(EntryTable table, int[] entries) {
        this.table = table;
        this.entries = entries;
    }

    /** The entries of a slice. */
    static TableReader of(EntryTable table, EntryChoice choice, FileSlice slice, boolean mayBeNone) throws IOException {
        int[] chosen =
                choice.isAllInOrder() ? IntStream.range(0, table.size()).toArray() : choice.choose(table.names());
        if (chosen.length == 0 && choice.mustMatch() && !mayBeNone) {
            throw choice.nothing(table.size());
        }
        return new TableReader(table, slice.isWhole() ? chosen : ofSlice(table, chosen, slice));
    }

    private static int[] ofSlice(EntryTable table, int[] chosen, FileSlice slice) throws IOException {
        long[] weights = new long[chosen.length];
        double total = 0;
        for (int i = 0; i < chosen.length; i++) {
            weights[i] = table.weight(chosen[i]);
            total += weights[i];
        }
        double size = slice.file().byteCount();
        double before = 0;
        int count = 0;
        int[] ofSlice = new int[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            double begin = Math.floor(before / total * size);
            if (begin >= slice.from() && begin < slice.to()) {
                ofSlice[count++] = chosen[i];
            }
            before += weights[i];
        }
        return Arrays.copyOf(ofSlice, count);
    }

    @Override
    public @Nullable Entry next() throws IOException {
        return next == entries.length ? null : table.entry(entries[next++]);
    }

    @Override
    public @Nullable Instant modified() {
        return table.modified(entries[next - 1]);
    }

    @Override
    public InputStream content() throws IOException {
        return table.content(entries[next - 1]);
    }

    @Override
    public void close() throws IOException {
        table.close();
    }
}
