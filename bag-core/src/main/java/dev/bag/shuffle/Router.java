package dev.bag.shuffle;

import dev.bag.function.CheckedFunction;
import dev.bag.kernel.Keys;
import dev.bag.kernel.StableHash;
import java.io.Serializable;

/** What becomes of a record on its way through a shuffle: which target it goes to, and what of it goes there. */
public interface Router {

    /** How many targets there are. */
    int targetCount();

    /** Whether entries have keys. */
    boolean isKeyed();

    /** Adds the entry of {@code record}, which came in part {@code partition} of the bag. */
    void route(Object record, int partition, EntrySink to) throws Throwable;

    /** Records go where their key says, without it. */
    static Router byKey(CheckedFunction<Object, ?> key, int targetCount) {
        return new Router() {
            @Override
            public int targetCount() {
                return targetCount;
            }

            @Override
            public boolean isKeyed() {
                return false;
            }

            @Override
            public void route(Object record, int partition, EntrySink to) throws Throwable {
                to.add(StableHash.target(Keys.notNull(key.applyChecked(record)), targetCount), null, record);
            }
        };
    }

    /** For each record an entry of its key and its value. */
    static Router entries(Extract extract, int targetCount) {
        return new Router() {
            @Override
            public int targetCount() {
                return targetCount;
            }

            @Override
            public boolean isKeyed() {
                return true;
            }

            @Override
            public void route(Object record, int partition, EntrySink to) throws Throwable {
                Object key = Keys.notNull(extract.key().applyChecked(record));
                to.add(StableHash.target(key, targetCount), key, extract.value().applyChecked(record));
            }
        };
    }

    /** As {@link #entries}, of a bag whose partitions are the targets already. */
    static Router inPlace(Extract extract, int targetCount) {
        return new Router() {
            @Override
            public int targetCount() {
                return targetCount;
            }

            @Override
            public boolean isKeyed() {
                return true;
            }

            @Override
            public void route(Object record, int partition, EntrySink to) throws Throwable {
                Object key = Keys.notNull(extract.key().applyChecked(record));
                to.add(partition, key, extract.value().applyChecked(record));
            }
        };
    }

    /** Records go to the target with the number of their partition. */
    static Router toPartition(int targetCount) {
        return new Router() {
            @Override
            public int targetCount() {
                return targetCount;
            }

            @Override
            public boolean isKeyed() {
                return false;
            }

            @Override
            public void route(Object record, int partition, EntrySink to) throws Throwable {
                to.add(partition, null, record);
            }
        };
    }

    /** Records stay together. */
    static Router together() {
        return new Router() {
            @Override
            public int targetCount() {
                return 1;
            }

            @Override
            public boolean isKeyed() {
                return false;
            }

            @Override
            public void route(Object record, int partition, EntrySink to) throws Throwable {
                to.add(0, null, record);
            }
        };
    }

    /** How key and value are had from a record. */
    record Extract(CheckedFunction<Object, ?> key, CheckedFunction<Object, ?> value) implements Serializable {}
}
