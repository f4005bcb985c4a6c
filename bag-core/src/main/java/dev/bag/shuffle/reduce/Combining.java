package dev.bag.shuffle.reduce;

import dev.bag.fold.Fold;
import dev.bag.kernel.Operator;
import dev.bag.key.KeyTable;
import dev.bag.shuffle.gather.Doubles;
import dev.bag.shuffle.gather.EntryTable;
import dev.bag.shuffle.gather.SumStore;
import dev.bag.shuffle.gather.Sums;
import dev.bag.shuffle.gather.TableSink;
import dev.bag.shuffle.hold.EntryCursor;
import dev.bag.shuffle.hold.ListOnDisk;
import dev.bag.shuffle.hold.Reading;
import dev.bag.shuffle.hold.Segments;
import dev.bag.spill.FrameReader;
import dev.bag.spill.FrameWriter;
import dev.bag.spill.SpillArea;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Merges the accumulators of each key, in the order of the input. */
public final class Combining extends Reducer {

    private final Operator operator;
    private final Fold<Object, @Nullable Object, ?> fold;
    private final Result result;

    /** Makes an output record of a key and its accumulator. */
    @FunctionalInterface
    public interface Result {

        /** The record for {@code key}. */
        Object of(Object key, @Nullable Object accumulator) throws Throwable;
    }

    /** Merges what {@link TableSink}s have left; it can be read once only, because merging changes accumulators. */
    public Combining(
            Operator operator, SpillArea area, Segments tables, Fold<Object, @Nullable Object, ?> fold, Result result) {
        super(area, List.of(tables), Reading.TAKE);
        this.operator = operator;
        this.fold = fold;
        this.result = result;
    }

    @Override
    ReduceTable newTable() {
        Sums sums = Sums.ofTarget(fold);
        if (sums != null) {
            return new SumsOfTarget(sums);
        }
        Doubles doubles = Doubles.ofTarget(fold);
        return doubles == null ? new Table() : new DoublesOfTarget(doubles);
    }

    @Override
    Object record(Object key, @Nullable Object reduced) {
        try {
            return result.of(key, reduced);
        } catch (Throwable e) {
            throw EntryTable.failure(operator, key, e);
        }
    }

    @Override
    void write(@Nullable Object reduced, FrameWriter out, List<ListOnDisk> onDisk) throws IOException {
        out.writeRecord(reduced);
        out.endEntry();
    }

    @Override
    @Nullable Object read(FrameReader in, List<ListOnDisk> onDisk) throws IOException {
        in.toNextEntry();
        return in.readRecord();
    }

    /** Few keys have the same hash, and each has one accumulator, which is held in memory as the user's own value is. */
    @Override
    EntryCursor oversized(Segments entries, int target, ReduceSpace work) throws Throwable {
        return TableCursor.of(newTable(), entries.open(target, Reading.TAKE), work.space(), 0);
    }

    private final class Table implements ReduceTable {

        private final KeyTable keys = new KeyTable();
        private final FirstTags ranks = new FirstTags();

        @Override
        public void add(EntryCursor entries) {
            EntryTable.merge(keys, entries.key(), entries.value(), fold, operator);
            ranks.added(entries, keys.count());
        }

        @Override
        public void complete() {
            keys.forgetIndex();
        }

        @Override
        public int count() {
            return keys.count();
        }

        @Override
        public Object key(int entry) {
            return keys.key(entry);
        }

        @Override
        public long rank(int entry) {
            return ranks.of(entry);
        }

        @Override
        public @Nullable Object take(int entry) {
            Object value = keys.value(entry);
            keys.clear(entry);
            return value;
        }
    }

    /** The tag with which each key came first. */
    private static final class FirstTags {

        private long[] tags = new long[8];
        private int count;

        /** An entry was added; there are {@code keys} now. */
        void added(EntryCursor entries, int keys) {
            if (keys > count) {
                tags = count == tags.length ? Arrays.copyOf(tags, count * 2) : tags;
                tags[count++] = entries.tag();
            }
        }

        long of(int entry) {
            return tags[entry];
        }
    }

    /** What {@link Table} is, of folds in doubles. */
    private static final class DoublesOfTarget implements ReduceTable {

        private final Doubles doubles;
        private final FirstTags ranks = new FirstTags();

        DoublesOfTarget(Doubles doubles) {
            this.doubles = doubles;
        }

        @Override
        public void add(EntryCursor entries) {
            doubles.add(entries);
            ranks.added(entries, doubles.count());
        }

        @Override
        public void complete() {
            doubles.complete();
        }

        @Override
        public int count() {
            return doubles.count();
        }

        @Override
        public Object key(int entry) {
            return doubles.key(entry);
        }

        @Override
        public long rank(int entry) {
            return ranks.of(entry);
        }

        @Override
        public Object take(int entry) {
            return doubles.accumulator(entry);
        }
    }

    /** What {@link Table} is, of sums: as numbers as long as they fit. */
    private static final class SumsOfTarget implements ReduceTable {

        private final Sums sums;
        /** What has come of them, once complete. */
        private @Nullable SumStore complete;

        SumsOfTarget(Sums sums) {
            this.sums = sums;
        }

        @Override
        public void add(EntryCursor entries) {
            sums.add(entries);
        }

        @Override
        public void complete() {
            complete = sums.complete();
        }

        private SumStore store() {
            return Objects.requireNonNull(complete);
        }

        @Override
        public int count() {
            return store().count();
        }

        @Override
        public Object key(int entry) {
            return store().keyOf(entry);
        }

        @Override
        public boolean isWanted(int entry, LongPredicate wanted) {
            return store().isWanted(entry, wanted);
        }

        @Override
        public long rank(int entry) {
            return store().rank(entry);
        }

        @Override
        public Object take(int entry) {
            return store().take(entry);
        }
    }
}
