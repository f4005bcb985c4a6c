package dev.bag.io.write;

import java.io.Serializable;

/**
 * What was written of one partition, complete and on disk, but not in its place.
 *
 * @param fileName the name of the hidden file
 * @param byteCount how many bytes the file has
 * @param recordCount how many records are in it
 * @param checksum the CRC32C of the file
 * @param frames what the end of the file lists of the piece
 * @param beginsWithMark whether its first record begins with what would be taken for a byte order mark
 */
@SuppressWarnings("ArrayRecordComponent") // pieces are never compared
public record Piece(
        String fileName, long byteCount, long recordCount, int checksum, int[] frames, boolean beginsWithMark)
        implements Serializable {}
