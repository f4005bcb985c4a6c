package dev.bag.io.compress;

import java.io.IOException;

/** Takes bytes, in order. */
@FunctionalInterface
public interface ByteOutput {

    /** Takes all of these bytes; the array may be used for something else afterwards. */
    void write(byte[] bytes, int from, int length) throws IOException;
}
