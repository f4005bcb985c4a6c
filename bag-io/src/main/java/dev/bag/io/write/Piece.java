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
 * @param beginning what a file begins with that begins with this piece
 * @param layout what all records of an output have in common, such as the names of their columns; empty without records
 */
@SuppressWarnings("ArrayRecordComponent") // pieces are never compared
public record Piece(
        String fileName, long byteCount, long recordCount, int checksum, int[] frames, byte[] beginning, String layout)
        implements Serializable {}
