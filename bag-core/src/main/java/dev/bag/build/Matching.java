package dev.bag.build;

import dev.bag.fold.Fold;
import dev.bag.function.CheckedPredicate;
import dev.bag.trait.Traits.Decidable;
import dev.bag.trait.Traits.RetainsNothing;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether any, all or no records match: folds that are decided by the first record that decides them. */
public final class Matching {

    private Matching() {}

    /** Whether any record matches. */
    public static <T> Fold<T, Boolean, Boolean> any(CheckedPredicate<? super T> predicate) {
        return new MatchFold<>(Objects.requireNonNull(predicate, "predicate"), true);
    }

    /** Whether no record matches. */
    public static <T> Fold<T, Boolean, Boolean> none(CheckedPredicate<? super T> predicate) {
        return new MatchFold<>(Objects.requireNonNull(predicate, "predicate"), false);
    }

    /** Whether all records match. */
    public static <T> Fold<T, Boolean, Boolean> all(CheckedPredicate<? super T> predicate) {
        Objects.requireNonNull(predicate, "predicate");
        return new MatchFold<>(record -> !predicate.testChecked(record), false);
    }

    /** {@code whenFound} if any record matches, else the contrary; decided by the first that does. */
    private record MatchFold<T>(CheckedPredicate<? super T> predicate, boolean whenFound)
            implements Fold<T, Boolean, Boolean>, Decidable, RetainsNothing {

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
}
