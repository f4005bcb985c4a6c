package dev.bag.build;

import dev.bag.function.CheckedFunction;
import dev.bag.trait.KeepsKeys;
import dev.bag.value.Pair;
import java.util.Objects;

/** The same key with what a function answers for the value. */
public record OnValue<K, V, R>(CheckedFunction<? super V, ? extends R> f)
        implements CheckedFunction<Pair<K, V>, Pair<K, R>>, KeepsKeys {

    @Override
    public Pair<K, R> applyChecked(Pair<K, V> entry) throws Throwable {
        R value = f.applyChecked(entry.second());
        return new Pair<>(
                entry.first(), Objects.requireNonNull(value, "the function returned null, and a value is never null"));
    }
}
