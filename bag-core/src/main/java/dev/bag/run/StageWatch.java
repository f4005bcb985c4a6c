package dev.bag.run;

import java.util.function.Supplier;

/** Tells an observer what becomes of a stage: it begins with the first of its tasks. */
class StageWatch {

    /** Tells nobody. */
    static final StageWatch NONE = new StageWatch();

    private StageWatch() {}

    /** Task {@code task} begins. */
    TaskWatch begin(int task) {
        return TaskWatch.NONE;
    }

    /** A watch over a stage of {@code taskCount} tasks; {@code what} says what it does, if it begins. */
    static StageWatch of(RunObserver observer, int stage, int taskCount, Supplier<String> what) {
        return new Told(observer, stage, taskCount, what);
    }

    private static final class Told extends StageWatch {

        private final RunObserver observer;
        private final int stage;
        private final int taskCount;
        private final Supplier<String> what;
        /** Written under the lock of this, so that nobody tells of a task before the stage has been told of. */
        private volatile boolean hasBegun;

        Told(RunObserver observer, int stage, int taskCount, Supplier<String> what) {
            this.observer = observer;
            this.stage = stage;
            this.taskCount = taskCount;
            this.what = what;
        }

        @Override
        TaskWatch begin(int task) {
            if (!hasBegun) {
                beginStage();
            }
            return TaskWatch.begin(observer, stage, task);
        }

        private synchronized void beginStage() {
            if (!hasBegun) {
                observer.stageStarted(stage, taskCount, what.get());
                hasBegun = true;
            }
        }
    }
}
