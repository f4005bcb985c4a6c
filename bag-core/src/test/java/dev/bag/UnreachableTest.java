package dev.bag;

import static dev.bag.testing.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a shuffle gives can be collected as soon as it has been passed on, while what comes behind it is worked on. */
@Tag("P39")
@Tag("once")
class UnreachableTest {

    private static final int RECORDS = 12;

    @RegisterExtension
    final SpillFolder folder = new SpillFolder();

    /** A record whose end can be seen. */
    private record Payload(long number, byte[] bytes) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Payload that && number == that.number;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(number);
        }
    }

    /** Makes payloads in one partition. */
    enum Passing {
        GROUP_BY(bag -> bag.groupBy(Payload::number).mapEntries((key, group) -> group.get(0))),
        GROUP_BY_STREAMING(bag -> bag.groupByStreaming(Payload::number, (key, group) -> group.next())),
        REDUCE_VALUES(
                bag -> bag.keyBy(Payload::number).reduceValues((a, b) -> a).values()),
        DISTINCT(Bag::distinct),
        DISTINCT_BY(bag -> bag.distinctBy(Payload::number)),
        FREQUENCIES(bag -> bag.frequencies().keys()),
        JOIN(bag -> bag.keyBy(Payload::number)
                .join(bag.keyBy(Payload::number).mapValues(Payload::number))
                .mapEntries((key, pair) -> pair.first())),
        PARTITION_BY_KEY(bag -> bag.keyBy(Payload::number).partitionByKey(1).values()),
        SORTED(bag -> bag.sorted((a, b) -> Long.compare(a.number, b.number))),
        SORT_BY(bag -> bag.sortBy(Payload::number)),
        REPARTITION(bag -> bag.repartition(2));

        final Function<Bag<Payload>, Bag<Payload>> operator;

        Passing(Function<Bag<Payload>, Bag<Payload>> operator) {
            this.operator = operator;
        }
    }

    /** Sees that those before the last but one are gone, each time another one comes. */
    private static final class Watch {

        private final List<WeakReference<Payload>> seen = new ArrayList<>();

        void see(Payload payload) {
            if (seen.size() > 1) {
                List<WeakReference<Payload>> before = seen.subList(0, seen.size() - 1);
                await().until(() -> {
                    System.gc();
                    return before.stream().allMatch(each -> each.get() == null);
                });
            }
            seen.add(new WeakReference<>(payload));
        }
    }

    private void assertCollected(Passing passing, String... memories) {
        Bag<Payload> bag = Bag.range(0, RECORDS, 1).map(n -> new Payload(n, new byte[1_000]));
        for (String memory : memories) {
            Watch watch = new Watch();
            passing.operator.apply(bag).forEach(watch::see, folder.runner(1, memory));
            assertThat(watch.seen).hasSize(RECORDS);
            folder.assertClean();
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SORTED", "SORT_BY", "REPARTITION"})
    void recordsThatWerePassedOnCanBeCollected(Passing passing) {
        assertCollected(passing, "1GB", "10kB", "1kB");
    }

    /** In memory they stay until the last partition has been read, because more than one may read the same part of it. */
    @ParameterizedTest
    @EnumSource(names = {"SORTED", "SORT_BY", "REPARTITION"})
    void recordsOfRunsOnDiskThatWerePassedOnCanBeCollected(Passing passing) {
        assertCollected(passing, "1B");
    }
}
