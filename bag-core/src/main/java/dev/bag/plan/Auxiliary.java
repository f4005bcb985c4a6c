package dev.bag.plan;

import org.jspecify.annotations.Nullable;

/**
 * The function of an operation that is only a part of a user's operator, before or behind the operation that does the
 * work: the keys of {@code sortBy}, the pairs of {@code join}. It has the operator's name; messages and pictures leave it
 * out.
 */
public interface Auxiliary {

    /** Whether it comes before what does the work, rather than behind it. */
    boolean comesFirst();

    /** The function of {@code node} if that is such an operation, else null. */
    static @Nullable Auxiliary of(Node node) {
        Object function = null;
        if (node instanceof Mapped<?, ?> mapped) {
            function = mapped.function();
        } else if (node instanceof MappedWith<?, ?, ?> with) {
            function = with.function();
        } else if (node instanceof Expanded<?, ?> expanded) {
            function = expanded.expander();
        }
        return function instanceof Auxiliary auxiliary ? auxiliary : null;
    }

    /** Whether {@code node} is such an operation. */
    static boolean is(Node node) {
        return of(node) != null;
    }
}
