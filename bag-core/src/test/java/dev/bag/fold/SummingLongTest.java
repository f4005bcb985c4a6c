package dev.bag.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SummingLongTest {

    private static final Fold<Long, ?, Long> SUM = Folds.summingLong(x -> x);

    @Test
    @Tag("P4")
    void theSumIsThatOfBigIntegersAndFailsWhereNoLongCanHoldIt() {
        List<Long> values = List.of(Long.MIN_VALUE, Long.MIN_VALUE + 1, -1L, 0L, 1L, Long.MAX_VALUE);
        EveryWay.lists(values, 4).forEach(SummingLongTest::assertSumIsExact);
    }

    private static void assertSumIsExact(List<Long> list) {
        BigInteger exact = list.stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
        if (exact.bitLength() < Long.SIZE) {
            assertThat(EveryWay.results(SUM, list)).containsOnly(exact.longValue());
        } else {
            String text = String.format(Locale.ROOT, "The sum of longs is %,d, ", exact);
            EveryWay.splits(list, 2)
                    .forEach(parts -> assertThatThrownBy(
                                    () -> EveryWay.resultsOfParts(SUM, parts).forEach(sum -> {}))
                            .isInstanceOf(ArithmeticException.class)
                            .hasMessageStartingWith(text));
        }
    }

    @Test
    void aSumBeyondTheRangeSaysWhatItIsAndWhatToDo() {
        assertThatThrownBy(() -> EveryWay.inOnePart(SUM, List.of(Long.MAX_VALUE, 1L)))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("The sum of longs is 9,223,372,036,854,775,808, beyond the range of a long"
                        + " (-9,223,372,036,854,775,808 to 9,223,372,036,854,775,807)."
                        + " Sum doubles for the nearest double, or fold BigIntegers for the exact sum.");
    }

    @Test
    void aSumMayLeaveTheRangeOnTheWayManyTimes() {
        List<Long> up = Collections.nCopies(1_000, Long.MAX_VALUE);
        List<Long> down = Collections.nCopies(1_000, Long.MIN_VALUE);
        assertThat(EveryWay.resultsOfParts(SUM, List.of(up, down, List.of(42L))))
                .containsOnly(-958L);
        assertThat(EveryWay.resultsOfParts(SUM, List.of(down, up, List.of(42L))))
                .containsOnly(-958L);
    }
}
