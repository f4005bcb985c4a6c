package dev.bag;

import dev.bag.fold.Fold;
import dev.bag.function.CheckedBinaryOperator;
import dev.bag.function.CheckedFunction;
import dev.bag.plan.Auxiliary;
import dev.bag.plan.KeepsKeys;
import dev.bag.value.Pair;
import java.util.Objects;
import java.util.Optional;

/** All records merged into one. */
final class Reducing {

    private Reducing() {}

    static <T> Fold<T, Optional<T>, Optional<T>> by(CheckedBinaryOperator<T> op) {
        return Fold.of(
                Optional::<T>empty,
                (reduced, record) -> Optional.of(reduced.isEmpty() ? record : apply(op, reduced.get(), record)),
                (left, right) -> left.isEmpty()
                        ? right
                        : right.isEmpty() ? left : Optional.of(apply(op, left.get(), right.get())));
    }

    /** What has come of the values of a key, of which there is at least one. */
    record Found<K, V>() implements CheckedFunction<Pair<K, Optional<V>>, Pair<K, V>>, KeepsKeys, Auxiliary {

        @Override
        public Pair<K, V> applyChecked(Pair<K, Optional<V>> entry) {
            return new Pair<>(entry.first(), entry.second().orElseThrow());
        }

        @Override
        public boolean comesFirst() {
            return false;
        }
    }

    private static <T> T apply(CheckedBinaryOperator<T> op, T left, T right) throws Throwable {
        return Objects.requireNonNull(
                op.applyChecked(left, right), "the function returned null, and a record is never null");
    }
}
