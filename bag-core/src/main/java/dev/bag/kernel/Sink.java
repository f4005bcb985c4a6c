package dev.bag.kernel;

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
     * something from partition to partition must see all records until then, even of a partition that is not read on.
     */
    default boolean isOver() {
        return !wantsMore();
    }

    /** No more records: pass on what is still held. Called once, and not after a failure. */
    default void finish() throws Throwable {}

    /** Gives back what is open. Called last, once, also after a failure. */
    default void close() throws Exception {}
}
