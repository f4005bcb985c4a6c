package dev.bag.optimize;

import static dev.bag.optimize.Optimized.numbers;
import static dev.bag.optimize.Optimized.rewritten;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.plan.Filtered;
import dev.bag.plan.InOrder.Limited;
import dev.bag.plan.InOrder.Skipped;
import dev.bag.plan.Mapped;
import dev.bag.plan.Named;
import dev.bag.plan.Plan;
import dev.bag.plan.Sorted;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class SortOnlyWhatIsTakenTest {

    private static final Comparator<Integer> FALLING_BY_THREES = (x, y) -> Integer.compare(y % 3, x % 3);

    private final Plan<Integer> a = numbers(17, 4);

    private static Sorted<Integer, Integer> sorted(Plan<Integer> plan) {
        return Sorted.of(plan, FALLING_BY_THREES, "sorted");
    }

    @Test
    void aSortOfWhichSomeAreTakenKeepsThose() {
        for (long count = 0; count <= 18; count++) {
            assertThat(rewritten(new Limited<>(sorted(a), count)))
                    .isEqualTo(new Limited<>(sorted(a).withMost(count), count));
        }
    }

    @Test
    void theSmallestLimitCounts() {
        assertThat(rewritten(new Limited<>(new Limited<>(sorted(a), 3), 5)))
                .isEqualTo(new Limited<>(sorted(a).withMost(3), 3));
    }

    @Test
    void aPageOfASortKeepsThatPageAndThoseBefore() {
        assertThat(rewritten(new Limited<>(new Skipped<>(sorted(a), 4), 3)))
                .isEqualTo(new Skipped<>(new Limited<>(sorted(a).withMost(7), 7), 4));
    }

    @Test
    void aMapInBetweenDoesNoHarm() {
        Plan<Integer> mapped = new Mapped<>(sorted(a), n -> n + 1, "map");
        assertThat(rewritten(new Limited<>(mapped, 3)).inputs().get(0))
                .isEqualTo(new Limited<>(sorted(a).withMost(3), 3));
    }

    @Test
    void namesStayWhereTheyAre() {
        assertThat(rewritten(new Named<>(new Limited<>(new Named<>(sorted(a), "by threes"), 3), "podium")))
                .isEqualTo(new Named<>(new Limited<>(new Named<>(sorted(a).withMost(3), "by threes"), 3), "podium"));
    }

    @Test
    void leavesASortThatHasOtherUsesAlone() {
        Plan<Integer> sorted = sorted(a);
        Plan<Integer> limited = new Limited<>(sorted, 3);
        assertThat(rewritten(List.of(limited, sorted))).containsExactly(limited, sorted);
        Plan<Integer> named = new Limited<>(new Named<>(sorted, "by threes"), 3);
        assertThat(rewritten(List.of(named, sorted))).containsExactly(named, sorted);
        Plan<Integer> other = new Limited<>(sorted, 5);
        assertThat(rewritten(List.of(limited, other))).containsExactly(limited, other);
    }

    @Test
    void leavesASortOfWhichSomethingElseIsTakenAlone() {
        Plan<Integer> filtered = new Limited<>(new Filtered<>(sorted(a), n -> n > 3, "filter"), 3);
        assertThat(rewritten(filtered)).isSameAs(filtered);
        Plan<Integer> much = new Limited<>(sorted(a), 100_001);
        assertThat(rewritten(much)).isSameAs(much);
        Plan<Integer> all = sorted(a);
        assertThat(rewritten(all)).isSameAs(all);
    }
}
