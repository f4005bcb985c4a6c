package dev.bag.serial;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** In which order a hash map or set of the JDK iterates: that of the lowest bits of the hashes, more the larger its table. */
final class HashOrder {

    private static final int FEWEST = 16;
    private static final int MOST = 1 << 30;

    private HashOrder() {}

    static <K extends @Nullable Object, V extends @Nullable Object> Map<K, V> concurrentMap(int tableSize) {
        return new ConcurrentHashMap<>(tableSize - 1, 1, 1);
    }

    /** A size of the table with which keys lie in this order, the one to which it grows by itself if that is one. */
    static int tableSize(Iterable<?> keys, int count) {
        int grown = FEWEST;
        while (grown < MOST && isTooSmall(grown, count)) {
            grown *= 2;
        }
        if (isOrderOf(grown, keys)) {
            return grown;
        }
        for (int size = 1; size < MOST; size *= 2) {
            if (!isTooSmall(size, count) && isOrderOf(size, keys)) {
                return size;
            }
        }
        return grown;
    }

    /** As a table that is three quarters full grows. */
    private static boolean isTooSmall(int size, int count) {
        return count > size - size / 4;
    }

    private static boolean isOrderOf(int size, Iterable<?> keys) {
        int before = 0;
        for (Object key : keys) {
            int hash = key == null ? 0 : key.hashCode();
            int place = (hash ^ hash >>> 16) & size - 1;
            if (place < before) {
                return false;
            }
            before = place;
        }
        return true;
    }
}
