package dev.bag.io.codec;

/**
 * What compressed data begin with. Each of these looks at no byte from {@code end} on. They stand apart from the decoders, so
 * that a file that is not compressed loads none of those.
 */
public final class Signatures {

    private static final int[] XZ = {0xfd, '7', 'z', 'X', 'Z', 0};
    private static final int[] ZSTD = {0x28, 0xb5, 0x2f, 0xfd};
    private static final int[] LZ4 = {0x04, 0x22, 0x4d, 0x18};
    private static final int[] LZ4_LEGACY = {0x02, 0x21, 0x4c, 0x18};
    private static final int[] SKIPPABLE_TAIL = {0x2a, 0x4d, 0x18};
    private static final int[] SNAPPY_FRAMED = {0xff, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y'};
    private static final int[] SNAPPY_JAVA = {0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0};
    private static final int[] LZW = {0x1f, 0x9d};

    /** Of the flags of an LZ4 frame: the version, and a bit that is zero. */
    private static final int LZ4_VERSION_AND_RESERVED = 0xc2;

    private static final int LZ4_VERSION = 0x40;

    private static final int LZW_RESERVED = 0x60;
    private static final int LZW_WIDTH = 0x1f;

    private Signatures() {}

    public static boolean xz(byte[] bytes, int index, int end) {
        return has(bytes, index, end, XZ);
    }

    /** Whether a stream of xz begins, even if the file ends inside its signature. */
    public static boolean xzOrPartOfIt(byte[] bytes, int index, int end) {
        int length = Math.min(XZ.length, end - index);
        return length > 0 && hasFirst(bytes, index, XZ, length);
    }

    public static boolean zstd(byte[] bytes, int index, int end) {
        return has(bytes, index, end, ZSTD);
    }

    /** A frame, whose flags agree with its signature, or a legacy frame. */
    public static boolean lz4(byte[] bytes, int index, int end) {
        if (has(bytes, index, end, LZ4_LEGACY)) {
            return true;
        }
        int flags = index + LZ4.length;
        return has(bytes, index, end, LZ4)
                && (flags >= end || (bytes[flags] & LZ4_VERSION_AND_RESERVED) == LZ4_VERSION);
    }

    /** A frame of LZ4 or of Zstandard that holds something else. */
    public static boolean skippable(byte[] bytes, int index, int end) {
        return index < end && (bytes[index] & 0xf0) == 0x50 && has(bytes, index + 1, end, SKIPPABLE_TAIL);
    }

    /** Returns the index behind the skippable frames that a file begins with; the length if they go on behind it. */
    public static int behindSkippable(byte[] head) {
        long at = 0;
        while (skippable(head, (int) at, head.length) && head.length - at >= 8) {
            at += 8 + littleEndian(head, (int) at + 4);
            if (at > head.length) {
                return head.length;
            }
        }
        return (int) at;
    }

    private static long littleEndian(byte[] bytes, int index) {
        return bytes[index] & 0xffL
                | (bytes[index + 1] & 0xffL) << 8
                | (bytes[index + 2] & 0xffL) << 16
                | (bytes[index + 3] & 0xffL) << 24;
    }

    public static boolean snappyFramed(byte[] bytes, int index, int end) {
        return has(bytes, index, end, SNAPPY_FRAMED);
    }

    public static boolean snappyJava(byte[] bytes, int index, int end) {
        return has(bytes, index, end, SNAPPY_JAVA);
    }

    public static boolean lzw(byte[] bytes, int index, int end) {
        if (end - index < 3 || !has(bytes, index, end, LZW)) {
            return false;
        }
        int flags = bytes[index + 2];
        int width = flags & LZW_WIDTH;
        return (flags & LZW_RESERVED) == 0 && width >= 9 && width <= 16;
    }

    private static boolean has(byte[] bytes, int index, int end, int[] signature) {
        return end - index >= signature.length && hasFirst(bytes, index, signature, signature.length);
    }

    private static boolean hasFirst(byte[] bytes, int index, int[] signature, int length) {
        for (int i = 0; i < length; i++) {
            if ((bytes[index + i] & 0xff) != signature[i]) {
                return false;
            }
        }
        return true;
    }
}
