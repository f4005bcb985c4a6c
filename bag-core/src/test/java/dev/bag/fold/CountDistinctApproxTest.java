package dev.bag.fold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.Bag;
import dev.bag.testing.Runners;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("once")
class CountDistinctApproxTest {

    private static final int EXACT = 2048;

    /** Standard errors: what is beyond four happens once in 16,000 times. */
    private static final double FOUR_ERRORS = 4 * 1.04 / 128;

    private record Point(long x, String y) {}

    @Test
    @Tag("P7")
    void nothingIsZeroAndOneIsOne() {
        assertThat(count(Stream.of())).isZero();
        assertThat(count(Stream.of("a"))).isEqualTo(1);
        assertThat(count(Collections.nCopies(100_000, "a").stream())).isEqualTo(1);
    }

    @Test
    void aFewAreCountedExactlyHoweverOftenTheyCome() {
        for (long different : new long[] {2, 10, 1000, EXACT - 1, EXACT}) {
            assertThat(count(LongStream.range(0, 10 * different).mapToObj(n -> n % different)))
                    .isEqualTo(different);
        }
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                kind("longs", n -> n),
                kind("ints", n -> (int) n),
                kind("large steps", n -> n << 40),
                kind("doubles", n -> n / 3.0),
                kind("strings", n -> "user-" + n),
                kind("long strings", n -> "x".repeat(99) + n),
                kind("bytes", n -> ("" + n).getBytes(UTF_8)),
                kind("records", n -> new Point(n / 1000, "y" + n % 1000)),
                kind("lists", n -> List.of(n / 1000, n % 1000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void manyAreCountedAboutRight(String name, LongFunction<?> value) {
        for (long different : new long[] {EXACT + 1, 5_000, 20_000, 100_000, 1_000_000}) {
            assertThat(relativeError(different, value)).isBetween(-FOUR_ERRORS, FOUR_ERRORS);
        }
    }

    @Test
    void errorsAreSmallOnAverageAndToNoSide() {
        for (int different : new int[] {3_000, 10_000, 40_000, 80_000, 200_000}) {
            double sum = 0;
            double squares = 0;
            int rounds = 60;
            for (int round = 0; round < rounds; round++) {
                long first = (long) round << 32;
                double error = relativeError(different, n -> first + n);
                sum += error;
                squares += error * error;
            }
            assertThat(Math.sqrt(squares / rounds))
                    .as("%d different", different)
                    .isLessThan(0.0081 * 1.3);
            assertThat(sum / rounds).as("%d different", different).isBetween(-0.0035, 0.0035);
        }
    }

    @Test
    @Tag("P3")
    @Tag("P4")
    void neitherPartsNorOrderNorRepetitionChangeTheCount() {
        Random random = new Random(1);
        for (int different : new int[] {100, EXACT, EXACT + 1, 30_000}) {
            List<Long> records =
                    new ArrayList<>(LongStream.range(0, different).boxed().toList());
            long expected = count(records.stream());
            for (int round = 0; round < 10; round++) {
                records.addAll(records.subList(0, random.nextInt(different)));
                Collections.shuffle(records, random);
                assertThat(merged(Folds.countDistinctApprox(n -> n), records, random))
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    @Tag("P3")
    void theCountIsTheSameOnAnyNumberOfThreads() {
        Bag<String> bag = Bag.range(0, 50_000, 13).map(n -> "n" + n);
        Runners.ALL.forEach(
                runner -> assertThat(bag.fold(Folds.countDistinctApprox(s -> s)).compute(runner))
                        .isEqualTo(49_897));
    }

    @Test
    void memoryIsBounded() {
        assertThat(EveryWay.bytesHeld(Folds.countDistinctApprox((Integer n) -> n)))
                .isLessThan(17_000);
        assertThat(EveryWay.bytesHeld(Folds.countDistinctApprox((Integer n) -> n % EXACT)))
                .isLessThan(33_000);
        assertThat(EveryWay.bytesHeld(Folds.countDistinctApprox((Integer n) -> n % 2)))
                .isLessThan(500);
    }

    @Test
    void whatCannotBeCountedIsRefusedByName() {
        assertThatThrownBy(() -> count(Stream.of(new StringBuilder("a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("countDistinctApprox: nothing is known of what a java.lang.StringBuilder holds."
                        + " Return a String, a number, an enum, a record or a list of these.");
        Fold<String, ?, Long> none = Folds.countDistinctApprox(s -> null);
        assertThatThrownBy(() -> EveryWay.inOnePart(none, List.of("a")))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("countDistinctApprox: the function returned null. "
                        + "Leave these records out with filtering, or return an Optional.");
        assertThatThrownBy(() -> Folds.countDistinctApprox(null)).hasMessage("f");
    }

    private static double relativeError(long different, LongFunction<?> value) {
        return count(LongStream.range(0, different).mapToObj(value)) / (double) different - 1;
    }

    private static long count(Stream<?> records) {
        return EveryWay.inOnePart(Folds.<Object>countDistinctApprox(record -> record), List.copyOf(records.toList()));
    }

    private static <A> long merged(Fold<Long, A, Long> fold, List<Long> records, Random random) {
        List<A> parts = new ArrayList<>();
        for (int at = 0; at < records.size(); ) {
            int end = Math.min(records.size(), at + 1 + random.nextInt(records.size()));
            A part = fold.zero();
            for (Long record : records.subList(at, end)) {
                part = fold.add(part, record);
            }
            parts.add(part);
            parts.add(fold.zero());
            at = end;
        }
        while (parts.size() > 1) {
            int left = random.nextInt(parts.size() - 1);
            parts.set(left, fold.merge(parts.get(left), parts.remove(left + 1)));
        }
        return fold.finish(parts.get(0));
    }

    private static Arguments kind(String name, LongFunction<?> value) {
        return Arguments.of(name, value);
    }
}
