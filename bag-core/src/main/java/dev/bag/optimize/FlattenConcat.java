package dev.bag.optimize;

import dev.bag.plan.Concatenated;
import dev.bag.plan.Plan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Makes one concatenation of nested ones, so that records pass one operation however deep they are nested.
 * <pre>
 *   concat              concat
 *     concat              a
 *       a          =>     b
 *       b                 c
 *     c
 * </pre>
 * Not of one that is itself only a part of another: flattening at the top takes its parts along, and a hundred thousand
 * nested ones are copied once. And none that has other uses is taken apart: its parts would be listed once for each, and a
 * bag that is concatenated with itself again and again has as many as there are partitions.
 */
final class FlattenConcat implements Rule {

    @Override
    public Plan<?> rewrite(Plan<?> plan, Surroundings surroundings) {
        if (!(plan instanceof Concatenated<?> top)
                || surroundings.isOnlyConcatenated(plan)
                || !isNested(top, surroundings)) {
            return plan;
        }
        List<Plan<?>> parts = new ArrayList<>();
        Deque<Plan<?>> open = new ArrayDeque<>();
        pushParts(top, open);
        while (!open.isEmpty()) {
            Plan<?> next = open.pop();
            if (next instanceof Concatenated<?> concat && !surroundings.isShared(concat)) {
                pushParts(concat, open);
            } else {
                parts.add(next);
            }
        }
        return Concatenated.of(parts);
    }

    private static boolean isNested(Concatenated<?> concat, Surroundings surroundings) {
        return concat.bags().stream().anyMatch(bag -> bag instanceof Concatenated<?> && !surroundings.isShared(bag));
    }

    private static void pushParts(Concatenated<?> concat, Deque<Plan<?>> open) {
        for (int i = concat.bags().size() - 1; i >= 0; i--) {
            open.push(concat.bags().get(i));
        }
    }
}
