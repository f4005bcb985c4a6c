package dev.bag.fold;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * 64 bits of the content of an object, the same in every JVM. Objects that are equal have the same, others almost never.
 * {@code hashCode} has too few bits to tell many objects apart, and an enum's differs from run to run; so classes of
 * unknown content are refused. A record is its class and its components, whatever its {@code equals} says.
 *
 * <p>Word after word goes through the mixer of SplitMix64 (Steele, Lea and Flood 2014), which {@link Dice} has.
 */
final class ContentHash {

    /** Each kind begins with another number, so that 1 is not 1L, nor "" an empty list. */
    private enum Kind {
        NOTHING,
        TEXT,
        BYTE,
        SHORT,
        INT,
        LONG,
        FLOAT,
        DOUBLE,
        BIG_INTEGER,
        BIG_DECIMAL,
        BOOLEAN,
        CHARACTER,
        CONSTANT,
        UUID,
        TIME,
        BYTES,
        ARRAY,
        LIST,
        SET,
        MAP,
        ENTRY,
        OPTIONAL,
        RECORD;

        long begin() {
            return Dice.mix(ordinal() + 1L);
        }
    }

    private ContentHash() {}

    /**
     * The hash of {@code value}.
     *
     * @throws IllegalArgumentException for a class of unknown content; the message names it
     */
    static long of(@Nullable Object value) {
        if (value instanceof String text) {
            return then(Kind.TEXT.begin(), text);
        }
        if (value instanceof Number number) {
            return ofNumber(number);
        }
        if (value == null) {
            return Kind.NOTHING.begin();
        }
        return value.getClass().isArray() ? ofArray(value) : ofOther(value);
    }

    private static long ofNumber(Number number) {
        if (number instanceof Long) {
            return then(Kind.LONG.begin(), number.longValue());
        }
        if (number instanceof Integer) {
            return then(Kind.INT.begin(), number.longValue());
        }
        if (number instanceof Double) {
            return then(Kind.DOUBLE.begin(), Double.doubleToLongBits(number.doubleValue()));
        }
        if (number instanceof Float) {
            return then(Kind.FLOAT.begin(), Float.floatToIntBits(number.floatValue()));
        }
        if (number instanceof Short) {
            return then(Kind.SHORT.begin(), number.longValue());
        }
        if (number instanceof Byte) {
            return then(Kind.BYTE.begin(), number.longValue());
        }
        if (number instanceof BigInteger big) {
            return then(Kind.BIG_INTEGER.begin(), big.toByteArray());
        }
        if (number instanceof BigDecimal big) {
            long scale = then(Kind.BIG_DECIMAL.begin(), big.scale());
            return then(scale, big.unscaledValue().toByteArray());
        }
        throw unknown(number);
    }

    private static long ofArray(Object array) {
        if (array instanceof byte[] bytes) {
            return then(Kind.BYTES.begin(), bytes);
        }
        long hash = then(Kind.ARRAY.begin(), array.getClass().getName());
        for (int i = 0; i < Array.getLength(array); i++) {
            hash = then(hash, of(Array.get(array, i)));
        }
        return hash;
    }

    private static long ofOther(Object value) {
        if (value instanceof Enum<?> constant) {
            long hash = then(Kind.CONSTANT.begin(), constant.getDeclaringClass().getName());
            return then(hash, constant.name());
        }
        if (value instanceof Boolean truth) {
            return then(Kind.BOOLEAN.begin(), truth ? 1 : 0);
        }
        if (value instanceof Character character) {
            return then(Kind.CHARACTER.begin(), character);
        }
        if (value instanceof UUID id) {
            return then(then(Kind.UUID.begin(), id.getMostSignificantBits()), id.getLeastSignificantBits());
        }
        if (isTime(value)) {
            return then(then(Kind.TIME.begin(), value.getClass().getName()), value.toString());
        }
        return value instanceof Record composed ? ofRecord(composed) : ofContainer(value);
    }

    /** Of these classes, what is equal is written alike. */
    private static boolean isTime(Object value) {
        return (value instanceof Temporal || value instanceof TemporalAmount)
                && value.getClass().getPackageName().equals("java.time");
    }

    private static long ofRecord(Record value) {
        long hash = then(Kind.RECORD.begin(), value.getClass().getName());
        for (Object component : Components.of(value)) {
            hash = then(hash, of(component));
        }
        return hash;
    }

    private static long ofContainer(Object value) {
        if (value instanceof List<?> list) {
            long hash = Kind.LIST.begin();
            for (Object element : list) {
                hash = then(hash, of(element));
            }
            return hash;
        }
        if (value instanceof Set<?> set) {
            return inAnyOrder(Kind.SET, set);
        }
        if (value instanceof Map<?, ?> map) {
            return inAnyOrder(Kind.MAP, map.entrySet());
        }
        if (value instanceof Map.Entry<?, ?> entry) {
            return then(then(Kind.ENTRY.begin(), of(entry.getKey())), of(entry.getValue()));
        }
        if (value instanceof Optional<?> optional) {
            return then(Kind.OPTIONAL.begin(), of(optional.orElse(null)));
        }
        throw unknown(value);
    }

    private static long inAnyOrder(Kind kind, Collection<?> elements) {
        long sum = 0;
        for (Object element : elements) {
            sum += of(element);
        }
        return then(kind.begin(), sum);
    }

    /** The factor keeps a hash from cancelling itself out, as that of an empty list in a list would. */
    private static long then(long hash, long word) {
        return Dice.mix(hash * 0x9E3779B97F4A7C15L + word);
    }

    private static long then(long hash, String text) {
        long all = then(hash, text.length());
        int at = 0;
        for (; at + 4 <= text.length(); at += 4) {
            all = then(all, word(text, at, at + 4));
        }
        return at == text.length() ? all : then(all, word(text, at, text.length()));
    }

    private static long word(String text, int from, int to) {
        long word = 0;
        for (int i = from; i < to; i++) {
            word = word << Character.SIZE | text.charAt(i);
        }
        return word;
    }

    private static long then(long hash, byte[] bytes) {
        long all = then(hash, bytes.length);
        long word = 0;
        for (int i = 0; i < bytes.length; i++) {
            word = word << Byte.SIZE | bytes[i] & 0xFF;
            if ((i + 1) % Long.BYTES == 0) {
                all = then(all, word);
                word = 0;
            }
        }
        return bytes.length % Long.BYTES == 0 ? all : then(all, word);
    }

    private static IllegalArgumentException unknown(Object value) {
        return new IllegalArgumentException("countDistinctApprox: nothing is known of what a "
                + value.getClass().getName()
                + " holds. Return a String, a number, an enum, a record or a list of these.");
    }
}
