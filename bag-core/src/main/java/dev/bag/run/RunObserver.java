package dev.bag.run;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Told what one run does, by the threads that do it, at the same time. It must neither wait nor throw: nobody expects it
 * to. A stage and a task of it are numbered from 0.
 */
public interface RunObserver {

    /** The run begins, to compute {@code what}. */
    void started(String what);

    /** The first task of a stage is about to begin. */
    void stageStarted(int stage, int taskCount, String what);

    /** A task begins. */
    void taskStarted(int stage, int task);

    /** A task has done all its work. */
    void taskEnded(int stage, int task, long nanos);

    /** A task has thrown {@code failure}, and is run again if attempts are left. */
    void taskFailed(int stage, int task, Throwable failure, int attemptsLeft);

    /** A task has read its source to the end, which has passed over {@code bytes} of the input. */
    void passedOver(long bytes);

    /** So many bytes were written to {@code file}. Of what is kept also after the run has ended. */
    void spilled(long bytes, Path file);

    /** The run is over, and has kept {@code peakBytes} at most; all that it had is given back. */
    void ended(@Nullable Throwable failure, long peakBytes);
}
