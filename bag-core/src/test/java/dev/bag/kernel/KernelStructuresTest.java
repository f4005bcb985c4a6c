package dev.bag.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.kernel.GatherFold.Rope;
import dev.bag.key.KeyTable;
import dev.bag.key.StableHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The growing structures that tasks fill: ropes of records and tables of keys. */
@Tag("P1")
@Tag("P2")
class KernelStructuresTest {

    private static Rope rope(int from, int to) {
        Rope rope = new Rope();
        for (int i = from; i < to; i++) {
            rope.add(i);
        }
        return rope;
    }

    private static Object[] numbers(int count) {
        return IntStream.range(0, count).boxed().toArray();
    }

    @Test
    void aRopeHoldsWhatWasAddedInOrder() {
        for (int count : new int[] {0, 1, 3, 4, 5, 127, 128, 8_191, 8_192, 8_193, 20_000}) {
            assertThat(rope(0, count).toArray()).isEqualTo(numbers(count));
            assertThat(rope(0, count).count()).isEqualTo(count);
        }
    }

    @Test
    void ropesOfAllSizesAreAppendedInOrder() {
        int[] sizes = {0, 1, 4, 5, 127, 128, 129, 8_192, 8_200};
        for (int first : sizes) {
            for (int second : sizes) {
                for (int third : sizes) {
                    Rope whole = rope(0, first)
                            .append(rope(first, first + second))
                            .append(rope(first + second, first + second + third));
                    assertThat(whole.count()).isEqualTo(first + second + third);
                    assertThat(whole.toArray()).isEqualTo(numbers(first + second + third));
                }
            }
        }
    }

    @Test
    void aRopeGrowsOnAfterItWasAppendedTo() {
        Random random = new Random(4);
        for (int round = 0; round < 200; round++) {
            Rope rope = new Rope();
            int count = 0;
            for (int step = 0; step < 10; step++) {
                int more = random.nextInt(300);
                if (random.nextBoolean()) {
                    rope = rope.append(rope(count, count + more));
                } else {
                    for (int i = count; i < count + more; i++) {
                        rope.add(i);
                    }
                }
                count += more;
            }
            assertThat(rope.toArray()).isEqualTo(numbers(count));
        }
    }

    @Test
    void anArrayOfARopeIsACopy() {
        Rope rope = rope(0, 3);
        rope.toArray()[0] = 9;
        assertThat(rope.toArray()).isEqualTo(numbers(3));
    }

    /** The JVM throws one and the same OutOfMemoryError several times. */
    @Test
    void aFailureOfTwoClosersIsThrownOnce() {
        OutOfMemoryError same = new OutOfMemoryError("same");
        Closing closing = new Closing();
        closing.add(() -> {
            throw same;
        });
        closing.add(() -> {
            throw same;
        });
        assertThatThrownBy(closing::closeAll).isSameAs(same).hasNoSuppressedExceptions();
    }

    /** Sums values by key, as a table and as a map of the JDK. */
    private static void assertSums(List<?> keys) {
        KeyTable table = new KeyTable();
        Map<Object, Integer> expected = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            int entry = table.find(keys.get(i));
            if (entry < 0) {
                entry = -1 - entry;
                assertThat(entry).isEqualTo(expected.size());
                assertThat(table.value(entry)).isNull();
                table.set(entry, 0);
            }
            table.set(entry, (Integer) table.value(entry) + i);
            expected.merge(keys.get(i), i, Integer::sum);
        }
        assertThat(table.count()).isEqualTo(expected.size());
        Map<Object, Object> held = new LinkedHashMap<>();
        for (int entry = 0; entry < table.count(); entry++) {
            held.put(table.key(entry), table.value(entry));
        }
        assertThat(new ArrayList<>(held.entrySet())).isEqualTo(new ArrayList<>(expected.entrySet()));
    }

    @Test
    void aTableKeepsItsKeysInTheOrderInWhichTheyWereFirstSeen() {
        Random random = new Random(2);
        for (int size = 0; size <= 40; size++) {
            assertSums(random.ints(size, 0, 1 + size / 2).boxed().toList());
            assertSums(random.ints(size, 0, 20).mapToObj(n -> "key " + n).toList());
            assertSums(random.longs(size).boxed().toList());
        }
        assertSums(random.ints(20_000, 0, 5_000).boxed().toList());
    }

    /** A key whose hash says nothing. */
    private record Colliding(int number) {

        @Override
        public int hashCode() {
            return 42;
        }
    }

    @Test
    void keysOfEqualHashesStayApart() {
        assertSums(new Random(3).ints(500, 0, 100).mapToObj(Colliding::new).toList());
        assertSums(IntStream.range(0, 500).map(n -> n << 16).boxed().toList());
        assertSums(List.of("Aa", "BB", "AaAa", "BBBB", "AaBB", "BBAa", "Aa"));
    }

    @Test
    void arraysAreTheSameKeyWhenTheirContentIs() {
        List<Object> arrays = List.of(
                new int[] {1, 2},
                new Object[] {"a", new int[] {3}},
                new byte[] {1},
                new boolean[] {true},
                new double[] {0.5},
                new String[] {"a", null});
        List<Object> equal = List.of(
                new int[] {1, 2},
                new Object[] {"a", new int[] {3}},
                new byte[] {1},
                new boolean[] {true},
                new double[] {0.5},
                new String[] {"a", null});
        KeyTable table = new KeyTable();
        for (int i = 0; i < arrays.size(); i++) {
            assertThat(table.find(arrays.get(i))).isEqualTo(-1 - i);
        }
        for (int i = 0; i < equal.size(); i++) {
            assertThat(table.find(equal.get(i))).isEqualTo(i);
            assertThat(StableHash.of(equal.get(i))).isEqualTo(StableHash.of(arrays.get(i)));
        }
        assertThat(table.find(new long[] {1, 2})).isNegative();
        assertThat(Arrays.asList(table.key(0), table.key(2))).containsExactly(arrays.get(0), arrays.get(2));
    }
}
