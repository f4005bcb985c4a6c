package dev.bag.optimize;

import dev.bag.plan.Plan;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Goes down from plans as long as there is a next step, and remembers where each of the plans on the way leads: many plans
 * may share a long way.
 */
final class Descent {

    private final Function<Plan<?>, @Nullable Plan<?>> next;
    private final Map<Plan<?>, Plan<?>> ends = new IdentityHashMap<>();

    /** Steps from a plan to what {@code next} returns for it, until that is null. */
    Descent(Function<Plan<?>, @Nullable Plan<?>> next) {
        this.next = next;
    }

    /** Returns where the way from {@code top} ends: {@code top} itself when there is no step from it. */
    Plan<?> from(Plan<?> top) {
        Plan<?> at = top;
        Plan<?> end = null;
        while (end == null) {
            end = ends.get(at);
            Plan<?> below = end == null ? next.apply(at) : null;
            if (below != null) {
                at = below;
            } else if (end == null) {
                end = at;
            }
        }
        Plan<?> bottom = at;
        for (Plan<?> passed = top; passed != null && passed != bottom; passed = next.apply(passed)) {
            ends.put(passed, end);
        }
        return end;
    }
}
