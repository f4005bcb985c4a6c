package dev.bag.io.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/**
 * How a row keeps the values of some fields in one array: first, as ints, where each of them begins and where the last one
 * ends, then the values as they are written. One that is missing has no bytes.
 */
public final class RowValues {

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final String SEPARATOR = "\0";

    private RowValues() {}

    /** Returns the paths of all fields in one text. */
    public static String join(List<String> paths) {
        return String.join(SEPARATOR, paths);
    }

    /** Returns the paths that were joined. */
    public static String[] split(String joinedPaths) {
        return joinedPaths.split(SEPARATOR);
    }

    /** Returns an array for so many values with so many bytes together. */
    static byte[] layOut(int count, int length) {
        byte[] values = new byte[begin(count) + length];
        INTS.set(values, 0, begin(count));
        return values;
    }

    /** Returns where the first of so many values begins. */
    static int begin(int count) {
        return (count + 1) * Integer.BYTES;
    }

    /** Notes where a value ends, and the next one begins. */
    static void endAt(byte[] values, int value, int end) {
        INTS.set(values, (value + 1) * Integer.BYTES, end);
    }

    /** Returns where a value begins. */
    public static int from(byte[] values, int value) {
        return (int) INTS.get(values, value * Integer.BYTES);
    }

    /** Returns where a value ends. */
    public static int to(byte[] values, int value) {
        return from(values, value + 1);
    }

    /** Returns how many values there are. */
    public static int count(byte[] values) {
        return from(values, 0) / Integer.BYTES - 1;
    }
}
