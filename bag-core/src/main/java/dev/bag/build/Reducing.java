package dev.bag.build;

import dev.bag.fold.Fold;
import dev.bag.function.CheckedBiFunction;
import dev.bag.function.CheckedBinaryOperator;
import java.util.Objects;
import java.util.Optional;

/** All records merged into one. */
public final class Reducing {

    private Reducing() {}

    /** What all records come to; nothing where there is none. */
    public static <T> Fold<T, Optional<T>, Optional<T>> by(CheckedBinaryOperator<T> op) {
        return Fold.of(Optional::<T>empty, adding(op), merging(op));
    }

    /** What the values of a key come to, of which there is at least one. */
    public static <T> Fold<T, Optional<T>, T> ofSome(CheckedBinaryOperator<T> op) {
        return Fold.of(Optional::<T>empty, adding(op), merging(op), reduced -> reduced.orElseThrow());
    }

    private static <T> CheckedBiFunction<Optional<T>, T, Optional<T>> adding(CheckedBinaryOperator<T> op) {
        return (reduced, record) -> Optional.of(reduced.isEmpty() ? record : apply(op, reduced.get(), record));
    }

    private static <T> CheckedBinaryOperator<Optional<T>> merging(CheckedBinaryOperator<T> op) {
        return (left, right) ->
                left.isEmpty() ? right : right.isEmpty() ? left : Optional.of(apply(op, left.get(), right.get()));
    }

    private static <T> T apply(CheckedBinaryOperator<T> op, T left, T right) throws Throwable {
        return Objects.requireNonNull(
                op.applyChecked(left, right), "the function returned null, and a record is never null");
    }
}
