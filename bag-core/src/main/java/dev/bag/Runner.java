package dev.bag;

import dev.bag.run.Engine;
import dev.bag.run.LocalEngine;
import dev.bag.spill.Workspace;
import dev.bag.value.ByteSize;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Where plans run. {@link #local()} runs them on threads of its own, {@link #inline()} on the calling thread. Actions
 * without a runner use {@link #defaultRunner()}; inside a function of a plan they use the runner that runs the plan.
 *
 * <p>A runner serves any number of actions at once. Its threads are daemons, named {@code bag-worker-N}, and start with
 * the first action. While a function waits for an action of its own, or for records that are still on their way, another
 * thread takes its place: so there may be more threads than work at the same time.
 */
public final class Runner implements AutoCloseable {

    private final Engine engine;
    private final boolean closable;
    /** Left by the run that has ended last. */
    private final AtomicReference<@Nullable Report> lastReport;

    /** A runner on {@code engine}, which is closed with it if it is its own. */
    Runner(Engine engine, boolean closable) {
        this(engine, closable, new AtomicReference<>());
    }

    private Runner(Engine engine, boolean closable, AtomicReference<@Nullable Report> lastReport) {
        this.engine = engine;
        this.closable = closable;
        this.lastReport = lastReport;
    }

    /** Made when it is first asked for. */
    private static final class Default {
        static final Runner RUNNER = Defaults.runner();
    }

    /** Returns a builder of a runner with threads of its own. */
    public static Builder local() {
        return new Builder();
    }

    /** Returns a runner that does everything on the calling thread: for debugging. */
    public static Runner inline() {
        AtomicReference<@Nullable Report> lastReport = new AtomicReference<>();
        return new Runner(LocalEngine.inline(() -> new ListenedRun(List.of(), lastReport)), true, lastReport);
    }

    /**
     * Returns the runner of actions that name none. It is built as {@link #local()} builds one, with the values that
     * the system properties {@code bag.threads}, {@code bag.memory} and {@code bag.tempDirectory} had when it was first
     * used. It is never closed.
     */
    public static Runner defaultRunner() {
        return Default.RUNNER;
    }

    /** Returns the runner that runs the task of the calling thread, or the default runner if it runs none. */
    static Runner current() {
        Engine engine = LocalEngine.current();
        return engine == null ? defaultRunner() : new Runner(engine, false);
    }

    Engine engine() {
        return engine;
    }

    /**
     * Returns the report of the run that has ended last on this runner; empty before the first has ended, and after one that
     * had no memory left to make it. A run that failed has a report, too. It is there when the action returns; but if
     * several actions run at the same time, or one runs inside of another, it may be that of another one.
     */
    public Optional<Report> lastReport() {
        return Optional.ofNullable(lastReport.get());
    }

    /** Cancels what runs, ends the threads, and returns when no function of a plan runs any more. */
    @Override
    public void close() {
        if (closable) {
            engine.close();
        }
    }

    /** Returns the number of threads, in a word. */
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
         * Sets how many tasks run at once; by default as many as there are processors. Makes no difference to any
         * result.
         *
         * @param count at least 1
         * @throws IllegalArgumentException if {@code count} is less than 1
         */
        public Builder threads(int count) {
            threads = checkedThreads(count);
            return this;
        }

        /**
         * Sets about how much memory groupings, joins, sorts and persisted bags may take, all runs of the runner
         * together. What goes beyond it is written to disk and read back when it is needed. By default half of the
         * heap, because what is read, folded and returned takes memory, too. Makes no difference to any result.
         *
         * <p>Objects of any class can be written: by their fields, or as Java serializes them if their class defines
         * that. Transient fields are skipped if the class is {@code Serializable} and written otherwise. If an object
         * cannot be written, because the JDK does not give access to its fields, the run fails and names the class.
         *
         * @param size such as {@code "500MB"} or {@code "2 GiB"}; at least 1 byte; see {@link dev.bag.value.ByteSize}
         * @throws IllegalArgumentException if {@code size} is no size, or less than 1 byte
         */
        public Builder memory(String size) {
            memoryBytes = checkedMemory("memory", size);
            return this;
        }

        /**
         * Sets the folder for files of runs that need more memory than they may take; by default the system's folder
         * for temporary files. Each run makes a folder of its own in it, which only this user can read, and deletes it
         * at its end.
         *
         * @param directory must exist when it is needed
         */
        public Builder tempDirectory(Path directory) {
            tempDirectory = Objects.requireNonNull(directory, "directory");
            return this;
        }

        /**
         * Sets how often a task that fails is run again, at most; by default never. A task that is run again starts
         * from its source, and nothing is left of what the failed attempt has made. But what functions have done
         * elsewhere, as in {@code peek} or {@code forEach}, they do again.
         *
         * <p>Never run again are: tasks that failed with an {@link Error} or an interrupt; merges of the results of
         * several tasks, because merging changes them; and what is read through {@code stream()}. With retries, one
         * compressed file is worked on by one thread.
         *
         * @param count at least 0
         * @throws IllegalArgumentException if {@code count} is negative
         */
        public Builder retries(int count) {
            if (count < 0) {
                throw new IllegalArgumentException("retries(" + count + "): 0 or more are needed");
            }
            retries = count;
            return this;
        }

        /**
         * Adds a listener to the runs of the runner. Makes no difference to any result.
         *
         * @param listener called on a thread of its own
         */
        public Builder listener(RunListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /** Returns a runner with these settings. */
        public Runner build() {
            Workspace workspace = new Workspace(memoryBytes, tempDirectory, threads);
            List<Mailbox> mailboxes = listeners.stream().map(Mailbox::new).toList();
            AtomicReference<@Nullable Report> lastReport = new AtomicReference<>();
            Engine engine =
                    LocalEngine.of(threads, workspace, retries, () -> new ListenedRun(mailboxes, lastReport));
            return new Runner(engine, true, lastReport);
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

    /** What the system properties say of the default runner. */
    private static final class Defaults {

        private Defaults() {}

        /** The default runner. */
        static Runner runner() {
            int threads = threads();
            AtomicReference<@Nullable Report> lastReport = new AtomicReference<>();
            Workspace workspace = new Workspace(memoryBytes(), tempDirectory(), threads);
            Engine engine = LocalEngine.of(threads, workspace, 0, () -> new ListenedRun(List.of(), lastReport));
            return new Runner(engine, false, lastReport);
        }

        private static int threads() {
            String property = System.getProperty("bag.threads");
            if (property == null) {
                return Runtime.getRuntime().availableProcessors();
            }
            try {
                return Runner.Builder.checkedThreads(Integer.parseInt(property.strip()));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "bag.threads=%s: a whole number of at least 1 is needed", property),
                        e);
            }
        }

        private static long memoryBytes() {
            String property = System.getProperty("bag.memory");
            return property == null ? Workspace.halfOfTheHeap() : Runner.Builder.checkedMemory("bag.memory", property);
        }

        private static Path tempDirectory() {
            String property = System.getProperty("bag.tempDirectory");
            if (property == null) {
                return Workspace.systemTempDirectory();
            }
            try {
                return Path.of(property);
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException("bag.tempDirectory=" + property + ": this is no path", e);
            }
        }
    }
}
