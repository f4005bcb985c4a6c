package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.fold.Folds;
import dev.bag.oracle.PlanInterpreter;
import dev.bag.value.Pair;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Exact sums of all kinds of keys, which leave the range of a long on the way: always those of big integers. */
@Tag("P1")
@Tag("P2")
class SumsByKeyTest {

    private static final int ROUNDS = 60;
    private static final int[] BUDGETS = {1, 700, 2_000, 6_000, 20_000, 1_000_000};
    private static final long LARGE = Long.MAX_VALUE - 5;

    /** Texts that lie in a table of numbers, those that are just too long or of other characters, and other objects. */
    private static final List<Object> KEYS = List.of(
            "",
            "a",
            "a\0",
            "\0",
            "b\0\0\0\0\0\0\0",
            "b",
            "12345678",
            "123456789",
            "exactly fifteen",
            "exactly sixteen.",
            "éÿ",
            "é漢",
            "漢",
            1,
            1L,
            List.of("a", 1),
            new Pair<>("a", "b"));

    @RegisterExtension
    final SpillFolder folder = new SpillFolder();

    /** Each key occurs once, and the keys fall. */
    @Test
    void keysOfJoinedPartitionsComeInTheOrderInWhichTheyWereFirstSeen() {
        try (Runner runner = Runner.local().threads(2).build()) {
            for (int parts = 1; parts <= 40; parts++) {
                int count = parts;
                Bag<Long> keys = Bag.range(0, 2L * count, count).map(number -> 2L * count - number);
                for (int joined = 1; joined <= parts; joined += 3) {
                    Bag<Long> counted =
                            keys.repartition(joined).countBy(key -> key).keys();
                    for (Delayed<List<Long>> partition : counted.partitions()) {
                        assertThat(partition.compute(runner)).isSortedAccordingTo(Collections.reverseOrder());
                    }
                    assertThat(counted.compute(runner)).hasSize(2 * count);
                }
            }
        }
    }

    @Test
    void sumsMayLeaveTheRangeOnTheWay() {
        for (int round = 0; round < ROUNDS; round++) {
            List<Pair<Object, Long>> records = records(new Random(round));
            Map<Object, BigInteger> expected = sums(records);
            int budget = BUDGETS[round % BUDGETS.length];
            try (Runner runner = folder.runner(1 + round % 3, budget + "B")) {
                for (int partitions : new int[] {1, 2, 7}) {
                    Bag<Pair<Object, Long>> bag = Bag.from(records, partitions);
                    assertSums(runner, bag.foldBy(Pair::first, Folds.summingLong(Pair::second)), expected);
                    KeyedBag<Object, Long> numbers = bag.keyBy(Pair::first).mapValues(Pair::second);
                    assertSums(runner, numbers.foldValues(Folds.summingLong(n -> n)), expected);
                }
            }
        }
    }

    private static void assertSums(Runner runner, KeyedBag<Object, Long> sums, Map<Object, BigInteger> expected) {
        List<Pair<Object, Long>> entries = sums.entries().compute(runner);
        assertThat((Object) entries)
                .as("with its order")
                .isEqualTo(new PlanInterpreter().records(sums.entries().plan()));
        Map<Object, BigInteger> exact = new HashMap<>();
        entries.forEach(entry -> exact.put(entry.first(), BigInteger.valueOf(entry.second())));
        assertThat(exact).isEqualTo(expected);
    }

    private static List<Pair<Object, Long>> records(Random random) {
        List<Pair<Object, Long>> records = new ArrayList<>();
        for (Object key : KEYS) {
            for (int i = random.nextInt(9); i > 0; i--) {
                long number = LARGE - random.nextInt(100);
                records.add(new Pair<>(key, number));
                records.add(new Pair<>(key, -number));
                records.add(new Pair<>(key, (long) random.nextInt(1_000)));
            }
        }
        Collections.shuffle(records, random);
        return records;
    }

    private static Map<Object, BigInteger> sums(List<Pair<Object, Long>> records) {
        Map<Object, BigInteger> sums = new HashMap<>();
        records.forEach(record -> sums.merge(record.first(), BigInteger.valueOf(record.second()), BigInteger::add));
        return sums;
    }

    @Test
    @Tag("P4")
    void aSumThatEndsBeyondTheRangeFails() {
        for (int budget : BUDGETS) {
            for (int partitions : new int[] {1, 3}) {
                Bag<Integer> bag = Bag.range(0, 300, partitions).map(Long::intValue);
                KeyedBag<String, Long> sums =
                        bag.foldBy(n -> "key " + n % 100, Folds.summingLong(n -> n % 100 == 42 ? Long.MAX_VALUE : n));
                try (Runner runner = folder.runner(2, budget + "B")) {
                    assertThatThrownBy(() -> sums.entries().compute(runner))
                            .isInstanceOf(BagException.class)
                            .hasMessageContaining("record: (key 42, …)")
                            .hasRootCauseInstanceOf(ArithmeticException.class)
                            .hasRootCauseMessage(
                                    "The sum of longs is 27,670,116,110,564,327,421, beyond the range of a long"
                                            + " (-9,223,372,036,854,775,808 to 9,223,372,036,854,775,807)."
                                            + " Sum doubles for the nearest double, or fold BigIntegers for the exact sum.");
                }
            }
        }
    }
}
