package dev.bag;

import dev.bag.run.watch.Tally;
import java.io.Serializable;
import java.util.Objects;

/**
 * Counts something inside the functions of a plan, such as lines that look odd, without a fold of its own. What a run has
 * counted is in its {@link Report}.
 *
 * <p>Each run counts from 0. Only what counts for the result is counted: attempts that fail and are run again, and work
 * that turns out not to be needed, count nothing. So the value is the same for any number of threads and retries, as long as
 * the run succeeds and nothing in it is decided early, as by {@code anyMatch}. Of a run that fails it is what was counted in
 * the tasks that had ended.
 *
 * <p>Counters of the same name are the same counter. They have no state, and may be used by any number of runs at once.
 *
 * <pre>{@code
 * static final Counter ODD = Counter.named("odd lines");
 *
 * lines.filter(line -> {
 *     if (line.isBlank()) {
 *         ODD.increment();
 *     }
 *     return !line.isBlank();
 * }).count().compute(runner);
 * long odd = runner.lastReport().orElseThrow().count(ODD);
 * }</pre>
 */
public final class Counter implements Serializable {

    private static final long serialVersionUID = 1;

    private final String name;

    private Counter(String name) {
        this.name = name;
    }

    /**
     * Returns the counter of a name.
     *
     * @param name what reports call it
     * @throws IllegalArgumentException if {@code name} is blank
     */
    public static Counter named(String name) {
        if (Objects.requireNonNull(name, "name").isBlank()) {
            throw new IllegalArgumentException("named(\"" + name + "\"): a counter needs a name that is not blank");
        }
        return new Counter(name);
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    /**
     * Counts 1, as {@link #add} does.
     *
     * @throws IllegalStateException if the calling thread is in no function that a run has called
     */
    public void increment() {
        add(1);
    }

    /**
     * Counts {@code amount} for the run that has called the function that calls this, on the same thread.
     *
     * @param amount may be negative
     * @throws IllegalStateException if the calling thread is in no function that a run has called: then no run would know of
     *     it
     */
    public void add(long amount) {
        if (!Tally.count(name, amount)) {
            throw new IllegalStateException("counter \"" + name + "\": add(" + amount
                    + ") was called outside of a run, so nothing would count it. Call it in a function of a bag or a delayed"
                    + " value, on the thread that runs the function; a test can compute with Runner.inline().");
        }
    }

    /** Returns whether {@code other} is a counter of the same name. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Counter counter && counter.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** Returns {@code Counter[name]}. */
    @Override
    public String toString() {
        return "Counter[" + name + "]";
    }
}
