package dev.bag.io.codec.bzip2;

import java.util.zip.CRC32;

/**
 * The checksum of a block: CRC-32 as everywhere, but with the bits of each byte the other way round. So it is made by
 * the processor's instructions for {@link CRC32}, of bytes that are turned round.
 */
final class BlockChecksum {

    private static final int PIECE_LENGTH = 8 << 10;

    private final CRC32 crc = new CRC32();

    /** With room for one {@code long} more. */
    private final byte[] piece = new byte[PIECE_LENGTH + Long.BYTES];

    /** Returns the checksum of a text, which is read to its end. */
    int of(RunLengths text) {
        crc.reset();
        int count = text.read(piece, 0, PIECE_LENGTH);
        while (count > 0) {
            for (int i = 0; i < count; i += Long.BYTES) {
                BitReader.EIGHT_BYTES.set(piece, i, turned((long) BitReader.EIGHT_BYTES.get(piece, i)));
            }
            crc.update(piece, 0, count);
            count = text.read(piece, 0, PIECE_LENGTH);
        }
        return Integer.reverse((int) crc.getValue());
    }

    /** Turns the bits of each byte round. */
    private static long turned(long word) {
        long turned = (word >>> 1 & 0x5555_5555_5555_5555L) | (word & 0x5555_5555_5555_5555L) << 1;
        turned = (turned >>> 2 & 0x3333_3333_3333_3333L) | (turned & 0x3333_3333_3333_3333L) << 2;
        return (turned >>> 4 & 0x0f0f_0f0f_0f0f_0f0fL) | (turned & 0x0f0f_0f0f_0f0f_0f0fL) << 4;
    }
}
