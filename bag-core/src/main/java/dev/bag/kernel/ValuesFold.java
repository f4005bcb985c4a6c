package dev.bag.kernel;

import dev.bag.fold.Fold;
import dev.bag.value.Pair;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of entries, as a list that grows. */
public final class ValuesFold implements Fold<Object, @Nullable Object, @Nullable Object> {

    private static final long serialVersionUID = 1;

    @Override
    public Object zero() {
        return new ArrayList<Object>();
    }

    @Override
    public @Nullable Object add(@Nullable Object values, Object entry) {
        list(values).add(((Pair<?, ?>) entry).second());
        return values;
    }

    @Override
    public @Nullable Object merge(@Nullable Object left, @Nullable Object right) {
        list(left).addAll(list(right));
        return left;
    }

    @Override
    public @Nullable Object finish(@Nullable Object values) {
        return values;
    }

    @Override
    public boolean mergesExactly() {
        return true;
    }

    /** What this fold has made, as the list it is. */
    @SuppressWarnings("unchecked") // zero makes a List<Object>
    static List<Object> list(@Nullable Object values) {
        if (values == null) {
            throw new IllegalStateException("a key without values");
        }
        return (List<Object>) values;
    }
}
