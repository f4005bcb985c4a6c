package dev.bag.shuffle.sort;

import dev.bag.kernel.EvenCut;
import dev.bag.shuffle.hold.EntryCursor;
import dev.bag.shuffle.hold.Reading;
import dev.bag.shuffle.hold.Segment;
import dev.bag.shuffle.hold.Weight;
import dev.bag.spill.RunSpace;
import dev.bag.spill.SpillArea;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sorted runs as the partitions of a sorted bag, whose sizes differ by at most one. A partition is merged when it is read,
 * at the same time as others.
 *
 * <p>Where a partition begins is found without reading the runs: the records at the marks of all runs are in memory. The
 * last of them of which it is certain that no more records come before it than before the partition is where its merge
 * starts; each run is entered at the mark before it. How many records really come before it shows there, and the rest is
 * skipped. Every partition counts off its records, so a comparator that contradicts itself could make one end elsewhere
 * than the next one begins; both say where, and the second one compares.
 */
public final class SortedRuns {

    private static final long BUFFER = 1L << 17;
    private static final int FEWEST_MERGED = 8;
    private static final int MOST_MERGED = 512;

    private final List<SortedRun> runs;
    private final Comparator<Object> order;
    private final int partitionCount;
    private final EvenCut cut;
    private final Start[] starts;
    /** Where in each run the partitions begin, while one of two neighbours has said so; guarded by itself. */
    private final long[] @Nullable [] borders;

    /** The record at mark {@code mark} of run {@code run}. */
    private record Sample(Object record, int run, int mark) {}

    /** Where the merge of a partition starts: at a sample, or where there is none at the beginning. */
    private record Start(@Nullable Sample at, int[] marks) {}

    /** The partitions of {@code runs}, which are in the order of the input. */
    public SortedRuns(List<Segment> runs, Comparator<Object> order, int partitionCount) {
        this.runs = runs.stream().map(SortedRun::of).toList();
        this.order = order;
        this.partitionCount = partitionCount;
        this.cut = new EvenCut(runs.stream().mapToLong(Segment::count).sum(), partitionCount);
        this.borders = new long[partitionCount + 1][];
        this.starts = findStarts();
    }

    /** How many of {@code runs} are merged at once, within the memory of {@code space}: of each a record is there, and the next. */
    public static int mostMerged(List<Segment> runs, RunSpace space) {
        long largest = 0;
        for (Segment run : runs) {
            largest = Math.max(largest, run.fullBytes() / Math.max(1, run.count()));
        }
        int fewest = 2 * largest > BUFFER ? 2 : FEWEST_MERGED;
        return (int) Math.max(fewest, Math.min(MOST_MERGED, space.taskShare() / Math.max(BUFFER, 2 * largest)));
    }

    /** Merges neighbouring runs to one: in memory if they are there and small, otherwise onto disk. */
    public static Segment merge(List<Segment> group, Comparator<Object> order, SpillArea area) throws IOException {
        long bytes = group.stream().mapToLong(Segment::fullBytes).sum();
        boolean inMemory = bytes <= area.space().taskShare() && group.stream().allMatch(Segment::isInMemory);
        Segment merged = inMemory ? mergeInMemory(group, order, area, bytes) : mergeOnDisk(group, order, area, bytes);
        group.forEach(Segment::drop);
        return merged;
    }

    private static Segment mergeInMemory(List<Segment> group, Comparator<Object> order, SpillArea area, long bytes)
            throws IOException {
        @Nullable Object[] records =
                new @Nullable Object[group.stream().mapToInt(Segment::count).sum()];
        int count = 0;
        for (Segment run : group) {
            try (EntryCursor entries = run.open(0, Reading.KEEP)) {
                while (entries.next()) {
                    records[count++] = entries.value();
                }
            }
        }
        return SortedRun.sort(area, records, count, order, Weight.ofObjects(bytes, 0));
    }

    private static Segment mergeOnDisk(List<Segment> group, Comparator<Object> order, SpillArea area, long bytes)
            throws IOException {
        RunCursor[] cursors = new RunCursor[group.size()];
        for (int run = 0; run < cursors.length; run++) {
            cursors[run] = new RunCursor(group.get(run), 0, order);
        }
        try (RunMerge merge = new RunMerge(cursors, order);
                RunWriter writer = new RunWriter(area)) {
            for (Object record = merge.next(); record != null; record = merge.next()) {
                writer.write(record);
            }
            return writer.seal(bytes);
        }
    }

