package dev.bag.key;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/**
 * A key in two numbers, of the kinds that fit: texts of up to {@value #MOST_CHARACTERS} characters of one byte each
 * (ISO 8859-1), and boxed ints and longs. The uppermost byte of the second number tells the kind, and of a text the length;
 * so it is never 0, and keys of two kinds are never the same. One thread at a time sets it.
 */
public final class InlineKey implements Serializable {

    private static final long serialVersionUID = 1;

    /** Longer texts do not fit. */
    public static final int MOST_CHARACTERS = 15;

    private static final int IN_FIRST = Long.BYTES;
    private static final int KIND_SHIFT = 56;
    /** The kind of a text without characters; that of others is larger by their length. */
    private static final int TEXT = 1;

    private static final int INTEGER = 0x20;
    private static final int LONG = 0x21;

    private long first;
    private long second;

    /** Makes this {@code key}, if that fits; otherwise returns false, and this is no key. */
    public boolean set(Object key) {
        if (key instanceof String text) {
            return setText(text);
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

    /** The first number. */
    public long first() {
        return first;
    }

    /** The second number, which is not 0. */
    public long second() {
        return second;
    }

    /** A hash for tables, in all bits. */
    public static int hash(long first, long second) {
        long mixed = (first ^ second * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        return (int) (mixed ^ mixed >>> 32);
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
        int length = kind(second) - TEXT;
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
            default -> text(first, second);
        };
    }

    private static String text(long first, long second) {
        byte[] characters = new byte[kind(second) - TEXT];
        for (int i = 0; i < characters.length; i++) {
            characters[i] = (byte) character(first, second, i);
        }
        return new String(characters, StandardCharsets.ISO_8859_1);
    }

    private static int character(long first, long second, int index) {
        long from = index < IN_FIRST ? first : second;
        return (int) (from >>> Byte.SIZE * (index % IN_FIRST)) & 0xFF;
    }

    private static int kind(long second) {
        return (int) (second >>> KIND_SHIFT);
    }
}
