package dev.bag.plan;

import java.util.List;

/**
 * An operation over one bag.
 *
 * @param <T> the records that go in
 * @param <R> the records that come out
 */
public sealed interface Unary<T, R> extends Plan<R> permits Narrow, Repartitioned, SelectedPartition, Shuffled {

    /** The bag this operation is over. */
    Plan<T> input();

    /** The same operation over another bag of the same records. */
    Plan<R> withInput(Plan<T> input);

    @Override
    default List<Node> inputs() {
        return List.of(input());
    }
}
