package dev.bag.plan;

import java.util.List;

/**
 * An operation over two bags.
 *
 * @param <A> the records of the first
 * @param <B> the records of the second
 * @param <R> the records that come out
 */
public sealed interface Binary<A, B, R> extends Plan<R> permits Zipped, Multiplied, Cogrouped {

    /** The first bag. */
    Plan<A> left();

    /** The second bag. */
    Plan<B> right();

    /** The same operation over other bags of the same records. */
    Plan<R> withInputs(Plan<A> left, Plan<B> right);

    @Override
    default List<Node> inputs() {
        return List.of(left(), right());
    }
}
