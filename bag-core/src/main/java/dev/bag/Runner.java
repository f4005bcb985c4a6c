package dev.bag;

import dev.bag.run.Cluster;
import dev.bag.run.ClusterRunners;
import dev.bag.run.Engine;
import dev.bag.run.LocalEngine;
import dev.bag.run.TaskRules;
import dev.bag.schedule.Alarm;
import dev.bag.spill.Workspace;
import dev.bag.value.ByteSize;
import dev.bag.value.Retry;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
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

    private final @Nullable Dashboard dashboard;

    /** A runner on {@code engine}, which is closed with it if it is its own. */
    Runner(Engine engine, boolean closable) {
        this(engine, closable, new AtomicReference<>(), null);
    }

    private Runner(
            Engine engine,
            boolean closable,
            AtomicReference<@Nullable Report> lastReport,
            @Nullable Dashboard dashboard) {
        this.engine = engine;
        this.closable = closable;
        this.lastReport = lastReport;
        this.dashboard = dashboard;
    }

    static {
        ClusterRunners.maker(Runner::onCluster);
    }

    /** A runner that leaves its stages to {@code cluster}; calls run on threads of this process. */
    private static Runner onCluster(Cluster cluster, List<?> listeners) {
        List<Mailbox> mailboxes = listeners.stream()
                .map(listener -> new Mailbox((RunListener) listener))
                .toList();
        AtomicReference<@Nullable Report> lastReport = new AtomicReference<>();
        int threads = Runtime.getRuntime().availableProcessors();
        Engine engine = LocalEngine.of(
                threads, Workspace.byDefault(threads), () -> new ListenedRun(mailboxes, lastReport), cluster);
        return new Runner(engine, true, lastReport, null);
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
        return new Runner(LocalEngine.inline(() -> new ListenedRun(List.of(), lastReport)), true, lastReport, null);
    }

    /**
     * Returns the runner of actions that name none. It is built as {@link #local()} builds one, with the values that
     * the system properties {@code bag.threads}, {@code bag.memory} and {@code bag.tempDirectory} had when it was first
     * used, and with {@link Progress#bar()} if {@code bag.progress} was {@code true}; if it was {@code terminal}, with a bar also where
     * the terminal belongs to another process, as in jshell. It is never closed.
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

    /**
     * Returns where the page of {@link Builder#dashboard} is, for a browser on this machine.
     *
     * @throws IllegalStateException if the runner has none
     */
    public String dashboardUrl() {
        if (dashboard == null) {
            throw new IllegalStateException(
                    "dashboardUrl(): this runner has no dashboard." + " Build it with Runner.local().dashboard()");
        }
        return dashboard.url();
    }

    /** Cancels what runs, ends the threads, and returns when no function of a plan runs any more. */
    @Override
    public void close() {
        if (closable) {
            engine.close();
            if (dashboard != null) {
                dashboard.close();
            }
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
        private @Nullable Executor executor;
        private @Nullable Progress progress;
        private long memoryBytes = Workspace.halfOfTheHeap();
        private boolean hasDashboard;
        private Path tempDirectory = Workspace.systemTempDirectory();
        private Retry retry = Retry.times(1);
        private @Nullable Duration taskTimeout;
        private @Nullable Duration runTimeout;
        private Alarm alarm = Alarm.ofProcess();
        private final List<ContextCarrier> carriers = new ArrayList<>();
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
         * Sets an executor; the runner uses its threads in place of threads of its own, as many at once as {@link #threads} says.
         * They are used only while there is work. Makes no difference to any result.
         *
         * <p>The executor may have fewer threads, run what it is given on the calling thread, or be too busy to take it: then the
         * action takes longer, and does not wait for what the executor does elsewhere, because the thread that calls it works on it,
         * too, beside those of the executor. An asynchronous action, of which the executor takes nothing when it begins, is done when the
         * call that starts it returns. If the executor refuses something later, it is asked again; if it was shut down, the run fails with an {@link IllegalStateException}
         * as its cause. While a function waits inside of a task, a thread of the runner's own may take its place. {@link Bag#mapAsync}
         * and its kin have threads of their own as ever.
         *
         * <p>{@link Runner#close} does not shut the executor down.
         *
         * @param executor lends its threads, such as the {@link java.util.concurrent.ExecutorService} of an application
         */
        public Builder executor(Executor executor) {
            this.executor = Objects.requireNonNull(executor, "executor");
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
         * Sets how often a task that fails is run again, at most and at once; by default never. The same as {@code
         * retry(Retry.times(count + 1))}. A task that is run again starts
         * from its source, and nothing is left of what the failed attempt has made. But what functions have done
         * elsewhere, as in {@code peek} or {@code forEach}, they do again.
         *
         * <p>Never run again are: tasks that failed with an {@link Error} or an interrupt, or of a run that is cancelled; merges of the results of
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
            return retry(Retry.times(Math.addExact(count, 1)));
        }

        /**
         * Sets how often a task that fails is attempted, what is waited for in between, and for which failures, as {@link
         * #retries} does for all. No thread of the runner waits for the next attempt: it works on other tasks. Of {@code
         * retries} and {@code retry} the last call counts.
         *
         * <pre>{@code
         * Runner.local().retry(Retry.times(5)
         *         .backoff(Duration.ofMillis(100), Duration.ofSeconds(10))
         *         .when(failure -> failure instanceof IOException))
         * }</pre>
         *
         * @param attempts its predicate is given the user's own exception, on the thread of the task
         */
        public Builder retry(Retry attempts) {
            retry = Objects.requireNonNull(attempts, "attempts");
            return this;
        }

        /**
         * Sets how long a thread may work on a task without a pause; by default any time. A task is most often one
         * partition; the time counts in which its functions wait, or compute something by an action of their own, but not
         * that in which the task waits for the reader of a stream or for its next attempt.
         *
         * <p>The thread of a task that takes longer is interrupted. If the task heeds that, it fails with a {@link
         * java.util.concurrent.TimeoutException}, and is run again if {@link #retry} says so. If it does not within half a second,
         * the run fails with an error that says where the thread hangs, and the action returns <b>although that thread
         * works on</b>: what its function does to other things can come after the action has returned. Another
         * thread takes its place in the runner, and it ends when the function returns. A thread that belongs to the
         * caller, as with {@link Runner#inline()} and in an action inside of a task, cannot be left behind so.
         *
         * @param longest more than 0
         * @throws IllegalArgumentException if {@code longest} is 0 or less
         */
        public Builder taskTimeout(Duration longest) {
            taskTimeout = checkedTimeout("taskTimeout", longest);
            return this;
        }

        /**
         * Sets how long a run may take, from the beginning of the action or of reading the stream; by default any time. One that
         * takes longer fails with a {@link java.util.concurrent.TimeoutException} as its cause. Its threads are interrupted,
         * and one that does not heed that within half a second is left behind, as for {@link #taskTimeout}.
         *
         * @param longest more than 0
         * @throws IllegalArgumentException if {@code longest} is 0 or less
         */
        public Builder runTimeout(Duration longest) {
            runTimeout = checkedTimeout("runTimeout", longest);
            return this;
        }

        private static Duration checkedTimeout(String option, Duration longest) {
            if (longest.isNegative() || longest.isZero()) {
                throw new IllegalArgumentException(option + "(" + longest + "): more than 0 is needed");
            }
            return longest;
        }

        /**
         * Carries something of the calling thread into tasks. If there are several carriers, the first one is opened first and closed
         * last.
         *
         * @param carrier asked by each run
         */
        public Builder context(ContextCarrier carrier) {
            carriers.add(Objects.requireNonNull(carrier, "carrier"));
            return this;
        }

        /** Sets what says the time, and waits for it. */
        Builder alarm(Alarm clock) {
            alarm = clock;
            return this;
        }

        private TaskRules rules() {
            List<Supplier<? extends Callable<? extends AutoCloseable>>> contexts = new ArrayList<>();
            for (ContextCarrier carrier : carriers) {
                contexts.add(() -> carrier.capture()::open);
            }
            return new TaskRules(retry, taskTimeout, runTimeout, contexts, alarm);
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

        /**
         * Shows how far runs are: what was read of how much, the stage that is worked on, and its tasks. Runs inside of functions of
         * another run are part of that. Makes no difference to any result.
         *
         * @param shown such as {@link Progress#bar()}
         */
        public Builder progress(Progress shown) {
            progress = Objects.requireNonNull(shown, "shown");
            return this;
        }

        /**
         * Serves a page on this machine that shows the runs while they go on, and the last 20 that are over, as {@link Report#writeHtml}
         * draws them; {@link Runner#dashboardUrl} says where. It is there until the runner is closed. Only browsers on this machine
         * that know its path get it. Makes no difference to any result.
         */
        public Builder dashboard() {
            hasDashboard = true;
            return this;
        }

        /**
         * Returns a runner with these settings.
         *
         * @throws java.io.UncheckedIOException if there is to be a {@link #dashboard} and no port can be had
         */
        public Runner build() {
            return build(true);
        }

        private Runner build(boolean closable) {
            Workspace workspace = new Workspace(memoryBytes, tempDirectory, threads);
            List<Mailbox> mailboxes = listeners.stream().map(Mailbox::new).toList();
            AtomicReference<@Nullable Report> lastReport = new AtomicReference<>();
            RunProgress.Teller teller = progress == null ? null : new RunProgress.Teller(progress);
            Dashboard live = hasDashboard ? new Dashboard() : null;
            Alarm clock = alarm;
            Engine engine = LocalEngine.of(
                    threads,
                    executor,
                    workspace,
                    rules(),
                    () -> new ListenedRun(mailboxes, lastReport, live, teller, clock));
            return new Runner(engine, closable, lastReport, live);
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
            Builder builder = local().threads(threads()).tempDirectory(tempDirectory());
            builder.memoryBytes = memoryBytes();
            String progress = System.getProperty("bag.progress", "");
            if (progress.equals("true")) {
                builder.progress(Progress.bar());
            } else if (progress.equals("terminal")) {
                builder.progress(Progress.onTerminal());
            }
            return builder.build(false);
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
