package dev.bag.optimize;

import static dev.bag.optimize.Optimized.numbers;
import static dev.bag.optimize.Optimized.rewritten;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.function.CheckedFunction;
import dev.bag.plan.Named;
import dev.bag.plan.Plan;
import dev.bag.plan.Shuffled.Distinct;
import org.junit.jupiter.api.Test;

class DropNeedlessDistinctTest {

    private static final CheckedFunction<Integer, Integer> BY_FIVES = n -> n % 5;

    private final Plan<Integer> a = numbers(17, 4);

    private static Plan<Integer> distinct(Plan<Integer> plan, CheckedFunction<Integer, Integer> key, int count) {
        return new Distinct<>(plan, key, count, "distinctBy");
    }

    @Test
    void dropsADistinctByTheSameFunction() {
        Plan<Integer> once = distinct(a, BY_FIVES, 3);
        assertThat(rewritten(distinct(distinct(once, BY_FIVES, 3), BY_FIVES, 3)))
                .isSameAs(once);
        Plan<Integer> named = new Named<>(once, "fives");
        assertThat(rewritten(new Named<>(distinct(named, BY_FIVES, 3), "again")))
                .isSameAs(named);
    }

    @Test
    void leavesADistinctByAnotherFunctionOrIntoOtherPartitionsAlone() {
        Plan<Integer> other = distinct(distinct(a, BY_FIVES, 3), n -> n % 5, 3);
        assertThat(rewritten(other)).isSameAs(other);
        Plan<Integer> moved = distinct(distinct(a, BY_FIVES, 3), BY_FIVES, 4);
        assertThat(rewritten(moved)).isSameAs(moved);
    }
}
