package dev.bag.optimize;

import dev.bag.plan.Named;
import dev.bag.plan.Node;
import dev.bag.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/** An operation with the names it was given, the last one first: they move together. */
record Titled(List<Named<?>> names, Plan<?> operation) {

    static Titled of(Plan<?> plan) {
        List<Named<?>> names = new ArrayList<>();
        Plan<?> operation = plan;
        while (operation instanceof Named<?> named) {
            names.add(named);
            operation = named.input();
        }
        return new Titled(names, operation);
    }

    /** What others are computed from: the operation behind its last name. */
    Plan<?> plan() {
        return names.isEmpty() ? operation : names.get(0);
    }

    /** Whether something else is computed from the operation, with or without a name. */
    boolean isShared(Surroundings surroundings) {
        return surroundings.isShared(operation) || names.stream().anyMatch(surroundings::isShared);
    }

    /** Whether something else is computed from the operation before it has its last name. */
    boolean isSharedBelow(Surroundings surroundings) {
        return !names.isEmpty()
                && (surroundings.isShared(operation)
                        || names.subList(1, names.size()).stream().anyMatch(surroundings::isShared));
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
