package dev.bag.testing;

/** The processes that this one has started. */
public final class Processes {

    private Processes() {}

    /** Waits until none is left. */
    public static void awaitEnd() {
        Eventually.await().until(() -> ProcessHandle.current().descendants().noneMatch(ProcessHandle::isAlive));
    }
}
