package dev.bag.key;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The hash that an interface of the JDK demands of its implementations: a function of the hashes of what is in them. */
enum Content {
    LIST {
        @Override
        int hash(Object key, PartHash of) {
            int hash = 1;
            for (Object element : (List<?>) key) {
                hash = 31 * hash + of.hash(element, key);
            }
            return hash;
        }
    },
    SET {
        @Override
        int hash(Object key, PartHash of) {
            int hash = 0;
            for (Object element : (Set<?>) key) {
                hash += of.hash(element, key);
            }
            return hash;
        }
    },
    MAP {
        @Override
        int hash(Object key, PartHash of) {
            int hash = 0;
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) key).entrySet()) {
                hash += ENTRY.hash(entry, of);
            }
            return hash;
        }
    },
    ENTRY {
        @Override
        int hash(Object key, PartHash of) {
            Map.Entry<?, ?> entry = (Map.Entry<?, ?>) key;
            return of.hash(entry.getKey(), key) ^ of.hash(entry.getValue(), key);
        }
    };

    /** The hash of a part of a whole. */
    @FunctionalInterface
    interface PartHash {

        int hash(@Nullable Object part, Object whole);
    }

    /** What objects of class {@code type} have in them; null for a class that implements none of the interfaces. */
    static @Nullable Content of(Class<?> type) {
        if (List.class.isAssignableFrom(type)) {
            return LIST;
        }
        if (Set.class.isAssignableFrom(type)) {
            return SET;
        }
        if (Map.class.isAssignableFrom(type)) {
            return MAP;
        }
        return Map.Entry.class.isAssignableFrom(type) ? ENTRY : null;
    }

    /** The hash of {@code key}, of whose parts {@code of} is asked for. */
    abstract int hash(Object key, PartHash of);

    /**
     * Whether {@code equals} and {@code hashCode} as {@code declaring} defines them are those of the interface for certain.
     * They are in the collections of the JDK, but for the wrappers, which leave both to what they wrap. (A set made of a map
     * is as certain as the keys of that map are.)
     */
    static boolean isKeptBy(Class<?> declaring) {
        return declaring.getClassLoader() == null
                && (declaring.getPackageName().equals("java.util")
                        || declaring.getPackageName().equals("java.util.concurrent"))
                && (declaring.getEnclosingClass() != Collections.class
                        || declaring.getSimpleName().equals("SetFromMap"));
    }
}
