package dev.bag.run;

import dev.bag.schedule.Execution;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells an observer how one task of a stage ends, by whichever thread, and once. A task that others have stopped ends in
 * no way.
 */
class TaskWatch {

    /** Tells nobody. */
    static final TaskWatch NONE = new TaskWatch();

    private TaskWatch() {}

    /** The task has done all its work. */
    void ended() {}

    /** The source of the task has passed over {@code bytes} of its input; told when the task ends. */
    void passedOver(long bytes) {}

    /** An attempt at the task has thrown {@code thrown}; now comes another one, the first of {@code attemptsLeft}. */
    void runsAgain(Throwable thrown, int attemptsLeft) {}

    /** Work on the task has thrown {@code thrown}, and that is its end. */
    void failed(Throwable thrown, Execution execution) {}

    /** The watch over a task that begins now. */
    static TaskWatch begin(RunObserver observer, int stage, int task) {
        observer.taskStarted(stage, task);
        return new Told(observer, stage, task);
    }

    private static final class Told extends TaskWatch {

        private final RunObserver observer;
        private final int stage;
        private final int task;
        private final long begin = System.nanoTime();
        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicLong passedOver = new AtomicLong();

        Told(RunObserver observer, int stage, int task) {
            this.observer = observer;
            this.stage = stage;
            this.task = task;
        }

        @Override
        void ended() {
            if (over.compareAndSet(false, true)) {
                if (passedOver.get() > 0) {
                    observer.passedOver(passedOver.get());
                }
                observer.taskEnded(stage, task, System.nanoTime() - begin);
            }
        }

        @Override
        void passedOver(long bytes) {
            passedOver.addAndGet(bytes);
        }

        @Override
        void runsAgain(Throwable thrown, int attemptsLeft) {
            passedOver.set(0);
            observer.taskFailed(stage, task, thrown, attemptsLeft);
        }

        @Override
        void failed(Throwable thrown, Execution execution) {
            boolean byOthers = execution.stopping()
                    && (thrown instanceof InterruptedException || thrown.getCause() instanceof InterruptedException);
            if (!byOthers && over.compareAndSet(false, true)) {
                observer.taskFailed(stage, task, thrown, 0);
            }
        }
    }
}
