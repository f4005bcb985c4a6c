package dev.bag.shuffle.reduce;

import dev.bag.key.KeyTable;
import dev.bag.shuffle.gather.EntrySink;
import dev.bag.shuffle.hold.EntryCursor;
import dev.bag.shuffle.hold.ListOnDisk;
import dev.bag.shuffle.hold.Reading;
import dev.bag.shuffle.hold.Segments;
import dev.bag.spill.FrameReader;
import dev.bag.spill.FrameWriter;
import dev.bag.spill.SpillArea;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the values of each key, in the order of the input, for each of one or two bags. A group that does not fit into
 * memory is a list that reads from disk.
 */
public final class Grouping extends Reducer {

    private final int sideCount;
    private final Result result;

    /** Makes an output record of a key and its values. */
    @FunctionalInterface
    public interface Result {

        /** The record for {@code key}, whose values are given for each bag; the lists cannot be changed. */
        Object of(Object key, List<Object>[] groups) throws Throwable;
    }

    /** Groups what {@link EntrySink}s have left of one or two bags. */
    public Grouping(SpillArea area, List<Segments> sides, Reading reading, Result result) {
        super(area, sides, reading);
        this.sideCount = sides.size();
        this.result = result;
    }

    @Override
    ReduceTable newTable() {
        return new Table();
    }

    @Override
    Object record(Object key, @Nullable Object reduced) throws Throwable {
        return result.of(key, groups(reduced));
    }

