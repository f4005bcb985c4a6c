package dev.bag;

import java.lang.ref.Cleaner;

/** What is to be done when the garbage collector finds that an object can no longer be used. */
final class Forgotten {

    /** Its thread is started by the first object. */
    private static final Cleaner CLEANER = Cleaner.create(Forgotten::thread);

    private Forgotten() {}

    /** Calls {@code close} once {@code object} is unreachable, or earlier when it is told to; not both. */
    static Cleaner.Cleanable register(Object object, Runnable close) {
        return CLEANER.register(object, close);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "bag-cleaner");
        thread.setDaemon(true);
        return thread;
    }
}
