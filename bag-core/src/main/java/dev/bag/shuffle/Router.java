package dev.bag.shuffle;

import dev.bag.function.CheckedFunction;
import dev.bag.kernel.Keys;
import dev.bag.kernel.StableHash;
import dev.bag.value.Pair;
import java.io.Serializable;

/**
 * What becomes of a record on its way through a shuffle: which target it goes to, and what of it goes there.
 *
 * @param targetCount how many targets there are
 * @param isKeyed whether entries have keys
 * @param route makes the entry of a record
 */
public record Router(int targetCount, boolean isKeyed, Route route) {

    /** Makes the entry of a record. */
    @FunctionalInterface
    public interface Route {

        /** Adds the entry of {@code record}, which came in part {@code partition} of the bag. */
        void add(Object record, int partition, EntrySink to) throws Throwable;
    }

    /** How key and value are had from a record. */
    public record Extract(CheckedFunction<Object, ?> key, CheckedFunction<Object, ?> value) implements Serializable {

        private Object keyOf(Object record) throws Throwable {
            return Keys.notNull(key.applyChecked(record));
        }
    }

    /** Records go where their key says, without it. */
    public static Router byKey(CheckedFunction<Object, ?> key, int targetCount) {
        return new Router(
                targetCount,
                false,
                (record, partition, to) ->
                        to.add(StableHash.target(Keys.notNull(key.applyChecked(record)), targetCount), null, record));
    }

    /** For each record an entry of its key and its value. */
    public static Router entries(Extract extract, int targetCount) {
        return new Router(targetCount, true, (record, partition, to) -> {
            Object key = extract.keyOf(record);
            to.add(StableHash.target(key, targetCount), key, extract.value().applyChecked(record));
        });
    }

    /** As {@link #entries}, of a bag whose partitions are the targets already. */
    public static Router inPlace(Extract extract, int targetCount) {
        return new Router(
                targetCount,
                true,
                (record, partition, to) ->
                        to.add(partition, extract.keyOf(record), extract.value().applyChecked(record)));
    }

    /** Records go to the target with the number of their partition. */
    public static Router toPartition(int targetCount) {
        return new Router(targetCount, false, (record, partition, to) -> to.add(partition, null, record));
    }

    /** Records stay together, each in a pair behind its key. */
    public static Router withKeys(CheckedFunction<Object, ?> key) {
        return new Router(
                1,
                false,
                (record, partition, to) ->
                        to.add(0, null, new Pair<>(Keys.notNull(key.applyChecked(record)), record)));
    }

    /** Records stay together. */
    public static Router together() {
        return new Router(1, false, (record, partition, to) -> to.add(0, null, record));
    }
}
