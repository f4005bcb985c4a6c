package dev.bag.kernel;

/** Where the records of one partition go next. One thread at a time calls it, in order. */
public interface Sink {

    /** Takes a record, which is never null; one that is not wanted any more is thrown away. */
    void accept(Object record) throws Throwable;

    /** False once further records would be thrown away; feeds ask between records. */
    default boolean wantsMore() {
        return true;
    }

    /** No more records: pass on what is still held. Called once, and not after a failure. */
    default void finish() throws Throwable {}

    /** Gives back what is open. Called last, once, also after a failure. */
    default void close() throws Exception {}
}
