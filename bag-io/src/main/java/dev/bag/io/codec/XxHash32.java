package dev.bag.io.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Yann Collet's XXH32 with seed 0, the checksum of LZ4 frames. */
final class XxHash32 {

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int PRIME_1 = 0x9E3779B1;
    private static final int PRIME_2 = 0x85EBCA77;
    private static final int PRIME_3 = 0xC2B2AE3D;
    private static final int PRIME_4 = 0x27D4EB2F;
    private static final int PRIME_5 = 0x165667B1;

    private static final int STRIPE = 16;

    private int lane1;
    private int lane2;
    private int lane3;
    private int lane4;
    private long length;

    /** What was added behind the last whole stripe. */
    private final byte[] rest = new byte[STRIPE];

    private int restLength;

    XxHash32() {
        reset();
    }

    static int of(byte[] bytes, int from, int length) {
        XxHash32 hash = new XxHash32();
        hash.add(bytes, from, length);
        return hash.value();
    }

    void reset() {
        lane1 = 0x24234428; // the sum of the first two primes, modulo 2^32
        lane2 = PRIME_2;
        lane3 = 0;
        lane4 = -PRIME_1;
        length = 0;
        restLength = 0;
    }

    void add(byte[] bytes, int from, int byteCount) {
        length += byteCount;
        int at = from;
        int end = from + byteCount;
        if (restLength > 0) {
            int missing = Math.min(STRIPE - restLength, byteCount);
            System.arraycopy(bytes, at, rest, restLength, missing);
            restLength += missing;
            at += missing;
            if (restLength < STRIPE) {
                return;
            }
            addStripes(rest, 0, STRIPE);
            restLength = 0;
        }
        int stripesEnd = end - (end - at) % STRIPE;
        addStripes(bytes, at, stripesEnd);
        restLength = end - stripesEnd;
        System.arraycopy(bytes, stripesEnd, rest, 0, restLength);
    }

    private void addStripes(byte[] bytes, int from, int to) {
        int a = lane1;
        int b = lane2;
        int c = lane3;
        int d = lane4;
        for (int at = from; at < to; at += STRIPE) {
            a = round(a, (int) INTS.get(bytes, at));
            b = round(b, (int) INTS.get(bytes, at + 4));
            c = round(c, (int) INTS.get(bytes, at + 8));
            d = round(d, (int) INTS.get(bytes, at + 12));
        }
        lane1 = a;
        lane2 = b;
        lane3 = c;
        lane4 = d;
    }

    private static int round(int lane, int input) {
        return Integer.rotateLeft(lane + input * PRIME_2, 13) * PRIME_1;
    }

    int value() {
        int hash = length < STRIPE
                ? PRIME_5
                : Integer.rotateLeft(lane1, 1)
                        + Integer.rotateLeft(lane2, 7)
                        + Integer.rotateLeft(lane3, 12)
                        + Integer.rotateLeft(lane4, 18);
        hash += (int) length;
        int at = 0;
        for (; at + 4 <= restLength; at += 4) {
            hash = Integer.rotateLeft(hash + (int) INTS.get(rest, at) * PRIME_3, 17) * PRIME_4;
        }
        for (; at < restLength; at++) {
            hash = Integer.rotateLeft(hash + (rest[at] & 0xff) * PRIME_5, 11) * PRIME_1;
        }
        hash = (hash ^ hash >>> 15) * PRIME_2;
        hash = (hash ^ hash >>> 13) * PRIME_3;
        return hash ^ hash >>> 16;
    }
}
