package dev.bag.shuffle.sort;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.shuffle.hold.Segment;
import dev.bag.shuffle.hold.Weight;
import dev.bag.spill.RunSpace;
import dev.bag.spill.SpillArea;
import dev.bag.spill.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where partitions begin in sorted runs. */
class SortedRunsTest {

    private static final Comparator<Object> ORDER = Comparator.comparingLong(number -> (Long) number);

    @TempDir
    Path temp;

    private static Segment run(SpillArea area, List<Long> numbers) throws IOException {
        return SortedRun.sort(
                area, numbers.toArray(), numbers.size(), ORDER, Weight.ofObjects(24L * numbers.size(), 0));
    }

    private static List<Object> read(SortedRuns runs, int partition) throws IOException {
        List<Object> records = new ArrayList<>();
        try (SortedChunk chunk = runs.open(partition)) {
            for (Object record = chunk.next(); record != null; record = chunk.next()) {
                records.add(record);
            }
        }
        return records;
    }

    @Test
    void partitionsAreTheSortedRecordsCutEvenly() throws IOException {
        try (RunSpace space = new Workspace(1L << 30, temp, 1).open()) {
            Random random = new Random(5);
            for (int round = 0; round < 30; round++) {
                List<Segment> segments = new ArrayList<>();
                List<Object> all = new ArrayList<>();
                int different = 1 + random.nextInt(5_000);
                for (int i = 0; i < 1 + random.nextInt(6); i++) {
                    List<Long> numbers = random.longs(1 + random.nextInt(1_500), 0, different)
                            .boxed()
                            .toList();
                    segments.add(run(space.newArea(), numbers));
                    all.addAll(numbers);
                }
                all.sort(ORDER);
                int count = 1 + random.nextInt(round % 3 == 0 ? 10_000 : 20);
                SortedRuns runs = new SortedRuns(segments, ORDER, count);
                for (int pass = 0; pass < 2; pass++) {
                    for (int partition = 0; partition < count; partition++) {
                        int begin = (int) ((long) all.size() * partition / count);
                        int end = (int) ((long) all.size() * (partition + 1) / count);
                        assertThat(read(runs, partition)).isEqualTo(all.subList(begin, end));
                    }
                }
            }
        }
    }

    /** Neither the time nor the memory to find where partitions begin is that of all pairs of partitions and samples. */
    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void aMillionPartitionsOfManyRuns() throws IOException {
        int runCount = 100;
        int partitionCount = 1_000_000;
        long total = 1_000_000;
        try (RunSpace space = new Workspace(1L << 30, temp, 1).open()) {
            List<Segment> segments = new ArrayList<>();
            for (int i = 0; i < runCount; i++) {
                List<Long> numbers = new ArrayList<>();
                for (long number = i; number < total; number += runCount) {
                    numbers.add(number);
                }
                segments.add(run(space.newArea(), numbers));
            }
            SortedRuns runs = new SortedRuns(segments, ORDER, partitionCount);
            for (int partition = 0; partition < partitionCount; partition += 99_999) {
                assertThat(read(runs, partition)).containsExactly((long) partition);
            }
        }
    }
}
