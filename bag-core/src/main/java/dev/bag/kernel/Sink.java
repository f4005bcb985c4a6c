package dev.bag.kernel;

import org.jspecify.annotations.Nullable;

/** Where the records of one partition go next. One thread at a time calls it, in order. */
public interface Sink {

    /** Takes a record, which is never null; one that is not wanted any more is thrown away. */
    void accept(Object record) throws Throwable;

    /** False once further records would be thrown away; feeds ask between records. */
    default boolean wantsMore() {
        return true;
    }

    /**
     * True once nothing is wanted any more, neither of this partition nor of those after it. An operator that carries
     * something from partition to partition must see all records until then, even of a partition that nobody reads on.
     */
    default boolean isOver() {
        return !wantsMore();
    }

    /**
     * The sink that alone decides whether this one is over, or null where this decides itself. {@link #isOver(Sink)}
     * goes along these in a loop, because a hundred thousand sinks may stand in front of each other.
     */
    default @Nullable Sink overWith() {
        return null;
    }

    /** As {@link #isOver()} of {@code sink}, without a call within a call for each sink in front of another. */
    static boolean isOver(Sink sink) {
        Sink decides = sink;
        for (Sink next = sink.overWith(); next != null; next = next.overWith()) {
            decides = next;
        }
        return decides.isOver();
    }

    /** No more records: pass on what is still held. Called once, and not after a failure. */
    default void finish() throws Throwable {}

    /** Gives back what is open. Called last, once, also after a failure. */
    default void close() throws Exception {}
}
