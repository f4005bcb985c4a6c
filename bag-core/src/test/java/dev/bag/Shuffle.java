package dev.bag;

import dev.bag.fold.Folds;
import dev.bag.function.CheckedFunction;
import dev.bag.value.Pair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Every operator that keeps records between stages, applied to texts with a key. Sorts need a key with an order. */
enum Shuffle {
    GROUP_BY((bag, key) -> bag.groupBy(key).entries()),
    GROUP_BY_STREAMING((bag, key) -> bag.groupByStreaming(key, (group, records) -> {
        List<String> all = new ArrayList<>();
        records.forEachRemaining(all::add);
        return Pair.of(group, all);
    })),
    FOLD_BY((bag, key) -> bag.foldBy(key, Folds.toList()).entries()),
    COUNT_BY((bag, key) -> bag.countBy(key).entries()),
    FREQUENCIES((bag, key) -> bag.<Object>map(key::applyChecked).frequencies().entries()),
    DISTINCT((bag, key) -> bag.<Object>map(key::applyChecked).distinct()),
    DISTINCT_BY((bag, key) -> bag.distinctBy(key)),
    GROUP_VALUES((bag, key) -> bag.<Object>keyBy(key).groupValues().entries()),
    FOLD_VALUES(
            (bag, key) -> bag.<Object>keyBy(key).foldValues(Folds.counting()).entries()),
    REDUCE_VALUES((bag, key) -> bag.<Object>keyBy(key)
            .reduceValues((a, b) -> a.compareTo(b) < 0 ? a : b)
            .entries()),
    COUNT_KEYS((bag, key) -> bag.<Object>keyBy(key).countKeys().entries()),
    JOIN((bag, key) -> left(bag, key).join(right(bag, key)).entries()),
    LEFT_JOIN((bag, key) -> left(bag, key).leftJoin(right(bag, key)).entries()),
    RIGHT_JOIN((bag, key) -> left(bag, key).rightJoin(right(bag, key)).entries()),
    FULL_JOIN((bag, key) -> left(bag, key).fullJoin(right(bag, key)).entries()),
    SEMI_JOIN((bag, key) -> left(bag, key).semiJoin(right(bag, key)).entries()),
    ANTI_JOIN((bag, key) -> left(bag, key).antiJoin(right(bag, key)).entries()),
    COGROUP((bag, key) -> left(bag, key).cogroup(right(bag, key)).entries()),
    PARTITION_BY_KEY((bag, key) -> bag.<Object>keyBy(key).partitionByKey(5).entries()),
    SORTED((bag, key) -> bag.sorted()),
    SORTED_BY_A_COMPARATOR((bag, key) -> bag.sorted(Comparator.reverseOrder())),
    SORT_BY((bag, key) -> bag.sortBy(text -> comparable(key.applyChecked(text)))),
    SORT_BY_KEY((bag, key) ->
            bag.keyBy(text -> comparable(key.applyChecked(text))).sortByKey().entries()),
    REPARTITION((bag, key) -> bag.repartition(2 * bag.partitionCount() + 1)),
    PRODUCT((bag, key) -> bag.filter(text -> text.hashCode() % 13 == 0).product(bag));

    private final Operation operation;

    private interface Operation {

        Bag<?> apply(Bag<String> bag, CheckedFunction<? super String, ?> key);
    }

    Shuffle(Operation operation) {
        this.operation = operation;
    }

    /** The bag that the operator makes of {@code bag}. */
    Bag<?> of(Bag<String> bag, CheckedFunction<? super String, ?> key) {
        return operation.apply(bag, key);
    }

    private static KeyedBag<Object, String> left(Bag<String> bag, CheckedFunction<? super String, ?> key) {
        return bag.filter(text -> text.hashCode() % 3 != 0).keyBy(key);
    }

    private static KeyedBag<Object, Integer> right(Bag<String> bag, CheckedFunction<? super String, ?> key) {
        return bag.filter(text -> text.hashCode() % 7 != 0).<Object>keyBy(key).mapValues(String::length);
    }

    private static String comparable(Object key) {
        return (String) key;
    }
}
