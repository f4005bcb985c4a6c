package dev.bag.value;

/**
 * A record that refers to bytes it does not own, such as a piece of what was read last. Once the record has been worked
 * on, its bytes may be used for something else, and the record is of no more use.
 *
 * <p>Operators copy the views that they keep. Code that keeps a view itself, in a field or a collection, keeps its
 * {@link #copy} instead.
 *
 * @param <T> the type of the record
 */
public interface View<T> {

    /** Returns an equal record that owns all it needs. It may be this one, if this one does already. */
    T copy();
}
