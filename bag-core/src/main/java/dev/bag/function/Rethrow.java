package dev.bag.function;

/** Throws a checked exception where the compiler allows none, so that it needs no wrapper. */
final class Rethrow {

    private Rethrow() {}

    /** Never returns: {@code throw Rethrow.asIs(e)} tells the compiler so. */
    static RuntimeException asIs(Throwable thrown) {
        return Rethrow.<RuntimeException>unchecked(thrown);
    }

    @SuppressWarnings("unchecked") // the cast is erased: nothing is converted, which is the point
    private static <E extends Throwable> RuntimeException unchecked(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
