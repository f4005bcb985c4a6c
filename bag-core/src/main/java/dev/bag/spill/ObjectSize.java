package dev.bag.spill;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * About how many bytes of memory objects take, with all they refer to. Assumes references of 4 bytes and objects aligned
 * to 8, whatever this JVM does, so that the answer depends on the object only. Of large collections and arrays a few
 * elements are looked at. Classes that cannot be looked into count as small.
 */
public final class ObjectSize {

    static final int HEADER = 16;
    private static final int OPAQUE = 64;
    private static final int REFERENCE = 4;
    private static final int ELEMENTS_LOOKED_AT = 8;
    private static final int DEEPEST = 12;
    private static final int PER_ENTRY_OF_A_MAP = 48;
    private static final int PER_ELEMENT_OF_A_COLLECTION = 12;

    private ObjectSize() {}

    /** About how many bytes {@code object} takes, with all it refers to. */
    public static long of(@Nullable Object object) {
        return of(object, DEEPEST);
    }

    private static long of(@Nullable Object object, int depth) {
        if (object == null) {
            return 0;
        }
        if (object instanceof String text) {
            return ofString(text);
        }
        Class<?> type = object.getClass();
        ObjectLayout layout = ObjectLayout.of(type);
        return switch (layout.kind()) {
            case SHARED -> 0;
            case FIXED -> layout.shallowBytes();
            case PRIMITIVE_ARRAY -> HEADER + aligned((long) java.lang.reflect.Array.getLength(object) * layout.width());
            case ARRAY -> depth == 0 ? OPAQUE : ofArray((Object[]) object, depth);
            case COLLECTION -> depth == 0 ? OPAQUE : ofCollection((Collection<?>) object, depth);
            case MAP -> depth == 0 ? OPAQUE : ofMap((Map<?, ?>) object, depth);
            case OPTIONAL -> HEADER + of(((Optional<?>) object).orElse(null), depth);
            case FIELDS -> depth == 0 ? OPAQUE : ofFields(object, layout, depth);
            case OPAQUE -> OPAQUE;
        };
    }

    /** About how many bytes a string takes; most are of one byte a character. */
    public static long ofString(String text) {
        return 24 + HEADER + aligned(text.length());
    }

    private static long ofFields(Object object, ObjectLayout layout, int depth) {
        long sum = layout.shallowBytes();
        for (int i = 0; i < layout.referenceCount(); i++) {
            sum += of(layout.reference(object, i), depth - 1);
        }
        return sum;
    }

    private static long ofArray(Object[] array, int depth) {
        long sum = 0;
        int looked = Math.min(array.length, ELEMENTS_LOOKED_AT);
        for (int i = 0; i < looked; i++) {
            sum += of(array[(int) ((long) array.length * i / looked)], depth - 1);
        }
        return HEADER + aligned((long) array.length * REFERENCE) + scaled(sum, looked, array.length);
    }

    private static long ofCollection(Collection<?> collection, int depth) {
        int size = collection.size();
        long sum = 0;
        int looked = 0;
        Iterator<?> elements = collection.iterator();
        while (looked < ELEMENTS_LOOKED_AT && elements.hasNext()) {
            sum += of(elements.next(), depth - 1);
            looked++;
        }
        return OPAQUE + (long) size * PER_ELEMENT_OF_A_COLLECTION + scaled(sum, looked, size);
    }

    private static long ofMap(Map<?, ?> map, int depth) {
        long sum = 0;
        int looked = 0;
        Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        while (looked < ELEMENTS_LOOKED_AT && entries.hasNext()) {
            Map.Entry<?, ?> entry = entries.next();
            sum += of(entry.getKey(), depth - 1) + of(entry.getValue(), depth - 1);
            looked++;
        }
        return OPAQUE + (long) map.size() * PER_ENTRY_OF_A_MAP + scaled(sum, looked, map.size());
    }

    private static long scaled(long sum, int looked, int all) {
        return looked == 0 ? 0 : sum / looked * all;
    }

    static long aligned(long bytes) {
        return (bytes + 7) & ~7L;
    }
}
