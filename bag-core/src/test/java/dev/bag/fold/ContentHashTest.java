package dev.bag.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.testing.ChildJvm;
import dev.bag.value.Pair;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ContentHashTest {

    private enum Unit {
        SECONDS,
        WITH_A_BODY {
            @Override
            public String toString() {
                return "body";
            }
        }
    }

    private record Key(Unit unit, String text) {}

    private record OtherKey(Unit unit, String text) {}

    /** No two of them are equal. */
    private static List<Object> different() {
        return List.of(
                "",
                "a",
                "b",
                "ab",
                "abcd",
                "abcde",
                "abcd\0",
                "\0",
                (byte) 1,
                (short) 1,
                1,
                2,
                1L,
                -1L,
                1f,
                1.0,
                0.0,
                -0.0,
                Double.NaN,
                BigInteger.ONE,
                BigInteger.TWO.pow(100),
                new BigDecimal("1"),
                new BigDecimal("1.0"),
                '1',
                true,
                false,
                Unit.SECONDS,
                Unit.WITH_A_BODY,
                TimeUnit.SECONDS,
                new UUID(1, 2),
                new UUID(2, 1),
                LocalDate.of(2024, 1, 2),
                LocalDateTime.of(2024, 1, 2, 0, 0),
                Instant.EPOCH,
                Instant.EPOCH.plusNanos(1),
                Duration.ofSeconds(1),
                new byte[0],
                new byte[1],
                new byte[8],
                new int[0],
                new int[] {1},
                new long[] {1},
                new Object[] {1},
                List.of(),
                List.of(List.of()),
                List.of("a"),
                List.of("a", "b"),
                List.of("b", "a"),
                Arrays.asList("a", null),
                Set.of(),
                Set.of("a", "b"),
                Map.of(),
                Map.of("a", "b"),
                Map.of("b", "a"),
                Map.entry("a", "b"),
                Optional.empty(),
                Optional.of("a"),
                Pair.of("a", "b"),
                Pair.of("b", "a"),
                new Key(Unit.SECONDS, "a"),
                new Key(Unit.WITH_A_BODY, "a"),
                new Key(null, null),
                new OtherKey(Unit.SECONDS, "a"));
    }

    @Test
    void whatIsDifferentHasDifferentHashes() {
        List<Long> hashes = different().stream().map(ContentHash::of).toList();
        assertThat(hashes).doesNotHaveDuplicates();
        assertThat(hashes).doesNotContain(ContentHash.of(null), 0L);
    }

    @Test
    void whatIsEqualHasTheSame() {
        assertSame(new String("abc"), "abc");
        assertSame(new ArrayList<>(List.of(1, 2)), new LinkedList<>(List.of(1, 2)));
        assertSame(new LinkedHashSet<>(List.of("a", "b", "c")), new TreeSet<>(Set.of("c", "b", "a")));
        Map<String, Integer> reversed = new LinkedHashMap<>();
        reversed.put("b", 2);
        reversed.put("a", 1);
        assertSame(new HashMap<>(Map.of("a", 1, "b", 2)), reversed);
        assertSame(new byte[] {1, 2}, new byte[] {1, 2});
        assertSame(new Key(Unit.SECONDS, new String("a")), new Key(Unit.SECONDS, "a"));
        assertSame(Double.longBitsToDouble(0x7ff8_0000_0000_0001L), Double.NaN);
        assertSame(new SimpleEntry<>("a", "b"), Map.entry("a", "b"));
    }

    @Test
    void everyBitDependsOnTheContent() {
        for (int bit = 0; bit < Long.SIZE; bit++) {
            int set = 0;
            for (int i = 0; i < 10_000; i++) {
                set += (int) (ContentHash.of(List.of("n", i)) >>> bit & 1);
            }
            assertThat(set).as("bit %d", bit).isBetween(4_750, 5_250);
        }
    }

    @Test
    void amongManyNoTwoAreTheSame() {
        long[] hashes = IntStream.range(0, 1_000_000)
                .mapToLong(n -> ContentHash.of(n % 2 == 0 ? (Object) n : "" + n))
                .sorted()
                .toArray();
        assertThat(IntStream.range(1, hashes.length).filter(i -> hashes[i] == hashes[i - 1]))
                .isEmpty();
    }

    @Test
    void othersAreRefusedAlsoInside() {
        for (Object unknown : List.of(new Object(), new AtomicLong(1), new StringBuilder(), Thread.currentThread())) {
            for (Object value : List.of(unknown, List.of(unknown), new Object[] {unknown}, Pair.of("a", unknown))) {
                assertThatThrownBy(() -> ContentHash.of(value))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("countDistinctApprox: nothing is known of what a "
                                + unknown.getClass().getName()
                                + " holds. Return a String, a number, an enum, a record or a list of these.");
            }
        }
    }

    @Test
    @Tag("P3")
    void hashesAreTheSameInEveryJvm() throws IOException, InterruptedException {
        assertThat(ChildJvm.run(Child.class, List.of("-XX:+UnlockExperimentalVMOptions", "-XX:hashCode=0")))
                .isEqualTo(new ChildJvm.Result(0, Child.hashes()));
    }

    /** Prints the hashes of all. */
    static final class Child {

        private Child() {}

        public static void main(String[] args) {
            System.out.print(hashes());
        }

        static String hashes() {
            StringBuilder text = new StringBuilder();
            different().forEach(value -> text.append(ContentHash.of(value)).append('\n'));
            return text.toString();
        }
    }

    private static void assertSame(Object one, Object other) {
        assertThat(ContentHash.of(one)).isEqualTo(ContentHash.of(other));
        assertThat(ContentHash.of(Collections.singletonList(one)))
                .isEqualTo(ContentHash.of(Collections.singletonList(other)));
    }
}
