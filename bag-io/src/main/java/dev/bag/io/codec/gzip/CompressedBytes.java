package dev.bag.io.codec.gzip;

import java.io.IOException;

/** The bytes of a gzip file, for several threads at the same time. */
@FunctionalInterface
public interface CompressedBytes {

    /** Returns so many bytes from an offset on; fewer only if the file ends. Holds nothing open afterwards. */
    byte[] read(long from, int length) throws IOException;
}
