package dev.bag.io.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bag.io.format.Decimals;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The values of a row that was read, with the header of its file. A row keeps them in one array: first where each of them
 * ends, in one, two or four bytes, as few as that takes, then all texts, a comma between two.
 *
 * @param values laid out so
 * @param count how many values there are
 */
public record Cells(Header header, byte[] values, int count) {

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** Whatever it was in the file, so that equal rows are equal arrays. */
    private static final byte SEPARATOR = ',';

    private static final int MOST_OF_A_BYTE = 0xff;
    private static final int MOST_OF_A_SHORT = 0xffff;

    String value(int index) {
        return text(values, count, index);
    }

    /** Returns in how many bytes each end of texts of a length is. */
    private static int width(int length) {
        return length <= MOST_OF_A_BYTE ? 1 : length <= MOST_OF_A_SHORT ? Short.BYTES : Integer.BYTES;
    }

    /** The inverse of it. More of a wider one never is as long as the most of a narrower one. */
    private static int width(byte[] values, int count) {
        int length = values.length - count;
        return length <= MOST_OF_A_BYTE ? 1 : length - count <= MOST_OF_A_SHORT ? Short.BYTES : Integer.BYTES;
    }

    /**
     * Returns the values of a row, laid out.
     *
     * @param ends where in the bytes each of them ends; the next one begins behind one byte, the same everywhere
     */
    static byte[] copy(byte[] bytes, int begin, int[] ends, int count) {
        int length = ends[count - 1] - begin;
        int width = width(length);
        byte[] values = new byte[count * width + length];
        System.arraycopy(bytes, begin, values, count * width, length);
        switch (width) {
            case 1 -> {
                for (int i = 0; i < count; i++) {
                    values[i] = (byte) (ends[i] - begin);
                }
            }
            case Short.BYTES -> {
                for (int i = 0; i < count; i++) {
                    SHORTS.set(values, Short.BYTES * i, (short) (ends[i] - begin));
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    INTS.set(values, Integer.BYTES * i, ends[i] - begin);
                }
            }
        }
        if (count > 1 && bytes[ends[0]] != SEPARATOR) {
            for (int i = 0; i < count - 1; i++) {
                values[count * width + ends[i] - begin] = SEPARATOR;
            }
        }
        return values;
    }

    private static int begin(byte[] values, int count, int width, int index) {
        return index == 0 ? count * width : end(values, count, width, index - 1) + 1;
    }

    private static int end(byte[] values, int count, int width, int index) {
        int length = switch (width) {
            case 1 -> values[index] & MOST_OF_A_BYTE;
            case Short.BYTES -> (short) SHORTS.get(values, Short.BYTES * index) & MOST_OF_A_SHORT;
            default -> (int) INTS.get(values, Integer.BYTES * index);
        };
        return count * width + length;
    }

    /** Returns a value. */
    public static String text(byte[] values, int count, int index) {
        int width = width(values, count);
        int from = begin(values, count, width, index);
        return new String(values, from, end(values, count, width, index) - from, UTF_8);
    }

    /**
     * Returns the number that a value is, with white space around it or without.
     *
     * @throws NumberFormatException if it is none
     */
    public static long longValue(byte[] values, int count, int index) {
        int width = width(values, count);
        int from = begin(values, count, width, index);
        int to = end(values, count, width, index);
        return Decimals.isShortLong(values, from, to)
                ? Decimals.shortLong(values, from, to)
                : Long.parseLong(text(values, count, index).strip());
    }

    /**
     * Returns the number that a value is, with white space around it or without.
     *
     * @throws NumberFormatException if it is none
     */
    public static double doubleValue(byte[] values, int count, int index) {
        int width = width(values, count);
        return parseDouble(values, begin(values, count, width, index), end(values, count, width, index));
    }

    /** As Java reads it, but without the letters that end a constant in a program: {@code 1d} is no number in a file. */
    static double parseDouble(byte[] bytes, int from, int to) {
        if (to > from && bytes[to - 1] >= '.' && bytes[to - 1] <= '9' && bytes[from] > ' ') {
            return Decimals.parseDouble(bytes, from, to);
        }
        return parseDouble(new String(bytes, from, to - from, UTF_8).strip());
    }

    /** As Java reads it, but without the letters that end a constant in a program. */
    static double parseDouble(String text) {
        if (!text.isEmpty() && "dDfF".indexOf(text.charAt(text.length() - 1)) >= 0) {
            throw new NumberFormatException(text);
        }
        return Double.parseDouble(text);
    }
}
