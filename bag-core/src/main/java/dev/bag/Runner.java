package dev.bag;

import dev.bag.run.Engine;
import dev.bag.run.LocalEngine;
import dev.bag.spill.Workspace;
import dev.bag.value.ByteSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Where plans run. {@link #local()} runs them on threads of its own, {@link #inline()} on the calling thread; actions
 * without a runner use {@link #defaultRunner()}, or, inside a function that a runner runs, that one.
 *
 * <p>A runner serves any number of actions at once. Its threads are daemons, named {@code bag-worker-N}, and start with
 * the first action.
 */
public final class Runner implements AutoCloseable {

    private final Engine engine;
    private final boolean closable;

    /** A runner on {@code engine}, which is closed with it if it is its own. */
    Runner(Engine engine, boolean closable) {
        this.engine = engine;
        this.closable = closable;
    }

    /** Made when it is first asked for. */
    private static final class Default {
        static final Runner RUNNER = new Runner(RunnerDefaults.engine(), false);
    }

    /** A runner with threads of its own, to be built. */
    public static Builder local() {
        return new Builder();
    }

    /** A runner that does everything on the calling thread: for debugging. */
    public static Runner inline() {
        return new Runner(LocalEngine.inline(), true);
    }

    /**
     * The runner of actions that name none. It is built as {@link #local()} builds one, with what the system properties
     * {@code bag.threads}, {@code bag.memory} and {@code bag.tempDirectory} said when it was first used. It is never
     * closed.
     */
    public static Runner defaultRunner() {
        return Default.RUNNER;
    }

    /** The runner whose task the calling thread works on, or the default one. */
    static Runner current() {
        Engine engine = LocalEngine.current();
        return engine == null ? defaultRunner() : new Runner(engine, false);
    }

    Engine engine() {
        return engine;
    }

    /** Cancels what runs, ends the threads, and returns when no function of a plan runs any more. */
    @Override
    public void close() {
        if (closable) {
            engine.close();
        }
    }

    /** In a word: how many threads. */
    @Override
    public String toString() {
        return "Runner[threads=" + engine.parallelism() + "]";
    }

    /** Sets up a local runner. */
    public static final class Builder {

        private int threads = Runtime.getRuntime().availableProcessors();
        private long memoryBytes = Workspace.halfOfTheHeap();
        private Path tempDirectory = Workspace.systemTempDirectory();
        private int retries;
        private final List<RunListener> listeners = new ArrayList<>();

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

        /**
         * About how much memory groupings, joins, sorts and what is kept may take, all runs of the runner together; what
         * goes beyond it is written to disk and read back when it is needed. By default half of the heap, because what
         * is read, folded and answered takes memory, too. Makes no difference to any result.
         *
         * <p>Written to disk are objects of any class, by their fields, or as Java serializes them where their class has a
         * say in that; the transient fields of a Serializable class are left out, and of others are not. Where an object
         * cannot be written, as when the JDK does not let us see what is in it, the run fails and names the class.
         *
         * @param size such as {@code "500MB"} or {@code "2 GiB"}
         */
        public Builder memory(String size) {
            memoryBytes = checkedMemory("memory", size);
            return this;
        }

        /**
         * The folder in which runs that need more memory than they may take make files, in a folder of their own that
         * only this user can read, and that is deleted when the run is over. By default that for temporary files of the
         * system. It must exist when it is needed.
         */
        public Builder tempDirectory(Path directory) {
            tempDirectory = Objects.requireNonNull(directory, "directory");
            return this;
        }

        /**
         * How often a task that fails is run again, at most; by default never. A task that is run again starts from its
         * source, and nothing is left of what the failed attempt has made; but what functions have done elsewhere, as in
         * {@code peek} or {@code forEach}, they do again. Never run again: after an {@link Error} or an interrupt, what
         * merges results of several tasks, because merging changes them, and what is read through {@code stream()}. One
         * compressed file is then worked on by one thread.
         *
         * @param count at least 0
         */
        public Builder retries(int count) {
            if (count < 0) {
                throw new IllegalArgumentException("retries(" + count + "): 0 or more are needed");
            }
            retries = count;
            return this;
        }

        /**
         * Whom to tell what the runs of the runner do, besides those who were named before. Makes no difference to any
         * result.
         */
        public Builder listener(RunListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /** The runner. */
        public Runner build() {
            Workspace workspace = new Workspace(memoryBytes, tempDirectory, threads);
            List<Mailbox> mailboxes = listeners.stream().map(Mailbox::new).toList();
            Engine engine = LocalEngine.of(
                    threads, workspace, retries, () -> mailboxes.isEmpty() ? null : new ListenedRun(mailboxes));
            return new Runner(engine, true);
        }

        static long checkedMemory(String option, String size) {
            long bytes = ByteSize.parse(option, size);
            if (bytes < 1) {
                throw new IllegalArgumentException(option + "(\"" + size + "\"): at least 1 byte is needed");
            }
            return bytes;
        }

        static int checkedThreads(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("threads(" + count + "): at least 1 is needed");
            }
            return count;
        }
    }
}
