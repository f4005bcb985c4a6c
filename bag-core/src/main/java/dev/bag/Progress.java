package dev.bag;

import dev.bag.show.Terminal;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Where it is shown how far runs are; see {@link Runner.Builder#progress}. Nothing is shown of a run that takes less than half a
 * second. What is shown is read from time to time by another thread, so it costs the run next to nothing.
 *
 * <pre>{@code
 * Runner runner = Runner.local().progress(Progress.bar()).build();
 * }</pre>
 */
public final class Progress {

    /** How often a terminal and a program are told, and how often a log is. */
    private static final Duration OFTEN = Duration.ofMillis(200);

    private static final Duration SELDOM = Duration.ofSeconds(10);

    private final Duration interval;
    private final Consumer<? super ProgressState> consumer;

    private Progress(Duration interval, Consumer<? super ProgressState> consumer) {
        this.interval = interval;
        this.consumer = consumer;
    }

    /**
     * Returns progress that is given to a program, five times a second, and once more when the run is over.
     *
     * @param consumer called by one thread at a time, which is none of the runner. While it does not return, states are left
     *     out
     */
    public static Progress to(Consumer<? super ProgressState> consumer) {
        return new Progress(OFTEN, Objects.requireNonNull(consumer, "consumer"));
    }

    /**
     * Returns progress that is printed to the error stream, a line each time: for logs.
     *
     * @param interval the time between two lines, more than 0
     * @throws IllegalArgumentException if {@code interval} is 0 or less
     */
    public static Progress lines(Duration interval) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("lines(" + interval + "): more than 0 is needed");
        }
        PrintStream out = System.err;
        return new Progress(interval, state -> out.println(ProgressText.line(state)));
    }

    /**
     * Returns progress that is printed to the error stream: on a terminal one line that changes, as wide as the variable {@code
     * COLUMNS} or {@code stty} says, or 80 characters; elsewhere a line every ten seconds. It says what the stage does, how much of the bytes
     * was read, how many records a second, and how long it will take. Of several runs at the same time a terminal shows the one that was
     * there first.
     */
    public static Progress bar() {
        return Terminal.isErrorStream() ? onTerminal() : lines(SELDOM);
    }

    /** Returns a bar, whether there is a terminal or not: in jshell it belongs to another process. */
    static Progress onTerminal() {
        return new Progress(OFTEN, new ProgressText.Bar(System.err, Terminal.columns()));
    }

    /** Returns how often it is told. */
    @Override
    public String toString() {
        return "Progress[each " + interval + "]";
    }

    Duration interval() {
        return interval;
    }

    Consumer<? super ProgressState> consumer() {
        return consumer;
    }
}
