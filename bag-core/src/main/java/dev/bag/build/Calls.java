package dev.bag.build;

import dev.bag.plan.Node;
import dev.bag.plan.Value;
import dev.bag.plan.Value.Called;
import dev.bag.plan.Value.FirstOf;
import dev.bag.plan.Value.FlatMapped;
import dev.bag.plan.Value.Manner;
import dev.bag.plan.Value.NamedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes the values of delayed calls, where that takes more than a line. */
public final class Calls {

    private static final String MANNERS = "retry, timeout and blocking belong to a call: ";

    private Calls() {}

    /** The value of {@code plan}; a call of a function waits for {@code others} as well. */
    public static <T extends @Nullable Object> Value<T> after(Value<T> plan, List<Value<?>> others) {
        if (plan instanceof NamedValue<T> named) {
            return new NamedValue<>(after(named.input(), others), named.operator());
        }
        if (plan instanceof Called<T> called) {
            return called.after(others);
        }
        if (plan instanceof FlatMapped<?, T> mapped) {
            return after(mapped, others);
        }
        return waiting(plan, others);
    }

    private static <S extends @Nullable Object, T extends @Nullable Object> Value<T> after(
            FlatMapped<S, T> mapped, List<Value<?>> others) {
        return new FlatMapped<>(
                waiting(mapped.input(), others),
                mapped.function(),
                mapped.operator(),
                mapped.manner(),
                Value.Ids.next());
    }

    /** The value of {@code plan}, which is computed at any time, and there when {@code others} are. */
    private static <T extends @Nullable Object> Value<T> waiting(Value<T> plan, List<Value<?>> others) {
        List<Value<?>> arguments = new ArrayList<>(others.size() + 1);
        arguments.add(plan);
        arguments.addAll(others);
        return new Called<>(arguments, Calls::<T>first, "after");
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // the first value is that of a Value<T>
    private static <T extends @Nullable Object> T first(@Nullable Object[] values) {
        return (T) values[0];
    }

    /** The same call in another manner: a computation of its own. */
    public static <T extends @Nullable Object> Value<T> inManner(
            Value<T> plan, String operator, UnaryOperator<Manner> changed) {
        if (plan instanceof NamedValue<T> named) {
            return new NamedValue<>(inManner(named.input(), operator, changed), named.operator());
        }
        if (plan instanceof Called<T> called
                && !called.operator().startsWith("all")
                && !called.operator().equals("after")) {
            return called.in(changed.apply(called.manner()));
        }
        if (plan instanceof FlatMapped<?, T> mapped) {
            return inManner(mapped, changed);
        }
        Node node = plan;
        throw new IllegalStateException(operator + "(...): " + MANNERS + node.operator()
                + " calls no function. Say it of what is below, or use Runner.local().retries(n).");
    }

    private static <S extends @Nullable Object, T extends @Nullable Object> Value<T> inManner(
            FlatMapped<S, T> mapped, UnaryOperator<Manner> changed) {
        return new FlatMapped<>(
                mapped.input(), mapped.function(), mapped.operator(), changed.apply(mapped.manner()), Value.Ids.next());
    }

    /** The first of some values that is there. */
    public static <T extends @Nullable Object> Value<T> firstOf(List<? extends Value<? extends T>> alternatives) {
        if (alternatives.isEmpty()) {
            throw new IllegalArgumentException("firstOf(): at least one alternative is needed");
        }
        return new FirstOf<>(List.copyOf(alternatives));
    }
}
