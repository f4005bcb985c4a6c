package dev.bag.run.watch;

import dev.bag.kernel.OperatorFailure;
import dev.bag.run.call.CallWatch;
import dev.bag.run.skip.TaskSkips;
import dev.bag.run.watch.RunObserver.StageView;
import dev.bag.schedule.Execution;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Tells an observer what becomes of a stage: it begins with the first of its tasks. */
public class StageWatch {

    /** Tells no listener. */
    public static final StageWatch NONE = new StageWatch();

    private StageWatch() {}

    /** Task {@code task} begins. */
    public TaskWatch begin(int task) {
        return TaskWatch.NONE;
    }

    /** The only task begins, which is a call. */
    public CallWatch.Begun beginCall() {
        TaskWatch task = begin(0);
        return new CallWatch.Begun() {
            @Override
            public void ended() {
                task.ended();
                StageWatch.this.ended();
            }

            @Override
            public void runsAgain(Throwable thrown, int attemptsLeft) {
                task.runsAgain(thrown, attemptsLeft);
            }

            @Override
            public void begunAgain() {
                task.begunAgain();
            }

            @Override
            public void failed(Throwable thrown, Execution execution) {
                task.failed(thrown, execution);
            }
        };
    }

    /** All tasks have ended. */
    public void ended() {}

    /** A watch over a stage of {@code taskCount} tasks, which is asked through {@code view} if they begin. */
    public static StageWatch of(RunObserver observer, int stage, int taskCount, StageView view) {
        return new Told(observer, stage, taskCount, view);
    }

    private static final class Told extends StageWatch {

        private final RunObserver observer;
        private final int stage;
        private final int taskCount;
        private final StageView view;
        /** Written under the lock of this, so that no thread tells of a task before the stage has been told of. */
        private volatile boolean hasBegun;

        Told(RunObserver observer, int stage, int taskCount, StageView view) {
            this.observer = observer;
            this.stage = stage;
            this.taskCount = taskCount;
            this.view = view;
        }

        @Override
        public TaskWatch begin(int task) {
            if (!hasBegun) {
                beginStage();
            }
            return TaskWatch.begin(observer, stage, task);
        }

        @Override
        public void ended() {
            if (hasBegun) {
                observer.stageEnded(stage);
            }
        }

        private synchronized void beginStage() {
            if (!hasBegun) {
                observer.stageStarted(stage, taskCount, view);
                hasBegun = true;
            }
        }
    }

    /**
     * Tells an observer how one task of a stage ends, by whichever thread, and once. A task that others have stopped
     * ends in no way.
     *
     * <p>Protocol: one field says where the task is. It holds the time at which the attempt began that is made, or {@code
     * BETWEEN} attempts, or {@code OVER}. A thread that tells of the end of an attempt exchanges the time first, for {@code
     * BETWEEN} or {@code OVER}, and tells only if it has found a time. So each attempt is told of once, though one that is
     * given up because it takes too long may end later on its own thread, and no attempt is told of that ends when the task is
     * over. The time from {@code BETWEEN} to the next attempt belongs to none: what the task waits then is not its work.
     */
    public static class TaskWatch implements TaskSkips.Told {

        /** Tells no listener. */
        public static final TaskWatch NONE = new TaskWatch();

        private TaskWatch() {}

        /** The task has done all its work. */
        public void ended() {}

        @Override
        public void skipped(OperatorFailure failure) {}

        @Override
        public void lost(OperatorFailure failure, boolean isCut) {}

        /**
         * An attempt at the task has thrown {@code thrown}; another one follows, now or later, the first of {@code attemptsLeft}.
         */
        public void runsAgain(Throwable thrown, int attemptsLeft) {}

        /** The attempt that was to follow begins. */
        public void begunAgain() {}

        /** Work on the task has thrown {@code thrown}, and that is its end. */
        public void failed(Throwable thrown, Execution execution) {}

        /** The watch over a task that begins now. */
        public static TaskWatch begin(RunObserver observer, int stage, int task) {
            observer.taskStarted(stage, task);
            return new Told(observer, stage, task);
        }

        private static final class Told extends TaskWatch {

            private static final long OVER = Long.MIN_VALUE;
            private static final long BETWEEN = Long.MIN_VALUE + 1;
            private static final VarHandle BEGIN = begin();

            private final RunObserver observer;
            private final int stage;
            private final int task;
            /**
             * When the present attempt began, by the clock of the observer; {@link #BETWEEN} attempts; {@link #OVER} once the end has
             * been told of. Read and written by any thread.
             */
            @SuppressWarnings("UnusedVariable") // read and written through BEGIN only
            private long begin;

            Told(RunObserver observer, int stage, int task) {
                this.observer = observer;
                this.stage = stage;
                this.task = task;
                this.begin = observer.nanoTime();
            }

            private static VarHandle begin() {
                try {
                    return MethodHandles.lookup().findVarHandle(Told.class, "begin", long.class);
                } catch (ReflectiveOperationException e) {
                    throw new ExceptionInInitializerError(e);
                }
            }

            /** Ends the task: returns when its attempt began, or {@link #OVER}. */
            private long end(long now) {
                long since = (long) BEGIN.getAndSet(this, OVER);
                return since == BETWEEN ? now : since;
            }

            @Override
            public void ended() {
                long now = observer.nanoTime();
                long since = end(now);
                if (since != OVER) {
                    observer.taskEnded(stage, task, since, now);
                }
            }

            @Override
            public void skipped(OperatorFailure failure) {
                observer.recordSkipped(stage, task, failure);
            }

            @Override
            public void lost(OperatorFailure failure, boolean isCut) {
                observer.fileLost(stage, task, failure, isCut);
            }

            @Override
            public void runsAgain(Throwable thrown, int attemptsLeft) {
                long since = (long) BEGIN.getVolatile(this);
                boolean isMade = since != OVER && since != BETWEEN;
                if (isMade && BEGIN.compareAndSet(this, since, BETWEEN)) {
                    observer.taskFailed(stage, task, since, observer.nanoTime(), thrown, attemptsLeft);
                }
            }

            @Override
            public void begunAgain() {
                if (BEGIN.compareAndSet(this, BETWEEN, observer.nanoTime())) {
                    observer.attemptStarted(stage, task);
                }
            }

            @Override
            public void failed(Throwable thrown, Execution execution) {
                boolean byOthers = execution.stopping()
                        && (thrown instanceof InterruptedException
                                || thrown.getCause() instanceof InterruptedException);
                long now = observer.nanoTime();
                long since = byOthers ? OVER : end(now);
                if (since != OVER) {
                    observer.taskFailed(stage, task, since, now, thrown, 0);
                }
            }
        }
    }
}
