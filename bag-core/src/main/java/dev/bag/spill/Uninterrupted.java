package dev.bag.spill;

import java.io.IOException;

/** Uses a channel on a thread whose interrupt flag the user's code may have left set: it would close the channel. */
final class Uninterrupted {

    private Uninterrupted() {}

    interface Action<R> {
        R run() throws IOException;
    }

    /** Runs {@code action} with the flag of this thread down, and puts it up again if it was. */
    static <R> R call(Action<R> action) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            return action.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
