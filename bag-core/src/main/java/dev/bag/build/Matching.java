package dev.bag.build;

import dev.bag.fold.Fold;
import dev.bag.function.CheckedPredicate;
import dev.bag.kernel.MatchFold;
import java.util.Objects;

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
}
