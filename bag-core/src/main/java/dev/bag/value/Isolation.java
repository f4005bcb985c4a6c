package dev.bag.value;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The worker processes of {@code Bag.mapIsolated}: how many, how long a call may take, and the options of their JVMs.
 *
 * <pre>{@code
 * Bag<Page> pages = files.mapIsolated(
 *         NativeRenderer::render,
 *         Isolation.of(4).timeout(Duration.ofSeconds(30)).jvmOptions("-Xmx512m"));
 * }</pre>
 *
 * <p>Immutable: each method returns another one.
 *
 * @param workers the most worker processes at the same time, at least 1
 * @param timeout how long a call may take; if empty, as long as {@code taskTimeout} of the runner says, or any time
 * @param jvmOptions the options of the JVM of a worker, behind those that make it end when its memory is full
 */
public record Isolation(int workers, Optional<Duration> timeout, List<String> jvmOptions) implements Serializable {

    /** Checks the numbers, and copies the list. */
    public Isolation {
        if (workers < 1) {
            throw new IllegalArgumentException("mapIsolated(…, " + workers + "): at least 1 worker is needed");
        }
        Objects.requireNonNull(timeout, "timeout");
        if (timeout.isPresent() && (timeout.get().isNegative() || timeout.get().isZero())) {
            throw new IllegalArgumentException("timeout(" + timeout.get() + "): the time must be more than 0");
        }
        jvmOptions = List.copyOf(jvmOptions);
    }

    /**
     * Returns so many workers; their calls may take any time, with the options that a JVM has by default.
     *
     * @param workers at least 1
     * @throws IllegalArgumentException if {@code workers} is less than 1
     */
    public static Isolation of(int workers) {
        return new Isolation(workers, Optional.empty(), List.of());
    }

    /**
     * Returns the same with a limit of the time of each call. A worker that takes longer is ended, and counts as one that has died.
     *
     * @param limit more than 0
     * @throws IllegalArgumentException if {@code limit} is not more than 0
     */
    public Isolation timeout(Duration limit) {
        return new Isolation(workers, Optional.of(limit), jvmOptions);
    }

    /**
     * Returns the same with other options of the JVMs. Those of the JVM of the run are not passed on, but its class path and
     * module path are.
     *
     * @param options such as {@code "-Xmx512m"}
     */
    public Isolation jvmOptions(String... options) {
        return new Isolation(workers, timeout, List.of(options));
    }

    /** Optional values cannot be serialized, so the parts are. */
    private Object writeReplace() {
        return new Parts(workers, timeout.orElse(null), jvmOptions);
    }

    private record Parts(int workers, @Nullable Duration timeout, List<String> jvmOptions) implements Serializable {

        private Object readResolve() {
            return new Isolation(workers, Optional.ofNullable(timeout), jvmOptions);
        }
    }
}
