package dev.bag.optimize;

import static dev.bag.optimize.Entries.cogrouped;
import static dev.bag.optimize.Entries.grouped;
import static dev.bag.optimize.Entries.spread;
import static dev.bag.optimize.Entries.valuesMapped;
import static dev.bag.optimize.Optimized.rewritten;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.plan.Named;
import dev.bag.plan.Plan;
import dev.bag.plan.Shuffled.SpreadByKey;
import dev.bag.value.Pair;
import java.util.List;
import org.junit.jupiter.api.Test;

class DropNeedlessSpreadTest {

    private final Plan<Pair<Integer, Integer>> entries = Entries.of(20, 3);

    @Test
    void dropsASpreadOfWhatLiesThereAlready() {
        Plan<Pair<Integer, Integer>> once = spread(entries, 4);
        assertThat(rewritten(spread(once, 4))).isSameAs(once);
        Plan<?> grouped = grouped(entries, 4);
        assertThat(rewritten(spread(grouped(entries, 4), 4))).isEqualTo(grouped);
        Plan<Pair<Integer, Pair<List<Integer>, List<Integer>>>> both = cogrouped(entries, entries, 4);
        assertThat(rewritten(spread(both, 4))).isSameAs(both);
    }

    @Test
    void itsNameGoesWithIt() {
        Plan<Pair<Integer, Integer>> mapped = valuesMapped(spread(entries, 4));
        assertThat(rewritten(new Named<>(spread(mapped, 4), "placed"))).isSameAs(mapped);
    }

    @Test
    void leavesASpreadIntoOtherPartitionsAlone() {
        for (int count : new int[] {1, 3, 5}) {
            Plan<?> moved = spread(spread(entries, 4), count);
            assertThat(rewritten(moved)).isSameAs(moved);
        }
    }

    @Test
    void leavesASpreadByAnotherKeyAlone() {
        Plan<?> otherAbove = new SpreadByKey<>(spread(entries, 4), Pair::second, 4, "by value");
        assertThat(rewritten(otherAbove)).isSameAs(otherAbove);
        Plan<Pair<Integer, Integer>> byValue = new SpreadByKey<>(entries, Pair::second, 4, "by value");
        Plan<?> otherBelow = spread(byValue, 4);
        assertThat(rewritten(otherBelow)).isSameAs(otherBelow);
        Plan<?> anywhere = spread(entries, 3);
        assertThat(rewritten(anywhere)).isSameAs(anywhere);
    }
}
