package dev.bag.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The same operation over other inputs. The one place where the types of inputs are forgotten: a rewritten input has the
 * records of the input it stands for.
 */
@SuppressWarnings("unchecked")
public final class Rebuild {

    private Rebuild() {}

    /** {@code node} over {@code inputs}, which stand for its own in their order; itself when they are its own. */
    public static Node withInputs(Node node, List<? extends Node> inputs) {
        if (areOwn(node.inputs(), inputs)) {
            return node;
        }
        return node instanceof Plan<?> plan ? plan(plan, inputs) : value((Value<?>) node, inputs);
    }

    /** {@code plan} again, as another node over the same inputs. */
    public static Plan<?> copy(Plan<?> plan) {
        return plan instanceof Read<?> read ? copyOf(read) : plan(plan, plan.inputs());
    }

    private static boolean areOwn(List<? extends Node> own, List<? extends Node> inputs) {
        for (int i = 0; i < own.size(); i++) {
            if (own.get(i) != inputs.get(i)) {
                return false;
            }
        }
        return true;
    }

    private static <T> Plan<T> copyOf(Read<T> read) {
        return new Read<>(read.source(), read.parts(), read.pipelined());
    }

    private static Plan<?> plan(Plan<?> plan, List<? extends Node> inputs) {
        if (plan instanceof Concatenated<?> concat) {
            List<Plan<?>> bags = new ArrayList<>(inputs.size());
            inputs.forEach(bag -> bags.add((Plan<?>) bag));
            return new Concatenated<>(List.copyOf(bags), concat.partitionCount());
        }
        if (plan instanceof FromDelayed<?>) {
            List<Value<? extends Iterable<?>>> values = new ArrayList<>(inputs.size());
            inputs.forEach(value -> values.add((Value<? extends Iterable<?>>) value));
            return new FromDelayed<>(List.copyOf(values));
        }
        if (plan instanceof Binary<?, ?, ?> binary) {
            return ((Binary<Object, Object, Object>) binary)
                    .withInputs((Plan<Object>) inputs.get(0), (Plan<Object>) inputs.get(1));
        }
        if (plan instanceof MappedWith<?, ?, ?> with) {
            return mappedWith((MappedWith<Object, Object, Object>) with, inputs);
        }
        if (plan instanceof Unary<?, ?> unary) {
            return ((Unary<Object, Object>) unary).withInput((Plan<Object>) inputs.get(0));
        }
        return plan;
    }

    private static Plan<?> mappedWith(MappedWith<Object, Object, Object> plan, List<? extends Node> inputs) {
        return new MappedWith<>((Plan<Object>) inputs.get(0), (Value<Object>) inputs.get(1), plan.function());
    }

    private static Value<?> value(Value<?> value, List<? extends Node> inputs) {
        if (value instanceof Folded<?, ?, ?> folded) {
            return ((Folded<Object, @Nullable Object, @Nullable Object>) folded)
                    .withInput((Plan<Object>) inputs.get(0));
        }
        if (value instanceof Called<?> called) {
            return called((Called<@Nullable Object>) called, inputs);
        }
        if (value instanceof Taken<?> taken) {
            return new Taken<>((Plan<?>) inputs.get(0), taken.operator());
        }
        if (value instanceof NamedValue<?> named) {
            return new NamedValue<>((Value<?>) inputs.get(0), named.operator());
        }
        return value;
    }

    private static Value<?> called(Called<@Nullable Object> called, List<? extends Node> inputs) {
        List<Value<?>> arguments = new ArrayList<>(inputs.size());
        inputs.forEach(argument -> arguments.add((Value<?>) argument));
        return new Called<@Nullable Object>(arguments, called.function(), called.operator());
    }
}
