package dev.bag.fold;

import dev.bag.function.CheckedFunction;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A fold of the records of each key. */
record GroupedFold<T, K, A extends @Nullable Object, R extends @Nullable Object>(
        CheckedFunction<? super T, ? extends K> key, Fold<? super T, A, R> fold)
        implements Fold<T, LinkedHashMap<K, Slot<A>>, Map<K, R>> {

    GroupedFold {
        Objects.requireNonNull(key, "f");
        Objects.requireNonNull(fold, "fold");
    }

    @Override
    public LinkedHashMap<K, Slot<A>> zero() {
        return new LinkedHashMap<>();
    }

    @Override
    public LinkedHashMap<K, Slot<A>> add(LinkedHashMap<K, Slot<A>> groups, T record) {
        groups.computeIfAbsent(keyOf(record), newKey -> new Slot<>(fold.zero())).add(fold, record);
        return groups;
    }

    private K keyOf(T record) {
        return Objects.requireNonNull(
                key.apply(record),
                "grouping: the function returned null, and a key is never null. "
                        + "Leave these records out with filtering, or return an Optional.");
    }

    @Override
    public LinkedHashMap<K, Slot<A>> merge(LinkedHashMap<K, Slot<A>> left, LinkedHashMap<K, Slot<A>> right) {
        right.forEach((newKey, later) -> {
            Slot<A> group = left.putIfAbsent(newKey, later);
            if (group != null) {
                group.merge(fold, later);
            }
        });
        return left;
    }

    @Override
    public Map<K, R> finish(LinkedHashMap<K, Slot<A>> groups) {
        Map<K, R> results = new LinkedHashMap<>();
        groups.forEach((each, group) -> results.put(each, group.finish(fold)));
        return Collections.unmodifiableMap(results);
    }

    @Override
    public boolean mergesExactly() {
        return fold.mergesExactly();
    }
}
