package dev.bag.io.codec.gzip;

import org.jspecify.annotations.Nullable;

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

    /** Of the chunks of dictzip: two letters, then version, length of the text of a chunk, number of chunks, lengths. */
    private static final int CHUNKS = 'R' | 'A' << 8;

    private static final int CHUNKS_VERSION = 1;
    private static final int CHUNKS_BEGIN = 6;

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

    private static int littleEndian(byte[] bytes, int index) {
        return bytes[index] & 0xff | (bytes[index + 1] & 0xff) << 8;
    }

    /**
     * Returns where chunks of dictzip begin: the text of each refers to nothing before it.
     *
     * @param extra the extra field of the member
     * @param data where in the file the data of the member begin
     * @param textOffset how much text precedes the member
     * @param sizes say how far places are apart
     * @return null if the field does not tell
     */
    static @Nullable SeekIndex chunks(byte[] extra, long data, long textOffset, Sizes sizes) {
        for (int at = 0, end; at + 4 <= extra.length; at = end) {
            end = at + 4 + littleEndian(extra, at + 2);
            if (end <= extra.length && littleEndian(extra, at) == CHUNKS && end - at >= 4 + CHUNKS_BEGIN) {
                return chunks(extra, at + 4, end, data, textOffset, sizes);
            }
        }
        return null;
    }

    private static @Nullable SeekIndex chunks(
            byte[] extra, int from, int end, long data, long textOffset, Sizes sizes) {
        int count = littleEndian(extra, from + 4);
        int first = from + CHUNKS_BEGIN;
        if (littleEndian(extra, from) != CHUNKS_VERSION || first + 2 * count > end) {
            return null;
        }
        int text = littleEndian(extra, from + 2);
        SeekIndex places = new SeekIndex(0);
        long offset = data;
        long lastOffset = data - sizes.mostBytes();
        long lastText = 0;
        for (int i = 0; i <= count; i++) {
            long textBefore = (long) text * i;
            if (offset - lastOffset >= sizes.mostBytes() || textBefore - lastText >= sizes.text() || i == count) {
                places.add(8 * offset, textOffset + textBefore, SeekIndex.NO_WINDOW);
                lastOffset = offset;
                lastText = textBefore;
            }
            offset += i < count ? littleEndian(extra, first + 2 * i) : 0;
        }
        return places;
    }
}
