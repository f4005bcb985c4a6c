package dev.bag.optimize;

import static dev.bag.optimize.Entries.cogrouped;
import static dev.bag.optimize.Entries.doubled;
import static dev.bag.optimize.Entries.grouped;
import static dev.bag.optimize.Entries.spread;
import static dev.bag.optimize.Entries.valuesMapped;
import static dev.bag.optimize.Optimized.rewritten;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.plan.Cogrouped;
import dev.bag.plan.Concatenated;
import dev.bag.plan.Filtered;
import dev.bag.plan.FoldedByKey;
import dev.bag.plan.InOrder.Limited;
import dev.bag.plan.InOrder.Skipped;
import dev.bag.plan.InOrder.TakenWhile;
import dev.bag.plan.Mapped;
import dev.bag.plan.MappedPartitions;
import dev.bag.plan.Named;
import dev.bag.plan.Plan;
import dev.bag.plan.Repartitioned;
import dev.bag.plan.Sampled;
import dev.bag.plan.Shuffled.Routing;
import dev.bag.plan.Sorted;
import dev.bag.value.Pair;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReusePartitioningTest {

    private final Plan<Pair<Integer, Integer>> entries = Entries.of(20, 3);
    private final Plan<Pair<Integer, Integer>> others = Entries.of(9, 2);

    private static List<Routing> routings(Plan<?> plan) {
        Cogrouped<?, ?, ?, ?> cogrouped = (Cogrouped<?, ?, ?, ?>) plan;
        return List.of(cogrouped.leftRouting(), cogrouped.rightRouting());
    }

    private static Routing routing(Plan<?> plan) {
        return ((FoldedByKey<?, ?, ?, ?>) plan).routing();
    }

    @Test
    void aSideThatComesFromAShuffleByKeyIsInPlace() {
        Plan<Pair<Integer, List<Pair<Integer, Integer>>>> grouped = grouped(entries, 4);
        assertThat(routings(rewritten(cogrouped(grouped, others, 4))))
                .containsExactly(Routing.IN_PLACE, Routing.BY_HASH);
        assertThat(routings(rewritten(cogrouped(others, grouped, 4))))
                .containsExactly(Routing.BY_HASH, Routing.IN_PLACE);
        assertThat(routings(rewritten(cogrouped(grouped, grouped, 4))))
                .containsExactly(Routing.IN_PLACE, Routing.IN_PLACE);
        assertThat(routings(rewritten(cogrouped(cogrouped(entries, others, 4), others, 4))))
                .containsExactly(Routing.IN_PLACE, Routing.BY_HASH);
        assertThat(routings(rewritten(cogrouped(valuesMapped(spread(entries, 4)), others, 4))))
                .containsExactly(Routing.IN_PLACE, Routing.BY_HASH);
    }

    @Test
    void aFoldOfWhatComesFromAShuffleByKeyIsInPlace() {
        assertThat(routing(rewritten(grouped(grouped(entries, 4), 4)))).isEqualTo(Routing.IN_PLACE);
        assertThat(routing(rewritten(grouped(cogrouped(entries, others, 4), 4))))
                .isEqualTo(Routing.IN_PLACE);
        assertThat(routing(rewritten(grouped(grouped(entries, Pair::second, 4), 4))))
                .isEqualTo(Routing.IN_PLACE);
    }

    @Test
    void whatKeepsEntriesWhereTheyAreKeepsThemInPlace() {
        Plan<Pair<Integer, Integer>> spread = spread(entries, 4);
        for (Plan<Pair<Integer, Integer>> kept : List.<Plan<Pair<Integer, Integer>>>of(
                new Filtered<>(spread, entry -> entry.second() % 3 != 0, "filter"),
                new Named<>(valuesMapped(spread), "placed"),
                new Limited<>(spread, 11),
                new Skipped<>(spread, 3),
                new TakenWhile<>(spread, entry -> entry.second() != 13),
                new Sampled<>(spread, 0.5, 1),
                valuesMapped(spread),
                doubled(spread),
                new Filtered<>(doubled(valuesMapped(spread)), entry -> entry.first() != 2, "filterKeys"))) {
            assertThat(routing(rewritten(grouped(kept, 4)))).as(kept.operator()).isEqualTo(Routing.IN_PLACE);
        }
    }

    @Test
    void whatMayChangeKeysOrMoveEntriesDoesNot() {
        Plan<Pair<Integer, Integer>> spread = spread(entries, 4);
        for (Plan<Pair<Integer, Integer>> moved : List.<Plan<Pair<Integer, Integer>>>of(
                entries,
                new Mapped<>(spread, entry -> entry, "map"),
                new MappedPartitions<>(spread, (index, records) -> records, "mapPartitions"),
                Repartitioned.of(Repartitioned.of(spread, 3), 4),
                Concatenated.of(List.of(spread(entries, 2), spread(others, 2))),
                Sorted.of(spread, Comparator.comparing(Pair::second), "sorted"))) {
            Plan<?> grouped = grouped(moved, 4);
            assertThat(rewritten(grouped)).as(moved.operator()).isSameAs(grouped);
        }
    }

    @Test
    void anotherNumberOfPartitionsOrAnotherKeyDoesNot() {
        for (int count = 1; count <= 9; count++) {
            if (count != 4) {
                Plan<?> grouped = grouped(grouped(entries, count), 4);
                assertThat(rewritten(grouped)).isSameAs(grouped);
                Plan<?> cogrouped = cogrouped(others, grouped(entries, count), 4);
                assertThat(rewritten(cogrouped)).isSameAs(cogrouped);
            }
        }
        Plan<?> byValue = grouped(valuesMapped(spread(entries, 4)), Pair::second, 4);
        assertThat(rewritten(byValue)).isSameAs(byValue);
    }

    @Test
    void whatIsInPlaceHasAsManyPartitions() {
        assertThatThrownBy(() -> grouped(entries, 4).routed(entries, Routing.IN_PLACE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("groupValues: the records of 3 partitions cannot be in place in 4");
    }
}
