package dev.bag.optimize;

import static dev.bag.optimize.Optimized.numbers;
import static dev.bag.optimize.Optimized.rewritten;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.oracle.PlanInterpreter;
import dev.bag.plan.Leaf.Read;
import dev.bag.plan.Mapped;
import dev.bag.plan.MappedPartitions;
import dev.bag.plan.Named;
import dev.bag.plan.Plan;
import dev.bag.plan.Repartitioned;
import dev.bag.testing.ProbedSource;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MergeRepartitionsTest {

    private static final int MOST = 9;

    private final Plan<Integer> a = numbers(17, 5);

    private static Plan<Integer> repartition(Plan<Integer> plan, int count) {
        return Repartitioned.of(plan, count);
    }

    @Test
    void whatIsCutByRecordsForgetsThePartitionsBelow() {
        assertThat(rewritten(repartition(repartition(a, 2), 9))).isEqualTo(repartition(a, 9));
        assertThat(rewritten(repartition(repartition(a, 7), 9))).isEqualTo(repartition(a, 9));
        assertThat(rewritten(repartition(repartition(a, 12), 6))).isEqualTo(repartition(a, 6));
    }

    @Test
    void joinedPartitionsAreJoinedAtOnce() {
        Plan<Integer> twelve = numbers(20, 12);
        assertThat(rewritten(repartition(repartition(twelve, 6), 3))).isEqualTo(repartition(twelve, 3));
        assertThat(rewritten(repartition(repartition(a, 16), 1))).isEqualTo(repartition(a, 1));
    }

    /** Each merge is checked by {@link Optimized}; here, that whatever is not merged means something else for some bag. */
    @Test
    void mergesExactlyWhereOneDoes() {
        for (int from = 1; from <= MOST; from++) {
            for (int between = 1; between <= MOST; between++) {
                for (int to = 1; to <= MOST; to++) {
                    if (from != between && between != to) {
                        Plan<?> rewritten = rewritten(repartition(repartition(uneven(from, 7), between), to));
                        assertThat(isTwo(rewritten))
                                .as("%s, %s, %s", from, between, to)
                                .isNotEqualTo(isOneForAll(from, between, to));
                    }
                }
            }
        }
    }

    /** Partitions of different sizes, some empty. */
    private static Plan<Integer> uneven(int partitions, int seed) {
        Random random = new Random(seed);
        return Read.of(ProbedSource.of(IntStream.range(0, partitions)
                .mapToObj(p -> List.of(random.ints(random.nextInt(6)).boxed().toList()))
                .toList()));
    }

    private static boolean isTwo(Plan<?> plan) {
        return plan instanceof Repartitioned<?> outer && outer.input() instanceof Repartitioned<?>;
    }

    private static boolean isOneForAll(int from, int between, int to) {
        return IntStream.range(0, 30)
                .mapToObj(seed -> uneven(from, seed))
                .allMatch(bag -> new PlanInterpreter()
                        .partitions(repartition(repartition(bag, between), to))
                        .equals(new PlanInterpreter().partitions(repartition(bag, to))));
    }

    @Test
    void leavesARepartitionThatHasOtherUsesAlone() {
        Plan<Integer> inner = repartition(a, 7);
        Plan<Integer> outer = repartition(inner, 9);
        assertThat(rewritten(List.of(outer, inner))).containsExactly(outer, inner);
    }

    @Test
    void leavesRepartitionsWithSomethingInBetweenAlone() {
        Plan<Integer> named = repartition(new Named<>(repartition(a, 7), "wide"), 9);
        assertThat(rewritten(named)).isSameAs(named);
        Plan<Integer> mapped = repartition(new Mapped<>(repartition(a, 7), n -> n + 1, "map"), 9);
        assertThat(rewritten(mapped)).isSameAs(mapped);
    }

    /** Else a stage would pull through the functions of both. */
    @Test
    void leavesWhatLiesBetweenFunctionsOfWholePartitionsAlone() {
        Plan<Integer> whole = new MappedPartitions<>(a, (index, records) -> records, "mapPartitions");
        Plan<Integer> joined = repartition(repartition(whole, 16), 1);
        assertThat(rewritten(joined)).isSameAs(joined);
        assertThat(rewritten(repartition(repartition(whole, 2), 1))).isEqualTo(repartition(whole, 1));
    }
}
