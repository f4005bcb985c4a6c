package dev.bag.key;

import dev.bag.value.Block;
import dev.bag.value.Utf8;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A key in two numbers, of the kinds that fit: texts of up to {@value #MOST_CHARACTERS} characters of one byte each
 * (ISO 8859-1), {@link Utf8}s of as many bytes, and boxed ints and longs. The uppermost byte of the second number tells the kind, and of a text the length;
 * so it is never 0, and keys of two kinds are never the same. One thread at a time sets it.
 */
public final class InlineKey implements Serializable {

    private static final long serialVersionUID = 1;

    /** Longer texts do not fit. */
    public static final int MOST_CHARACTERS = 15;

    /** Of David Stafford's mix 13. */
    private static final long MIX = 0xBF58476D1CE4E5B9L;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int IN_FIRST = Long.BYTES;
    private static final int KIND_SHIFT = 56;
    /** The kind of a text without characters; that of others is larger by their length. */
    private static final int TEXT = 1;

    private static final int UTF8 = 0x20;
    private static final int INTEGER = 0x40;
    private static final int LONG = 0x41;

    private long first;
    private long second;

    /** Makes this {@code key}, if that fits; otherwise returns false, and this is no key. */
    public boolean set(Object key) {
        if (key instanceof String text) {
            return setText(text);
        }
        if (key instanceof Utf8 text) {
            return setUtf8(text);
        }
        if (key instanceof Long number) {
            return set(number, LONG);
        }
        return key instanceof Integer number && set(number, INTEGER);
    }

    private boolean set(long number, int kind) {
        first = number;
        second = (long) kind << KIND_SHIFT;
        return true;
    }

    private boolean setText(String text) {
        int length = text.length();
        if (length > MOST_CHARACTERS) {
            return false;
        }
        int seen = 0;
        long low = 0;
        for (int i = Math.min(length, IN_FIRST) - 1; i >= 0; i--) {
            char character = text.charAt(i);
            seen |= character;
            low = low << Byte.SIZE | character;
        }
        long high = 0;
        for (int i = length - 1; i >= IN_FIRST; i--) {
            char character = text.charAt(i);
            seen |= character;
            high = high << Byte.SIZE | character;
        }
        first = low;
        second = high | (long) (TEXT + length) << KIND_SHIFT;
        return seen <= 0xFF;
    }

    private boolean setUtf8(Utf8 text) {
        int length = text.length();
        if (length > MOST_CHARACTERS) {
            return false;
        }
        first = text.longAt(0);
        second = (length > IN_FIRST ? text.longAt(IN_FIRST) : 0) | (long) (UTF8 + length) << KIND_SHIFT;
        return true;
    }

    /** The first number. */
    public long first() {
        return first;
    }

    /** The second number, which is not 0. */
    public long second() {
        return second;
    }

    /**
     * A hash for tables, in all bits. It differs from JVM to JVM, so that keys with equal hashes cannot be made up.
     */
    public static int hash(long first, long second) {
        long mixed = first * Secret.ODD + second * Secret.OTHER_ODD;
        return (int) ((mixed ^ mixed >>> 32) * MIX >>> 32);
    }

    /** What {@link StableHash#of} returns for the key. */
    public static int stableHash(long first, long second) {
        return switch (kind(second)) {
            case INTEGER -> (int) first;
            case LONG -> Long.hashCode(first);
            default -> textHash(first, second);
        };
    }

    private static int textHash(long first, long second) {
        int length = length(second);
        int hash = textHash(0, first, Math.min(length, IN_FIRST));
        return length > IN_FIRST ? textHash(hash, second, length - IN_FIRST) : hash;
    }

    private static int textHash(int before, long characters, int count) {
        int hash = before;
        long rest = characters;
        for (int i = 0; i < count; i++) {
            hash = 31 * hash + (int) (rest & 0xFF);
            rest >>>= Byte.SIZE;
        }
        return hash;
    }

    /** The key, as a new object. */
    public static Object key(long first, long second) {
        return switch (kind(second)) {
            case INTEGER -> (int) first;
            case LONG -> first;
            default -> kind(second) < UTF8 ? text(first, second) : utf8(first, second);
        };
    }

    private static String text(long first, long second) {
        return new String(bytes(first, second), StandardCharsets.ISO_8859_1);
    }

    private static Utf8 utf8(long first, long second) {
        byte[] bytes = bytes(first, second);
        return Block.own(bytes).utf8(0, bytes.length);
    }

    private static byte[] bytes(long first, long second) {
        int length = length(second);
        byte[] bytes = new byte[length];
        if (length < IN_FIRST) {
            for (int i = 0; i < length; i++) {
                bytes[i] = (byte) (first >>> Byte.SIZE * i);
            }
            return bytes;
        }
        WORDS.set(bytes, 0, first);
        int behind = length - IN_FIRST;
        if (behind > 0) { // the last eight bytes, of which the first ones are there already
            WORDS.set(bytes, behind, first >>> Byte.SIZE * behind | second << Byte.SIZE * (IN_FIRST - behind));
        }
        return bytes;
    }

    /** Of a text, in characters or in bytes. */
    private static int length(long second) {
        return kind(second) - (kind(second) < UTF8 ? TEXT : UTF8);
    }

    private static int kind(long second) {
        return (int) (second >>> KIND_SHIFT);
    }
}
