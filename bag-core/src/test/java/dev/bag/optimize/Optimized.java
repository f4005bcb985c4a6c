package dev.bag.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.fold.Fold;
import dev.bag.oracle.PlanInterpreter;
import dev.bag.plan.Leaf.Read;
import dev.bag.plan.Plan;
import dev.bag.plan.Value;
import dev.bag.plan.Value.Folded;
import dev.bag.testing.Cuts;
import dev.bag.testing.ProbedSource;
import java.util.List;
import java.util.stream.IntStream;

/** Plans before and after they were rewritten. */
final class Optimized {

    private Optimized() {}

    /** The numbers below {@code count}, in that many partitions. */
    static Plan<Integer> numbers(int count, int partitions) {
        List<Integer> records = IntStream.range(0, count).boxed().toList();
        return Read.of(ProbedSource.of(Cuts.parts(records, partitions)));
    }

    /** How many records there are. */
    static <T> Value<Long> count(Plan<T> plan) {
        Fold<T, Long, Long> fold = Fold.of(() -> 0L, (n, record) -> n + 1, Long::sum);
        return new Folded<>(plan, fold, "count");
    }

    /** What {@code plan} becomes when it alone is asked for. It means the same. */
    static Plan<?> rewritten(Plan<?> plan) {
        return rewritten(List.of(plan)).get(0);
    }

    /** What plans become that are asked for together. They mean the same. */
    static List<Plan<?>> rewritten(List<Plan<?>> plans) {
        List<Value<?>> wanted = plans.stream().<Value<?>>map(Optimized::count).toList();
        List<Plan<?>> rewritten = Optimizer.optimize(wanted).stream()
                .<Plan<?>>map(value -> (Plan<?>) value.inputs().get(0))
                .toList();
        for (int i = 0; i < plans.size(); i++) {
            assertThat(new PlanInterpreter().partitions(rewritten.get(i)))
                    .as("what %s means", plans.get(i).operator())
                    .isEqualTo(new PlanInterpreter().partitions(plans.get(i)));
            assertThat(rewritten.get(i).partitionCount()).isEqualTo(plans.get(i).partitionCount());
        }
        return rewritten;
    }
}
