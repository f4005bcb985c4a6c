package dev.bag.io.codec.gzip;

import org.jspecify.annotations.Nullable;

/**
 * The table of chunks that dictzip writes into the extra field of a member. What it says is proved by the reader, as any other
 * place is.
 */
final class ChunkTable {

    /** Of the chunks of dictzip: two letters, then version, length of the text of a chunk, number of chunks, lengths. */
    private static final int NAME = 'R' | 'A' << 8;

    private static final int VERSION = 1;
    private static final int LENGTHS_BEGIN = 6;

    private ChunkTable() {}

    /**
     * Returns where chunks of dictzip begin: the text of each refers to nothing before it.
     *
     * @param extra the extra field of the member
     * @param data where in the file the data of the member begin
     * @param textOffset how much text precedes the member
     * @param sizes say how far places are apart
     * @return null if the field does not tell
     */
    static @Nullable SeekIndex of(byte[] extra, long data, long textOffset, Sizes sizes) {
        for (int at = 0, end; at + 4 <= extra.length; at = end) {
            end = at + 4 + MemberHeader.littleEndian(extra, at + 2);
            if (end <= extra.length && MemberHeader.littleEndian(extra, at) == NAME && end - at >= 4 + LENGTHS_BEGIN) {
                return of(extra, at + 4, end, data, textOffset, sizes);
            }
        }
        return null;
    }

    private static @Nullable SeekIndex of(byte[] extra, int from, int end, long data, long textOffset, Sizes sizes) {
        int count = MemberHeader.littleEndian(extra, from + 4);
        int first = from + LENGTHS_BEGIN;
        if (MemberHeader.littleEndian(extra, from) != VERSION || first + 2 * count > end) {
            return null;
        }
        int text = MemberHeader.littleEndian(extra, from + 2);
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
            offset += i < count ? MemberHeader.littleEndian(extra, first + 2 * i) : 0;
        }
        return places;
    }
}
