package dev.bag.key;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** When two keys are the same one: by {@code equals}, and arrays by their content. */
public final class Keys {

    private Keys() {}

    /** The key, unless it is null. */
    public static <K> K notNull(@Nullable K key) {
        if (key == null) {
            throw new NullPointerException("the key is null, and a key is never null:"
                    + " filter these records out before, or return an Optional as the key");
        }
        return key;
    }

    static int hash(Object key) {
        int hash = key.getClass().isArray() ? arrayHash(key) : key.hashCode();
        return hash ^ (hash >>> 16);
    }

    /** Whether both are the same key. */
    public static boolean same(Object a, Object b) {
        return a == b || a.equals(b) || (a.getClass().isArray() && Objects.deepEquals(a, b));
    }

    private static int arrayHash(Object key) {
        return Arrays.deepHashCode(new Object[] {key});
    }
}
