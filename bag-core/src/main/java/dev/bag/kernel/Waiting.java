package dev.bag.kernel;

/**
 * Marks a chunk whose records may still be on their way: {@code next()} returns null then, too, and no thread is held
 * until they come.
 */
public interface Waiting {

    /** Whether the null that {@code next()} has returned last means that there is no record yet, and not that it ends. */
    boolean isWaiting();

    /** Calls {@code ready} once, on any thread, when there may be a record; at once if there may be one already. */
    void whenReady(Runnable ready);
}