    @SuppressWarnings("unchecked") // only arrays of lists are reduced here
    private static List<Object>[] groups(@Nullable Object reduced) {
        return (List<Object>[]) Objects.requireNonNull(reduced);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of generic types
    private List<Object>[] newGroups() {
        return new List[sideCount];
    }

    /** A list on disk stays there, and only its number is written. */
    @Override
    void write(@Nullable Object reduced, FrameWriter out, List<ListOnDisk> onDisk) throws IOException {
        for (List<Object> group : groups(reduced)) {
            if (group instanceof ListOnDisk list) {
                out.writeLong(onDisk.size() * 2L + 1);
                out.endEntry();
                onDisk.add(list);
            } else {
                out.writeLong(group.size() * 2L);
                out.endEntry();
                for (Object value : group) {
                    out.writeRecord(value);
                    out.endEntry();
                }
            }
        }
    }

    @Override
    Object read(FrameReader in, List<ListOnDisk> onDisk) throws IOException {
        List<Object>[] groups = newGroups();
        for (int side = 0; side < sideCount; side++) {
            in.toNextEntry();
            long written = in.readLong();
            if (written % 2 == 1) {
                groups[side] = onDisk.get((int) (written / 2));
            } else {
                @Nullable Object[] values = new @Nullable Object[(int) (written / 2)];
                for (int i = 0; i < values.length; i++) {
                    in.toNextEntry();
                    values[i] = in.readRecord();
                }
                groups[side] = list(values);
            }
        }
        return groups;
    }

    @SuppressWarnings("NullAway") // values are never null, only places of arrays that have been given up are
    private static List<Object> list(@Nullable Object[] values) {
        return Collections.unmodifiableList(Arrays.asList(values));
    }

    @Override
    EntryCursor oversized(Segments entries, int target, ReduceSpace work) throws Throwable {
        entries.spillForGood();
        KeyTable keys = new KeyTable();
        List<Occurrences> found = new ArrayList<>();
        SmallGroups small = new SmallGroups(work.space());
        boolean read = false;
        try {
            for (int segment = 0; segment < entries.list().size(); segment++) {
                try (EntryCursor each = entries.list().get(segment).open(target, Reading.KEEP)) {
                    while (each.next()) {
                        int entry = keys.find(each.key());
                        if (entry < 0) {
                            entry = -1 - entry;
                            found.add(new Occurrences(each.tag(), sideCount));
                        }
                        int side = (int) (each.tag() & 1);
                        found.get(entry).add(side, segment);
                        small.add(entry * sideCount + side, each.value());
                    }
                }
            }
            read = true;
        } finally {
            if (!read) {
                small.close();
            }
        }
        small.complete();
        return new GroupsOnDisk(entries, target, keys, found, small);
    }

    /** When a key was first seen, and for each side how many values it has, and in which segment the first of them is. */
    private static final class Occurrences {

        final long rank;
        final long[] counts;
        final int[] firstSegments;

        Occurrences(long rank, int sideCount) {
            this.rank = rank;
            this.counts = new long[sideCount];
            this.firstSegments = new int[sideCount];
        }

        void add(int side, int segment) {
            if (counts[side]++ == 0) {
                firstSegments[side] = segment;
            }
        }
    }

    private final class GroupsOnDisk extends EntryCursor {

        private final Segments entries;
        private final int target;
        private final KeyTable keys;
        private final List<Occurrences> found;
        private final SmallGroups small;
        private int at;

        GroupsOnDisk(Segments entries, int target, KeyTable keys, List<Occurrences> found, SmallGroups small) {
            this.entries = entries;
            this.target = target;
            this.keys = keys;
            this.found = found;
            this.small = small;
        }

        @Override
        public boolean next() {
            if (at == keys.count()) {
                return false;
            }
            Object of = keys.key(at);
            List<Object>[] groups = newGroups();
            for (int side = 0; side < sideCount; side++) {
                groups[side] = group(side, of);
            }
            set(of, groups, found.get(at).rank);
            at++;
            return true;
        }

        private List<Object> group(int side, Object of) {
            long count = found.get(at).counts[side];
            if (count == 0) {
                return List.of();
            }
            List<Object> inMemory = small.take(at * sideCount + side);
            if (inMemory != null) {
                return Collections.unmodifiableList(inMemory);
            }
            Segments from = entries.from(found.get(at).firstSegments[side]);
            return new ListOnDisk(from, target, keys.count() == 1 ? null : of, side, count);
        }

        @Override
        public void close() {
            small.close();
        }
    }

    /** Values in the order in which they came, sorted by key once all are there. */
    private final class Table implements ReduceTable {

        private final KeyTable keys = new KeyTable();
        private long[] ranks = new long[8];
        private @Nullable Object[] values = new @Nullable Object[8];
        /** For each value the number of its group: that of its key times the number of sides, plus its side. */
        private int[] groupOf = new int[8];

        private int count;
        private int[] starts = {};

        @Override
        public void add(EntryCursor entries) {
            long tag = entries.tag();
            int entry = keys.find(entries.key());
            if (entry < 0) {
                entry = -1 - entry;
                if (entry == ranks.length) {
                    ranks = Arrays.copyOf(ranks, entry * 2);
                }
                ranks[entry] = tag;
            }
            if (count == values.length) {
                values = Arrays.copyOf(values, count * 2);
                groupOf = Arrays.copyOf(groupOf, count * 2);
            }
            values[count] = entries.value();
            groupOf[count] = entry * sideCount + (int) (tag & 1);
            count++;
        }

        @Override
        public void complete() {
            keys.forgetIndex();
            int groups = keys.count() * sideCount;
            starts = new int[groups + 1];
            for (int i = 0; i < count; i++) {
                starts[groupOf[i] + 1]++;
            }
            for (int group = 0; group < groups; group++) {
                starts[group + 1] += starts[group];
            }
            @Nullable Object[] sorted = new @Nullable Object[count];
            int[] next = Arrays.copyOf(starts, groups);
            for (int i = 0; i < count; i++) {
                sorted[next[groupOf[i]]++] = values[i];
            }
            values = sorted;
            groupOf = new int[0];
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
            return ranks[entry];
        }

        @Override
        public Object take(int entry) {
            List<Object>[] groups = newGroups();
            for (int side = 0; side < sideCount; side++) {
                int from = starts[entry * sideCount + side];
                int to = starts[entry * sideCount + side + 1];
                groups[side] = from == to ? List.of() : list(Arrays.copyOfRange(values, from, to));
                Arrays.fill(values, from, to, null);
            }
            keys.clear(entry);
            return groups;
        }
    }
}
