package dev.bag.io.codec.gzip;

/**
 * Headers of members (RFC 1952, 2.3) among bytes, as far as they tell where data may begin. Whether a member is there, the reader
 * finds out, which also checks what a header says.
 */
final class MemberHeader {

    private static final int FIXED_LENGTH = 10;
    private static final int HEADER_CRC_FLAG = 0x02;
    private static final int EXTRA_FLAG = 0x04;
    private static final int NAME_FLAG = 0x08;
    private static final int COMMENT_FLAG = 0x10;
    private static final int RESERVED_FLAGS = 0xe0;

    private MemberHeader() {}

    /** Returns the index behind the first header that begins from one index on and before another one; -1 if there is none. */
    static int findEnd(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == 0x1f) {
                int end = end(bytes, i);
                if (end >= 0) {
                    return end;
                }
            }
        }
        return -1;
    }

    /** Returns the index behind a header; -1 if there is none, or it is not all there. */
    private static int end(byte[] bytes, int start) {
        if (bytes.length - start < FIXED_LENGTH
                || bytes[start] != 0x1f
                || bytes[start + 1] != (byte) 0x8b
                || bytes[start + 2] != 8
                || (bytes[start + 3] & RESERVED_FLAGS) != 0) {
            return -1;
        }
        int flags = bytes[start + 3];
        int end = start + FIXED_LENGTH;
        if ((flags & EXTRA_FLAG) != 0) {
            end = end + 2 > bytes.length ? bytes.length : end + 2 + littleEndian(bytes, end);
        }
        end = (flags & NAME_FLAG) == 0 ? end : behindText(bytes, end);
        end = (flags & COMMENT_FLAG) == 0 ? end : behindText(bytes, end);
        end += (flags & HEADER_CRC_FLAG) == 0 ? 0 : 2;
        return end < bytes.length ? end : -1;
    }

    private static int behindText(byte[] bytes, int from) {
        int end = from;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return end + 1;
    }

    /** Returns a number of two bytes. */
    static int littleEndian(byte[] bytes, int index) {
        return bytes[index] & 0xff | (bytes[index + 1] & 0xff) << 8;
    }
}
