package dev.bag.io;

import dev.bag.io.codec.ByteInput;
import dev.bag.io.codec.Decompression;
import dev.bag.io.codec.FileBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The codecs that the class path and the module path offer. They are looked up anew each time: few files need any. */
final class InstalledCodecs {

    private InstalledCodecs() {}

    /** Returns the decompressed bytes of a file; the file itself if it is not compressed. */
    static ByteInput open(FileBytes bytes, Decompression decompression) throws IOException {
        ByteInput input = decompression.open(bytes);
        if (input != bytes || !decompression.isUnknown(bytes)) {
            return input;
        }
        CompressionCodec codec = find(bytes.head(), bytes.file().tellingName());
        if (codec == null) {
            return bytes;
        }
        String artifact = codec.getClass().getName();
        return decompression.open(bytes, codec.name(), artifact, (compressed, limits) -> codec.decompress(compressed));
    }

    /**
     * Returns the codec for a file, or null.
     *
     * @param head the first bytes of the file
     * @param fileName its extension decides where the first bytes tell nothing
     */
    private static @Nullable CompressionCodec find(byte[] head, String fileName) {
        String lowerCase = fileName.toLowerCase(Locale.ROOT);
        CompressionCodec byName = null;
        for (CompressionCodec codec : ServiceLoader.load(CompressionCodec.class)) {
            if (codec.matches(ByteBuffer.wrap(head).asReadOnlyBuffer())) {
                return codec;
            }
            if (byName == null && codec.extensions().stream().anyMatch(lowerCase::endsWith)) {
                byName = codec;
            }
        }
        return byName;
    }
}
