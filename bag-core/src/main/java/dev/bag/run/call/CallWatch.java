package dev.bag.run.call;

import dev.bag.schedule.Execution;

/** Is told of one call of a run. */
@FunctionalInterface
public interface CallWatch {

    /** Tells nobody. */
    CallWatch NONE = () -> Begun.NONE;

    /** The call begins. */
    Begun begin();

    /** Is told how a call that has begun ends. */
    interface Begun {

        /** Tells nobody. */
        Begun NONE = new Begun() {
            @Override
            public void ended() {}

            @Override
            public void runsAgain(Throwable thrown, int attemptsLeft) {}

            @Override
            public void begunAgain() {}

            @Override
            public void failed(Throwable thrown, Execution execution) {}
        };

        /** It has returned. */
        void ended();

        /** An attempt has thrown {@code thrown}; another one follows, now or later. */
        void runsAgain(Throwable thrown, int attemptsLeft);

        /** The attempt that was to follow begins. */
        void begunAgain();

        /** It has thrown {@code thrown}, and that is its end. */
        void failed(Throwable thrown, Execution execution);
    }
}
