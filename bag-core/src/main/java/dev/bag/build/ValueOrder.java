package dev.bag.build;

import dev.bag.trait.Traits.LargestValueFirst;
import dev.bag.value.Pair;
import java.io.Serializable;
import java.util.Comparator;

/**
 * The order of entries by their values.
 *
 * @param order of the values
 */
public record ValueOrder<K, V>(Comparator<? super V> order) implements Comparator<Pair<K, V>>, Serializable {

    @Override
    public int compare(Pair<K, V> left, Pair<K, V> right) {
        return order.compare(left.second(), right.second());
    }

    /** Says of the natural order what it is. */
    @Override
    public Comparator<Pair<K, V>> reversed() {
        return order instanceof NaturalOrder ? new LargestFirst<>() : Comparator.super.reversed();
    }

    private record LargestFirst<K, V>() implements Comparator<Pair<K, V>>, LargestValueFirst, Serializable {

        @Override
        public int compare(Pair<K, V> left, Pair<K, V> right) {
            return NaturalOrder.<V>get().compare(right.second(), left.second());
        }
    }
}
