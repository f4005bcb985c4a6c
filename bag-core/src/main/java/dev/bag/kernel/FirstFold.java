package dev.bag.kernel;

import dev.bag.fold.Fold;
import dev.bag.trait.Copies;
import dev.bag.trait.Traits.RetainsCopies;
import org.jspecify.annotations.Nullable;

/** The first record: what {@code distinct} keeps of each key. */
public final class FirstFold implements Fold<Object, @Nullable Object, @Nullable Object>, RetainsCopies {

    private static final long serialVersionUID = 1;

    @Override
    public @Nullable Object zero() {
        return null;
    }

    @Override
    public Object add(@Nullable Object first, Object record) {
        return first == null ? Copies.of(record) : first;
    }

    @Override
    public @Nullable Object merge(@Nullable Object left, @Nullable Object right) {
        return left == null ? right : left;
    }

    @Override
    public @Nullable Object finish(@Nullable Object first) {
        return first;
    }

    @Override
    public boolean mergesExactly() {
        return true;
    }
}
