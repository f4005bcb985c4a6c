package dev.bag.optimize;

import static dev.bag.optimize.Optimized.numbers;
import static dev.bag.optimize.Optimized.rewritten;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.plan.Filtered;
import dev.bag.plan.InOrder.Skipped;
import dev.bag.plan.Named;
import dev.bag.plan.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;

class MergeSkipsTest {

    private final Plan<Integer> a = numbers(7, 3);

    @Test
    void mergesSkipsIntoOneOfAll() {
        for (long outer = 0; outer <= 8; outer++) {
            for (long inner = 0; inner <= 8; inner++) {
                assertThat(rewritten(new Skipped<>(new Skipped<>(a, inner), outer)))
                        .isEqualTo(new Skipped<>(a, inner + outer));
            }
        }
    }

    @Test
    void skipsOfMoreThanALongCountsSkipEverything() {
        Plan<Integer> two = new Skipped<>(new Skipped<>(a, Long.MAX_VALUE), Long.MAX_VALUE);
        assertThat(rewritten(new Skipped<>(two, 2))).isEqualTo(new Skipped<>(a, Long.MAX_VALUE));
    }

    @Test
    void leavesASkipThatHasOtherUsesAlone() {
        Plan<Integer> inner = new Skipped<>(a, 2);
        Plan<Integer> outer = new Skipped<>(inner, 3);
        assertThat(rewritten(List.of(outer, inner))).containsExactly(outer, inner);
    }

    @Test
    void leavesSkipsWithSomethingInBetweenAlone() {
        Plan<Integer> named = new Skipped<>(new Named<>(new Skipped<>(a, 2), "two"), 3);
        assertThat(rewritten(named)).isSameAs(named);
        Plan<Integer> filtered = new Skipped<>(new Filtered<>(new Skipped<>(a, 1), n -> n % 2 == 0, "filter"), 1);
        assertThat(rewritten(filtered)).isSameAs(filtered);
    }
}
