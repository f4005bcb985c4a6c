package dev.bag.io.codec;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** Bzip2, whose decoder never takes more than 4 MB. */
final class Bzip2Decompressor implements Decompressor {

    @Override
    public InputStream open(InputStream compressed, Limits limits) throws IOException {
        boolean allStreams = true;
        return new BZip2CompressorInputStream(compressed, allStreams);
    }
}
