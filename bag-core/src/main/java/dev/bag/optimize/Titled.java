package dev.bag.optimize;

import dev.bag.plan.Named;
import dev.bag.plan.Node;
import dev.bag.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation with the names it was given, the last one first: they move together. Only of an operation from which
 * nothing else is computed before it has its last name.
 */
record Titled(List<Named<?>> names, Plan<?> operation) {

    /** Returns {@code plan} as an operation with its names, or null if something else is computed from it below them. */
    static @Nullable Titled of(Plan<?> plan, Surroundings surroundings) {
        List<Named<?>> names = new ArrayList<>();
        Plan<?> operation = plan;
        while (operation instanceof Named<?> named) {
            names.add(named);
            operation = named.input();
            if (surroundings.isShared(operation)) {
                return null;
            }
        }
        return new Titled(names, operation);
    }

    /** As {@link #of}, but null also if more than one operation or result is computed from {@code plan}. */
    static @Nullable Titled ofUnshared(Plan<?> plan, Surroundings surroundings) {
        return surroundings.isShared(plan) ? null : of(plan, surroundings);
    }

    /** Another operation with the same names. */
    Plan<?> around(Plan<?> other) {
        Plan<?> plan = other;
        for (int i = names.size() - 1; i >= 0; i--) {
            plan = names.get(i).withInputs(List.of(plan));
        }
        return plan;
    }

    /** The same operation with the same names over another first input. */
    Plan<?> over(Plan<?> input) {
        List<Node> inputs = new ArrayList<>(operation.inputs());
        inputs.set(0, input);
        return around(operation.withInputs(inputs));
    }
}
