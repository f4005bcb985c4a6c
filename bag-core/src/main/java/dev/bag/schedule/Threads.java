package dev.bag.schedule;

import java.util.List;
import java.util.function.Consumer;

/** The threads of a pool. As many of them as it has seats look for tasks or run one at the same time. */
interface Threads {

    /** Before a run: the threads that wait for work are there. */
    void fillSeats();

    /**
     * There is work, for at most {@code most} threads.
     *
     * @param refused is given the reason if no thread will come any more
     * @return whether a thread is there or comes
     */
    boolean call(int most, Consumer<Throwable> refused);

    /** Nobody waits for {@code thread} any more: if it is one of these, another one takes its seat. */
    void abandon(Thread thread);

    /** The calling thread, which was abandoned, is there again: as one more, so that another one will leave. */
    void comeBack();

    /** Returns whether a thread that is between two tasks should {@linkplain #leave leave}. */
    boolean areTooMany();

    /**
     * Gives up the seat of the calling thread if there are too many, and stands by until it has one again.
     *
     * @param passOn looks for tasks and wakes others for them
     * @return whether it has a seat; if not, its work ends
     */
    boolean leave(Runnable passOn);

    /** Returns {@code thrown} by a task on the calling thread, or why that was interrupted from outside. */
    Throwable reason(Throwable thrown);

    /** Starts no more, ends those that stand by, and returns all that are to be waited for. */
    List<? extends Thread> close();
}
