package dev.bag.key;

import dev.bag.value.Block;
import dev.bag.value.Utf8;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of keys that are too long for an {@link InlineKey}, one behind the other in pages, so that a key costs its bytes
 * and no object: texts of up to {@value #MOST_BYTES} characters of one byte each (ISO 8859-1), and {@link Utf8}s of as many
 * bytes.
 *
 * <p>Such a key is two numbers as well. The first is a hash that differs from JVM to JVM. The second has the kind in its
 * uppermost byte, which is higher than those of inline keys, then the length, and where the bytes begin. One thread at a
 * time adds keys.
 */
public final class TextArena {

    /** Longer texts stay objects. */
    public static final int MOST_BYTES = (1 << 12) - 1;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int KIND_SHIFT = 56;
    private static final int PLACE_BITS = 40;
    private static final long PLACES = (1L << PLACE_BITS) - 1;

    /** The second number of a text in an arena is not less. */
    private static final long TEXT = 0x50L << KIND_SHIFT;

    private static final long UTF8 = 0x51L << KIND_SHIFT;

    private static final int PAGE_BITS = 18;
    private static final int FIRST_PAGE = 1 << 10;

    private byte[][] pages = {new byte[FIRST_PAGE]};
    private int page;
    /** How many bytes of the page are taken. */
    private int taken;

    /** Whether the key with that second number is in an arena. */
    public static boolean isIn(long second) {
        return second >= TEXT;
    }

    /** The second number of a key without the place of its bytes: a part of what tells it from others. */
    public static long withoutPlace(long second) {
        return isIn(second) ? second & ~PLACES : second;
    }

    /** Adds a key, and returns its second number; or 0, and nothing is added, if it is of another kind. */
    public long add(Object key) {
        if (key instanceof String text) {
            return addText(text);
        }
        return key instanceof Utf8 text ? addUtf8(text) : 0;
    }

    private long addText(String text) {
        int length = text.length();
        if (length <= InlineKey.MOST_CHARACTERS || length > MOST_BYTES) {
            return 0;
        }
        byte[] into = pageFor(length);
        int at = taken;
        int seen = 0;
        for (int i = 0; i < length; i++) {
            char character = text.charAt(i);
            into[at + i] = (byte) character;
            seen |= character;
        }
        return seen > 0xFF ? 0 : take(TEXT, length);
    }

    private long addUtf8(Utf8 text) {
        int length = text.length();
        if (length <= InlineKey.MOST_CHARACTERS || length > MOST_BYTES) {
            return 0;
        }
        text.copyTo(pageFor(length), taken);
        return take(UTF8, length);
    }

    /** Adds a key of another arena, and returns its second number. */
    public long add(TextArena from, long second) {
        int length = length(second);
        byte[] into = pageFor(length);
        System.arraycopy(from.page(second), at(second), into, taken, length);
        return take(kind(second), length);
    }

    /** The page in which the next bytes have room; from {@code taken} on. */
    private byte[] pageFor(int length) {
        byte[] last = pages[page];
        if (taken + length <= last.length) {
            return last;
        }
        if (last.length < 1 << PAGE_BITS) {
            int larger = Integer.highestOneBit(taken + length) * 2;
            pages[page] = Arrays.copyOf(last, Math.min(larger, 1 << PAGE_BITS));
            if (taken + length <= pages[page].length) {
                return pages[page];
            }
        }
        page++;
        taken = 0;
        if (page == pages.length) {
            pages = Arrays.copyOf(pages, page + 1 + page / 2);
        }
        if (pages[page] == null) {
            pages[page] = new byte[1 << PAGE_BITS];
        }
        return pages[page];
    }

    private long take(long kind, int length) {
        long place = (long) page << PAGE_BITS | taken;
        taken += length;
        return kind | (long) length << PLACE_BITS | place;
    }

    /** Forgets all keys, and keeps the pages. */
    public void clear() {
        page = 0;
        taken = 0;
    }

    /** The first number of the key that has this second one. */
    public long hash(long second) {
        byte[] in = page(second);
        int at = at(second);
        int last = at + length(second) - Long.BYTES;
        long hash = withoutPlace(second);
        for (; at < last; at += Long.BYTES) {
            hash = next(hash, (long) WORDS.get(in, at));
        }
        return next(hash, (long) WORDS.get(in, last));
    }

    private static long next(long hash, long word) {
        long mixed = (hash ^ word) * Secret.ODD + Secret.OTHER_ODD;
        return mixed ^ mixed >>> 32;
    }

    /** Whether two keys with the same first number are the same: one of this arena, and one of another. */
    public boolean isSame(long second, TextArena other, long otherSecond) {
        if (withoutPlace(second) != withoutPlace(otherSecond)) {
            return false;
        }
        int at = at(second);
        int otherAt = at(otherSecond);
        int length = length(second);
        return Arrays.equals(page(second), at, at + length, other.page(otherSecond), otherAt, otherAt + length);
    }

    /** Whether there are no keys. */
    public boolean isEmpty() {
        return page == 0 && taken == 0;
    }

    /** The first byte of a key that is in this arena. */
    public byte firstByte(long second) {
        return page(second)[at(second)];
    }

    /** What {@link StableHash#of} returns for a key, which may be an {@link InlineKey}. */
    public int stableHash(long first, long second) {
        if (!isIn(second)) {
            return InlineKey.stableHash(first, second);
        }
        byte[] in = page(second);
        int to = at(second) + length(second);
        int hash = 0;
        for (int at = at(second); at < to; at++) {
            hash = 31 * hash + (in[at] & 0xFF);
        }
        return hash;
    }

    /** The key, which may be an {@link InlineKey}, as a new object. */
    public Object key(long first, long second) {
        if (!isIn(second)) {
            return InlineKey.key(first, second);
        }
        int at = at(second);
        if (kind(second) == TEXT) {
            return new String(page(second), at, length(second), StandardCharsets.ISO_8859_1);
        }
        byte[] bytes = Arrays.copyOfRange(page(second), at, at + length(second));
        return Block.own(bytes).utf8(0, bytes.length);
    }

    /** How many bytes of memory this takes. */
    public long bytes() {
        return page == 0 ? pages[0].length : (page + 1L) << PAGE_BITS;
    }

    private byte[] page(long second) {
        return pages[(int) ((second & PLACES) >>> PAGE_BITS)];
    }

    private static int at(long second) {
        return (int) second & (1 << PAGE_BITS) - 1;
    }

    private static int length(long second) {
        return (int) (second >>> PLACE_BITS) & MOST_BYTES;
    }

    private static long kind(long second) {
        return second >>> KIND_SHIFT << KIND_SHIFT;
    }
}
