package dev.bag.kernel;

import dev.bag.fold.Fold;
import dev.bag.function.CheckedPredicate;
import dev.bag.trait.Decidable;
import org.jspecify.annotations.Nullable;

/** {@code whenFound} if any record matches, else the contrary; decided by the first that does. */
public record MatchFold<T>(CheckedPredicate<? super T> predicate, boolean whenFound)
        implements Fold<T, Boolean, Boolean>, Decidable {

    @Override
    public Boolean zero() {
        return false;
    }

    @Override
    public Boolean add(Boolean matched, T record) {
        return matched || predicate.test(record);
    }

    @Override
    public Boolean merge(Boolean left, Boolean right) {
        return left || right;
    }

    @Override
    public Boolean finish(Boolean matched) {
        return matched == whenFound;
    }

    @Override
    public boolean mergesExactly() {
        return true;
    }

    @Override
    public boolean isDecidedBy(@Nullable Object accumulator) {
        return Boolean.TRUE.equals(accumulator);
    }
}
