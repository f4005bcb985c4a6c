package dev.bag.run.call;

/** Is told when functions of calls begin and end on a thread, so that what they count can be told apart. */
public interface CallMeter {

    /** The calling thread calls a function next. */
    void enter();

    /** It has come back from it. */
    void leave();

    /** What the function has done counts. */
    void returned();

    /** It does not count. */
    void failed(boolean isAttemptedAgain);
}
