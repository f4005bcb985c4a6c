package dev.bag.memory;

import dev.bag.value.Utf8;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * About how many bytes of memory objects take, with all they refer to. Assumes references of 4 bytes and objects aligned
 * to 8, whatever this JVM does, so that the result depends on the object only. Of large collections and arrays a few
 * elements are looked at, and of any object no more than a thousand that it refers to; what refers back to what contains
 * it counts once. Classes that cannot be looked into count as small.
 */
public final class ObjectSize {

    static final int HEADER = 16;
    /** Of what cannot be looked into, or is not looked into any more. */
    static final int UNKNOWN = 64;

    static final int REFERENCE = 4;
    private static final int ELEMENTS_LOOKED_AT = 8;
    private static final int DEEPEST = 12;
    private static final int MOST_LOOKED_INTO = 1000;
    /** So that no sum of such leaves the range of a long. */
    private static final long LARGEST = 1L << 50;

    /** What is being looked into, from the outermost on. */
    private final @Nullable Object[] path = new @Nullable Object[DEEPEST];

    private int depth;
    /** How many more may be looked into; of those within one object each has its share. */
    private int left = MOST_LOOKED_INTO;

    private ObjectSize() {}

    /** About how many bytes {@code object} takes, with all it refers to. */
    public static long of(@Nullable Object object) {
        if (object == null) {
            return 0;
        }
        if (object instanceof String text) {
            return ofString(text);
        }
        if (object instanceof Utf8 text) {
            return ofUtf8(text);
        }
        ObjectLayout layout = ObjectLayout.of(object.getClass());
        return layout.isLookedInto() ? new ObjectSize().lookInto(object, layout) : ofOneObject(object, layout);
    }

    /** About how many bytes a string takes; most are of one byte a character. */
    public static long ofString(String text) {
        return 24 + HEADER + aligned(text.length());
    }

    /** About how many bytes a text takes that owns its bytes; what one pins that does not is counted elsewhere. */
    static long ofUtf8(Utf8 text) {
        return 24 + 24 + HEADER + aligned(text.length());
    }

    /** One that refers to no others, or to such only as belong to it. */
    private static long ofOneObject(Object object, ObjectLayout layout) {
        return switch (layout.kind()) {
            case PRIMITIVE_ARRAY -> HEADER + aligned((long) Array.getLength(object) * layout.width());
            case OF_ANY_LENGTH -> JdkSizes.ofAnyLength(object);
            default -> layout.shallowBytes();
        };
    }

    private long lookInto(Object object, ObjectLayout layout) {
        if (depth == DEEPEST || left <= 0) {
            return UNKNOWN;
        }
        for (int i = 0; i < depth; i++) {
            if (path[i] == object) {
                return 0;
            }
        }
        left--;
        path[depth++] = object;
        long size = switch (layout.kind()) {
            case ARRAY -> ofArray((Object[]) object);
            case COLLECTION -> ofCollection((Collection<?>) object, layout);
            case MAP -> ofMap((Map<?, ?>) object, layout);
            case HOLDER -> layout.shallowBytes() + inside(JdkSizes.held(object), 1);
            default -> ofFields(object, layout);
        };
        depth--;
        return Math.min(size, LARGEST);
    }

    /** Of one object inside of another one, which has {@code count} left to be looked at, this one included. */
    private long inside(@Nullable Object object, int count) {
        if (object == null) {
            return 0;
        }
        if (object instanceof String text) {
            return ofString(text);
        }
        if (object instanceof Utf8 text) {
            return ofUtf8(text);
        }
        ObjectLayout layout = ObjectLayout.of(object.getClass());
        if (!layout.isLookedInto()) {
            return ofOneObject(object, layout);
        }
        int share = left / count;
        int forOthers = left - share;
        left = share;
        long size = lookInto(object, layout);
        left += forOthers;
        return size;
    }

    private long ofFields(Object object, ObjectLayout layout) {
        long sum = layout.shallowBytes();
        int count = layout.referenceCount();
        for (int i = 0; i < count; i++) {
            sum += inside(layout.reference(object, i), count - i);
        }
        return sum;
    }

    private long ofArray(Object[] array) {
        long sum = 0;
        int looked = Math.min(array.length, ELEMENTS_LOOKED_AT);
        for (int i = 0; i < looked; i++) {
            sum += inside(array[(int) ((long) array.length * i / looked)], looked - i);
        }
        return HEADER + aligned((long) array.length * REFERENCE) + scaled(sum, looked, array.length);
    }

    /** Asks the collection for its elements; if that fails, which a user's may, its size is unknown. */
    private long ofCollection(Collection<?> collection, ObjectLayout layout) {
        long sum = 0;
        int looked = 0;
        int size;
        int depthHere = depth;
        try {
            size = collection.size();
            Iterator<?> elements = collection.iterator();
            int most = Math.min(size, ELEMENTS_LOOKED_AT);
            while (looked < most && elements.hasNext()) {
                sum += inside(elements.next(), most - looked);
                looked++;
            }
        } catch (RuntimeException e) {
            depth = depthHere;
            return UNKNOWN;
        }
        return layout.shallowBytes() + (long) size * layout.width() + scaled(sum, looked, layout.elements(size));
    }

    private long ofMap(Map<?, ?> map, ObjectLayout layout) {
        long sum = 0;
        int looked = 0;
        int size;
        int depthHere = depth;
        try {
            size = map.size();
            Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
            int most = Math.min(size, ELEMENTS_LOOKED_AT);
            while (looked < most && entries.hasNext()) {
                Map.Entry<?, ?> entry = entries.next();
                sum += inside(entry.getKey(), 2 * (most - looked)) + inside(entry.getValue(), 2 * (most - looked) - 1);
                looked++;
            }
        } catch (RuntimeException e) {
            depth = depthHere;
            return UNKNOWN;
        }
        return layout.shallowBytes() + (long) size * layout.width() + scaled(sum, looked, size);
    }

    private static long scaled(long sum, int looked, int all) {
        if (looked == 0) {
            return 0;
        }
        return all == looked ? sum : Math.min(LARGEST, (long) ((double) sum / looked * all));
    }

    static long aligned(long bytes) {
        return (bytes + 7) & ~7L;
    }
}
