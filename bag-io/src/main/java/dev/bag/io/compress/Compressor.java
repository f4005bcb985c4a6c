package dev.bag.io.compress;

import java.io.IOException;

/**
 * Compresses bytes into a piece of a file: members, frames or streams that can follow those of another piece of the same
 * format. A file is its pieces, and what {@link FileCompression} says comes behind the last one.
 */
public interface Compressor extends ByteOutput {

    /** Of a format that lists none. */
    int[] NO_FRAMES = {};

    /** Passes on all that is still held. Called once, after the last byte. */
    void finish() throws IOException;

    /** Returns the lengths of what has come out and of what went in for each frame, if the end of the file lists them. */
    default int[] frames() {
        return NO_FRAMES;
    }

    /** Gives back what is open. Called once, also after a failure. */
    default void close() {}

    /** Passes bytes on as they are. */
    static Compressor none(ByteOutput out) {
        return new Compressor() {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length);
            }

            @Override
            public void finish() {}
        };
    }
}
