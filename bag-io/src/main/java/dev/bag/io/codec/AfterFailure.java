package dev.bag.io.codec;

/** What becomes of a file that cannot be read, or not to its end. */
public enum AfterFailure {
    /** It fails the run. */
    FAIL,
    /** Nothing of it is read. */
    LEAVE_OUT,
    /** What precedes the failure is read. */
    KEEP_BEGINNING
}
