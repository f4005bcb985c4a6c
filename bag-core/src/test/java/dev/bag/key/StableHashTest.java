package dev.bag.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hashes of keys that are the same in every JVM. */
@Tag("P3")
class StableHashTest {

    private enum Color {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "not its name";
            }
        }
    }

    private record Plain(int number, String text, Color color, List<Integer> numbers, Object nothing) {}

    private record WithOwnHash(Color color) {

        @Override
        public int hashCode() {
            return 7;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof WithOwnHash;
        }
    }

    private static final class Identity {}

    private static class WithHash {

        @Override
        public int hashCode() {
            return 11;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof WithHash;
        }
    }

    @Test
    void hashesAreThoseOfTheContent() {
        assertThat(StableHash.of("text")).isEqualTo("text".hashCode());
        assertThat(StableHash.of(17)).isEqualTo(17);
        assertThat(StableHash.of(1L << 40)).isEqualTo(Long.hashCode(1L << 40));
        assertThat(StableHash.of(2.5)).isEqualTo(Double.hashCode(2.5));
        assertThat(StableHash.of(new BigDecimal("1.5"))).isEqualTo(new BigDecimal("1.5").hashCode());
        assertThat(StableHash.of(new UUID(1, 2))).isEqualTo(new UUID(1, 2).hashCode());
        assertThat(StableHash.of(new WithHash())).isEqualTo(11);
        assertThat(StableHash.of(new WithOwnHash(Color.RED))).isEqualTo(7);
    }

    @Test
    void enumsAreHashedByName() {
        assertThat(StableHash.of(Color.RED)).isEqualTo("RED".hashCode());
        assertThat(StableHash.of(Color.GREEN)).isEqualTo("GREEN".hashCode());
        assertThat(StableHash.of(TimeUnit.DAYS)).isEqualTo("DAYS".hashCode());
    }

    @Test
    void recordsAreHashedByTheirComponents() {
        int expected = 0;
        for (int component :
                new int[] {1, "a".hashCode(), "RED".hashCode(), List.of(5).hashCode(), 0}) {
            expected = 31 * expected + component;
        }
        assertThat(StableHash.of(new Plain(1, "a", Color.RED, List.of(5), null)))
                .isEqualTo(expected);
    }

    @Test
    void collectionsAreHashedByTheirElements() {
        List<Color> colors = List.of(Color.RED, Color.GREEN);
        int list = 31 * (31 + "RED".hashCode()) + "GREEN".hashCode();
        assertThat(StableHash.of(colors)).isEqualTo(list);
        assertThat(StableHash.of(new ArrayList<>(colors))).isEqualTo(list);
        assertThat(StableHash.of(new LinkedList<>(colors))).isEqualTo(list);
        assertThat(StableHash.of(colors.toArray())).isEqualTo(list);
        int set = "RED".hashCode() + "GREEN".hashCode();
        assertThat(StableHash.of(Set.of(Color.RED, Color.GREEN))).isEqualTo(set);
        assertThat(StableHash.of(new LinkedHashSet<>(List.of(Color.GREEN, Color.RED))))
                .isEqualTo(set);
        int map = "a".hashCode() ^ "RED".hashCode();
        assertThat(StableHash.of(Map.of("a", Color.RED))).isEqualTo(map);
        assertThat(StableHash.of(new TreeMap<>(Map.of("a", Color.RED)))).isEqualTo(map);
        assertThat(StableHash.of(new HashMap<>(Map.of("a", Color.RED)))).isEqualTo(map);
        assertThat(StableHash.of(Optional.of(Color.RED))).isEqualTo("RED".hashCode());
        assertThat(StableHash.of(Optional.empty())).isZero();
        assertThat(StableHash.of(Arrays.asList("a", null)))
                .isEqualTo(Arrays.asList("a", null).hashCode());
    }

    @Test
    void arraysAreHashedByTheirContent() {
        assertThat(StableHash.of(new int[] {1, 2})).isEqualTo(Arrays.hashCode(new int[] {1, 2}));
        assertThat(StableHash.of(new byte[] {1, 2})).isEqualTo(Arrays.hashCode(new byte[] {1, 2}));
        assertThat(StableHash.of(new String[] {"a", null})).isEqualTo(Arrays.hashCode(new String[] {"a", null}));
        assertThat(StableHash.of(new int[][] {{1}, {2}})).isEqualTo(Arrays.deepHashCode(new int[][] {{1}, {2}}));
    }

    @Test
    void aHashOfIdentityIsRefusedWhereverItIs() {
        List<Object> keys = List.of(
                new Identity(),
                new Object(),
                new Object[] {new Identity()},
                List.of(new Identity()),
                Optional.of(new Identity()),
                Map.of("a", new Identity()),
                new Plain(1, "a", Color.RED, List.of(), new Identity()),
                new StringBuilder("text"),
                (Runnable) () -> {});
        for (Object key : keys) {
            for (int targets : new int[] {1, 8}) {
                assertThatThrownBy(() -> StableHash.target(key, targets))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageMatching(
                                "a key of class \\S+ has only the hash of its identity, which differs from run"
                                        + " to run: use a record or a String as the key, or give the class equals and hashCode");
            }
        }
    }

    @Test
    void targetsAreSpreadEvenly() {
        for (int targets : new int[] {1, 2, 3, 16, 64}) {
            int[] numbers = new int[targets];
            int[] texts = new int[targets];
            int[] multiples = new int[targets];
            for (int i = 0; i < 10_000; i++) {
                numbers[StableHash.target(i, targets)]++;
                texts[StableHash.target("key-" + i, targets)]++;
                multiples[StableHash.target(i * 1_024, targets)]++;
            }
            for (int[] counts : List.of(numbers, texts, multiples)) {
                int even = 10_000 / targets;
                assertThat(IntStream.of(counts)).allMatch(count -> Math.abs(count - even) <= even / 3);
            }
        }
    }
}
