package dev.bag.build;

import dev.bag.fold.Fold;
import dev.bag.function.CheckedBinaryOperator;
import dev.bag.trait.Copies;
import dev.bag.trait.Traits.RetainsCopies;
import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;

/** All records merged into one. */
public final class Reducing {

    private Reducing() {}

    /** What all records come to; nothing where there is none. */
    public static <T> Fold<T, Optional<T>, Optional<T>> by(CheckedBinaryOperator<T> op) {
        return new ReducedFold<>(op, reduced -> reduced);
    }

    /** What the values of a key come to, of which there is at least one. */
    public static <T> Fold<T, Optional<T>, T> ofSome(CheckedBinaryOperator<T> op) {
        return new ReducedFold<>(op, Optional::orElseThrow);
    }

    private record ReducedFold<T, R>(CheckedBinaryOperator<T> op, Result<T, R> result)
            implements Fold<T, Optional<T>, R>, RetainsCopies {

        /** What is made of that which all records have come to. */
        private interface Result<T, R> extends Serializable {
            R of(Optional<T> reduced);
        }

        @Override
        public Optional<T> zero() {
            return Optional.empty();
        }

        /** Mostly one of both is what comes out, and that which was kept before is a copy already. */
        @Override
        public Optional<T> add(Optional<T> reduced, T record) {
            if (reduced.isEmpty()) {
                return Optional.of(Copies.of(record));
            }
            T before = reduced.get();
            T after = apply(before, record);
            return after == before ? reduced : Optional.of(Copies.of(after));
        }

        @Override
        public Optional<T> merge(Optional<T> left, Optional<T> right) {
            return left.isEmpty() ? right : right.isEmpty() ? left : Optional.of(apply(left.get(), right.get()));
        }

        private T apply(T left, T right) {
            return Objects.requireNonNull(
                    op.apply(left, right), "the function returned null, and a record is never null");
        }

        @Override
        public R finish(Optional<T> reduced) {
            return result.of(reduced);
        }
    }
}
