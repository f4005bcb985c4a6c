package dev.bag.kernel;

import dev.bag.value.Pair;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * About how many bytes an object takes in memory, the same on any JVM: text with a byte for each character, arrays,
 * collections and pairs with what is in them, some levels deep. What is inside other objects is not looked at, but
 * guessed.
 */
final class SizeInMemory {

    private static final int HEADER = 16;
    private static final int REFERENCE = 8;

    /** An object of a few fields, or an entry of a map. */
    private static final int SMALL_OBJECT = 48;

    private static final int LEVELS = 4;

    /** From so many elements, the first, the size of all is concluded. */
    private static final int MOST_ELEMENTS = 32;

    private SizeInMemory() {}

    static double of(@Nullable Object object) {
        return of(object, LEVELS);
    }

    private static double of(@Nullable Object object, int levels) {
        if (object == null) {
            return 0;
        }
        if (object instanceof CharSequence text) {
            return 2 * HEADER + text.length();
        }
        if (object instanceof Number || object instanceof Character || object instanceof Boolean) {
            return HEADER;
        }
        return levels == 0 ? SMALL_OBJECT : ofContent(object, levels - 1);
    }

    private static double ofContent(Object object, int levels) {
        if (object instanceof Pair<?, ?> pair) {
            return HEADER + 2 * REFERENCE + of(pair.first(), levels) + of(pair.second(), levels);
        }
        if (object instanceof Collection<?> all) {
            return 2 * HEADER + all.size() * (REFERENCE + mean(all.iterator(), levels));
        }
        if (object instanceof Map<?, ?> map) {
            double entry =
                    mean(map.keySet().iterator(), levels) + mean(map.values().iterator(), levels);
            return 2 * HEADER + map.size() * (SMALL_OBJECT + entry);
        }
        if (object instanceof Object[] array) {
            return HEADER
                    + array.length * (REFERENCE + mean(Arrays.asList(array).iterator(), levels));
        }
        return object.getClass().isArray() ? HEADER + Array.getLength(object) * elementSize(object) : SMALL_OBJECT;
    }

    private static double mean(Iterator<?> elements, int levels) {
        double sum = 0;
        int count = 0;
        while (count < MOST_ELEMENTS && elements.hasNext()) {
            sum += of(elements.next(), levels);
            count++;
        }
        return count == 0 ? 0 : sum / count;
    }

    private static double elementSize(Object primitives) {
        if (primitives instanceof byte[] || primitives instanceof boolean[]) {
            return Byte.BYTES;
        }
        if (primitives instanceof char[] || primitives instanceof short[]) {
            return Short.BYTES;
        }
        return primitives instanceof int[] || primitives instanceof float[] ? Integer.BYTES : Long.BYTES;
    }
}
