package dev.bag.kernel;

import java.util.function.Consumer;

/**
 * What a thread may do inside code of the user that pulls records, such as a function from iterator to iterator. That code
 * cannot be left and entered again, as a task can; so the thread is held there until it returns.
 */
public interface Blocking {

    /** Throws if nothing of the run is wanted any more. */
    void check() throws InterruptedException;

    /**
     * Waits for an event while other threads do the work of this one.
     *
     * @param event is given what to call when the event comes: once, on any thread, at once if it has come already
     * @throws InterruptedException if nothing of the run is wanted any more
     */
    void await(Consumer<Runnable> event) throws InterruptedException;
}
