package dev.bag.isolate;

import dev.bag.function.CheckedFunction;
import dev.bag.schedule.Execution;
import dev.bag.value.Isolation;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A function that is called in a worker: a process of its own. The calling thread waits; if it is interrupted, the worker is
 * ended.
 */
public final class Isolated<T, R> implements CheckedFunction<T, R> {

    private static final long serialVersionUID = 1;

    private final CheckedFunction<? super T, ? extends R> function;
    private final Isolation isolation;
    private final transient byte[] bytes;

    /**
     * The function {@code function} in a worker.
     *
     * @throws IllegalArgumentException if it cannot be sent to another process
     */
    public Isolated(CheckedFunction<? super T, ? extends R> function, Isolation isolation) {
        this.function = function;
        this.isolation = isolation;
        this.bytes = SentFunction.bytes(function);
    }

    /** Returns what is called in a worker. */
    public CheckedFunction<? super T, ? extends R> function() {
        return function;
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // the function returns an R; the engine refuses a null
    public R applyChecked(T record) throws Throwable {
        @Nullable Execution execution = Execution.current();
        if (execution != null) {
            return (R) execution.owned(this, this::newCrew).call(record, execution);
        }
        try (Crew crew = newCrew()) {
            return (R) crew.call(record, null);
        }
    }

    private Crew newCrew() {
        ClassLoader loader = function.getClass().getClassLoader();
        return new Crew(bytes, isolation, loader == null ? ClassLoader.getSystemClassLoader() : loader);
    }

    /** A copy is made as the first one was. */
    private Object writeReplace() {
        return new Written(function, isolation);
    }

    private record Written(CheckedFunction<?, ?> function, Isolation isolation) implements Serializable {

        private Object readResolve() {
            return new Isolated<>(function, isolation);
        }
    }
}
