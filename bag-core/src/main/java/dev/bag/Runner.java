package dev.bag;

import dev.bag.schedule.Execution;
import dev.bag.schedule.Pool;
import java.util.Locale;

/**
 * Where plans run. {@link #local()} runs them on threads of its own, {@link #inline()} on the calling thread; actions
 * without a runner use {@link #defaultRunner()}, or, inside a function that a runner runs, that one.
 *
 * <p>A runner serves any number of actions at once. Its threads are daemons, named {@code bag-worker-N}, and start with
 * the first action.
 */
public final class Runner implements AutoCloseable {

    private final Pool pool;
    private final boolean closable;

    private Runner(Pool pool, boolean closable) {
        this.pool = pool;
        this.closable = closable;
    }

    /** Made when it is first asked for. */
    private static final class Default {
        static final Runner RUNNER = new Runner(Pool.of(threadsByDefault()), false);
    }

    /** A runner with threads of its own, to be built. */
    public static Builder local() {
        return new Builder();
    }

    /** A runner that does everything on the calling thread: for debugging. */
    public static Runner inline() {
        return new Runner(Pool.inline(), true);
    }

    /**
     * The runner of actions that name none. It has as many threads as there are processors, or as the system property
     * {@code bag.threads} said when it was first used. It is never closed.
     */
    public static Runner defaultRunner() {
        return Default.RUNNER;
    }

    /** The runner whose task the calling thread works on, or the default one. */
    static Runner current() {
        Execution execution = Execution.current();
        return execution == null ? defaultRunner() : new Runner(execution.pool(), false);
    }

    Pool pool() {
        return pool;
    }

    /** Cancels what runs, ends the threads, and returns when no function of a plan runs any more. */
    @Override
    public void close() {
        if (closable) {
            pool.close();
        }
    }

    /** In a word: how many threads. */
    @Override
    public String toString() {
        return "Runner[threads=" + pool.parallelism() + "]";
    }

    private static int threadsByDefault() {
        String property = System.getProperty("bag.threads");
        if (property == null) {
            return Runtime.getRuntime().availableProcessors();
        }
        try {
            return Builder.checkedThreads(Integer.parseInt(property.strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "bag.threads=%s: a whole number of at least 1 is needed", property), e);
        }
    }

    /** Sets up a local runner. */
    public static final class Builder {

        private int threads = Runtime.getRuntime().availableProcessors();

        private Builder() {}

        /**
         * How many tasks run at once; by default as many as there are processors. Makes no difference to any result.
         *
         * @param count at least 1
         */
        public Builder threads(int count) {
            threads = checkedThreads(count);
            return this;
        }

        /** The runner. */
        public Runner build() {
            return new Runner(Pool.of(threads), true);
        }

        private static int checkedThreads(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("threads(" + count + "): at least 1 is needed");
            }
            return count;
        }
    }
}
