package dev.bag.optimize;

import static dev.bag.optimize.Optimized.numbers;
import static dev.bag.optimize.Optimized.rewritten;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.plan.Filtered;
import dev.bag.plan.InOrder.Limited;
import dev.bag.plan.Named;
import dev.bag.plan.Plan;
import dev.bag.plan.Sorted;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

class DropNeedlessSortTest {

    private static final Comparator<Integer> RISING = Comparator.naturalOrder();
    private static final Comparator<Integer> BY_THREES = (x, y) -> Integer.compare(x % 3, y % 3);

    private final Plan<Integer> a = numbers(17, 4);

    private static Plan<Integer> sorted(Plan<Integer> plan, Comparator<Integer> comparator) {
        return Sorted.of(plan, comparator, "sorted");
    }

    @Test
    void dropsASortByTheSameComparator() {
        Plan<Integer> once = sorted(a, BY_THREES);
        assertThat(rewritten(sorted(sorted(once, BY_THREES), BY_THREES))).isSameAs(once);
        Plan<Integer> named = new Named<>(once, "by threes");
        assertThat(rewritten(new Named<>(sorted(named, BY_THREES), "again"))).isSameAs(named);
    }

    @Test
    void leavesTheInnerOfTwoDifferentSortsAlone() {
        Plan<Integer> stable = sorted(sorted(a, RISING), BY_THREES);
        assertThat(rewritten(stable)).isSameAs(stable);
        Plan<Integer> alike = sorted(sorted(a, RISING), (x, y) -> x.compareTo(y));
        assertThat(rewritten(alike)).isSameAs(alike);
    }

    @Test
    void leavesASortAlonePartsOfWhichWereLeftOut() {
        Plan<Integer> filtered = sorted(new Filtered<>(sorted(a, RISING), n -> n > 3, "filter"), RISING);
        assertThat(rewritten(filtered)).isSameAs(filtered);
        Plan<?> limited = rewritten(sorted(new Limited<>(sorted(a, RISING), 5), RISING));
        assertThat(limited).isInstanceOf(Sorted.class);
        assertThat(limited.inputs().get(0)).isInstanceOf(Limited.class);
    }
}
