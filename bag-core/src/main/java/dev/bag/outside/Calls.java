package dev.bag.outside;

import dev.bag.function.CheckedFunction;
import dev.bag.schedule.Execution;
import dev.bag.schedule.Pool;
import dev.bag.trait.Outside;
import dev.bag.value.InFlight;
import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A function that is called for several records at once, on threads of their own. How many calls are in flight is limited for
 * all that one runner does with it, in any number of runs.
 */
public final class Calls<T, R> implements Outside<T, R> {

    private static final long serialVersionUID = 1;

    private final Call.Target<T> target;
    /** As many as the runner has threads, if it is null. */
    private final @Nullable InFlight inFlight;
    /** By the pool of the runner. */
    private final transient Map<Object, Limiter> limiters = Collections.synchronizedMap(new WeakHashMap<>());

    private Calls(Call.Target<T> target, @Nullable InFlight inFlight) {
        this.target = target;
        this.inFlight = inFlight;
    }

    /** Calls of a function that waits for its result. */
    public static <T, R> Calls<T, R> waiting(CheckedFunction<? super T, ? extends R> f, InFlight inFlight) {
        return new Calls<>(new Call.Target<T>(f, false), inFlight);
    }

    /** Calls of a function that waits for its result, as many at once as the runner has threads. */
    public static <T, R> Calls<T, R> asManyAsThreads(CheckedFunction<? super T, ? extends R> f) {
        return new Calls<>(new Call.Target<T>(f, false), null);
    }

    /** Calls of a function that returns a stage at once. */
    public static <T, R> Calls<T, R> ofStages(
            CheckedFunction<? super T, ? extends CompletionStage<? extends R>> f, InFlight inFlight) {
        return new Calls<>(new Call.Target<T>(f, true), inFlight);
    }

    @Override
    public boolean oneForOne() {
        return true;
    }

    /** Returns the function. */
    public CheckedFunction<? super T, ? extends @Nullable Object> function() {
        return target.function();
    }

    @Override
    public Work<T, R> open(Object task) {
        Execution execution = Execution.current();
        if (execution == null || execution.isAlone()) {
            return new CallsInTurn<>(target, limiterOf(execution == null ? this : execution.pool(), 1));
        }
        Pool pool = execution.pool();
        return new Window<>(target, limiterOf(pool, pool.parallelism()), execution);
    }

    private Limiter limiterOf(Object runner, int threads) {
        InFlight limit = inFlight == null ? InFlight.of(threads) : inFlight;
        return limiters.computeIfAbsent(runner, of -> new Limiter(limit));
    }

    /** A copy has limiters of its own. */
    private Object writeReplace() {
        return new Written(target, inFlight);
    }

    private record Written(Call.Target<?> target, @Nullable InFlight inFlight) implements Serializable {

        private Object readResolve() {
            return new Calls<>(target, inFlight);
        }
    }
}
