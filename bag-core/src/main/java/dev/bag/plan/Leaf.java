package dev.bag.plan;

/**
 * Where records come from.
 *
 * @param <T> the records
 */
public sealed interface Leaf<T> extends Plan<T> permits Read, FromDelayed, Slot {

    /** Calls the method of {@code cases} for this operation. */
    <X> X match(Cases<X> cases);

    /** One method an operation, so that the compiler asks for each wherever operations are told apart. */
    interface Cases<X> {

        /** For {@link Read}. */
        <T> X read(Read<T> plan);

        /** For {@link FromDelayed}. */
        <T> X fromDelayed(FromDelayed<T> plan);

        /** For {@link Slot}. */
        <T> X slot(Slot<T> plan);
    }
}