    private Start[] findStarts() {
        List<Sample> samples = new ArrayList<>();
        for (int run = 0; run < runs.size(); run++) {
            Object[] records = runs.get(run).samples();
            for (int i = 0; i < records.length; i++) {
                samples.add(new Sample(records[i], run, i + 1));
            }
        }
        samples.sort(this::compare);
        int[] chosen = chooseSamples(samples);
        Start[] found = new Start[partitionCount];
        int[] marks = new int[runs.size()];
        int next = 0;
        for (int partition = 0; partition < partitionCount; partition++) {
            for (; next <= chosen[partition]; next++) {
                marks[samples.get(next).run()]++;
            }
            found[partition] = partition > 0 && chosen[partition] == chosen[partition - 1]
                    ? found[partition - 1] // of which there may be many more than samples
                    : new Start(chosen[partition] < 0 ? null : samples.get(chosen[partition]), marks.clone());
        }
        return found;
    }

    /** For each partition the last sample that certainly does not come behind its beginning, or -1. */
    private int[] chooseSamples(List<Sample> samples) {
        int[] chosen = new int[partitionCount];
        chosen[0] = -1;
        int partition = 1;
        int[] passed = new int[runs.size()];
        long mostBefore = 0;
        for (int run = 0; run < passed.length; run++) {
            mostBefore += upTo(run, 1);
        }
        for (int i = 0; i < samples.size(); i++) {
            int run = samples.get(i).run();
            mostBefore -= upTo(run, ++passed[run]);
            long most = mostBefore + (long) passed[run] * Segment.MARK_EVERY;
            mostBefore += upTo(run, passed[run] + 1);
            // most never falls, so what a sample may come behind, all before it may
            while (partition < partitionCount && cut.begin(partition) < most) {
                chosen[partition++] = i - 1;
            }
        }
        Arrays.fill(chosen, partition, partitionCount, samples.size() - 1);
        return chosen;
    }

    /** How many records of a run come before so many marks. */
    private long upTo(int run, int marks) {
        return Math.min(runs.get(run).count(), (long) marks * Segment.MARK_EVERY);
    }

    private int compare(Sample left, Sample right) {
        int compared = order.compare(left.record(), right.record());
        if (compared == 0) {
            compared = Integer.compare(left.run(), right.run());
        }
        return compared == 0 ? Integer.compare(left.mark(), right.mark()) : compared;
    }

    /** The records of a partition. */
    public SortedChunk open(int partition) throws IOException {
        Start start = starts[partition];
        RunCursor[] cursors = new RunCursor[runs.size()];
        long before = 0;
        for (int run = 0; run < cursors.length; run++) {
            RunCursor cursor = new RunCursor(runs.get(run), start.marks()[run], order);
            while (start.at() != null && !cursor.isAtEnd() && isBefore(cursor, run, start.at())) {
                cursor.advance();
            }
            before += cursor.position();
            cursors[run] = cursor;
        }
        if (before > cut.begin(partition)) {
            throw Comparing.contradiction();
        }
        RunMerge merge = new RunMerge(cursors, order);
        for (long skip = cut.begin(partition) - before; skip > 0; skip--) {
            merge.next();
        }
        check(partition, merge.positions());
        return new SortedChunk(this, merge, partition + 1, cut.end(partition) - cut.begin(partition));
    }

    private boolean isBefore(RunCursor cursor, int run, Sample sample) {
        if (run == sample.run()) {
            return cursor.position() < (long) sample.mark() * Segment.MARK_EVERY;
        }
        int compared = order.compare(cursor.head(), sample.record());
        return compared < 0 || (compared == 0 && run < sample.run());
    }

    /** Says where in each run partition {@code partition} begins; the end of the one before must be there, too. */
    void check(int partition, long[] positions) {
        synchronized (borders) {
            long[] known = borders[partition];
            if (known == null) {
                borders[partition] = positions;
            } else if (Arrays.equals(known, positions)) {
                borders[partition] = null; // both have said so
            } else {
                throw Comparing.contradiction();
            }
        }
    }
}
