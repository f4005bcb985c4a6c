package dev.bag.optimize;

import static dev.bag.optimize.Entries.cogrouped;
import static dev.bag.optimize.Entries.grouped;
import static dev.bag.optimize.Entries.spread;
import static dev.bag.optimize.Entries.valuesMapped;
import static dev.bag.optimize.Optimized.rewritten;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.plan.Cogrouped;
import dev.bag.plan.FoldedByKey;
import dev.bag.plan.Named;
import dev.bag.plan.Plan;
import dev.bag.plan.Shuffled.Routing;
import dev.bag.plan.Shuffled.SpreadByKey;
import dev.bag.value.Pair;
import java.util.List;
import org.junit.jupiter.api.Test;

class CombineBeforeSpreadTest {

    private final Plan<Pair<Integer, Integer>> entries = Entries.of(20, 3);
    private final Plan<Pair<Integer, Integer>> others = Entries.of(9, 2);

    @Test
    void foldsBeforeItSpreads() {
        for (int count = 1; count <= 9; count++) {
            assertThat(rewritten(grouped(spread(entries, count), count))).isEqualTo(grouped(entries, count));
        }
        Plan<Pair<Integer, Integer>> named = new Named<>(spread(entries, 4), "placed");
        assertThat(rewritten(grouped(named, 4))).isEqualTo(grouped(entries, 4));
    }

    @Test
    void aCogroupSpreadsByItself() {
        assertThat(rewritten(cogrouped(spread(entries, 4), others, 4))).isEqualTo(cogrouped(entries, others, 4));
        assertThat(rewritten(cogrouped(others, spread(entries, 4), 4))).isEqualTo(cogrouped(others, entries, 4));
        assertThat(rewritten(cogrouped(spread(entries, 4), spread(others, 4), 4)))
                .isEqualTo(cogrouped(entries, others, 4));
    }

    @Test
    void leavesASpreadIntoOtherPartitionsAlone() {
        for (int count = 1; count <= 9; count++) {
            if (count != 4) {
                Plan<?> grouped = grouped(spread(entries, count), 4);
                assertThat(rewritten(grouped)).isSameAs(grouped);
                Plan<?> cogrouped = cogrouped(spread(entries, count), others, 4);
                assertThat(rewritten(cogrouped)).isSameAs(cogrouped);
            }
        }
    }

    @Test
    void leavesASpreadThatHasOtherUsesForTheFoldToFindItsEntriesInPlace() {
        Plan<Pair<Integer, Integer>> spread = spread(entries, 4);
        List<Plan<?>> plans = rewritten(List.of(grouped(spread, 4), spread));
        assertThat(plans.get(0)).isEqualTo(grouped(spread, 4).routed(spread, Routing.IN_PLACE));
        assertThat(((FoldedByKey<?, ?, ?, ?>) plans.get(0)).input()).isSameAs(plans.get(1));
        Cogrouped<?, ?, ?, ?> both = (Cogrouped<?, ?, ?, ?>) rewritten(cogrouped(spread, spread, 4));
        assertThat(List.of(both.left(), both.right())).containsExactly(spread, spread);
    }

    @Test
    void leavesAFoldBySomethingElseAlone() {
        Plan<?> byValue = grouped(spread(entries, 4), Pair::second, 4);
        assertThat(rewritten(byValue)).isSameAs(byValue);
        Plan<Pair<Integer, Integer>> spread = new SpreadByKey<>(entries, Pair::second, 4, "by value");
        Plan<?> byKey = grouped(spread, 4);
        assertThat(rewritten(byKey)).isSameAs(byKey);
    }

    @Test
    void whatIsDoneInBetweenIsDoneOnSpreadEntries() {
        Plan<?> mapped = rewritten(grouped(valuesMapped(spread(entries, 4)), 4));
        assertThat(mapped.inputs().get(0)).isEqualTo(valuesMapped(spread(entries, 4)));
    }
}
