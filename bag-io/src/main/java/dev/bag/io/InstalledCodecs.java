package dev.bag.io;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The codecs that the class path and the module path offer. They are looked up anew each time: few files need any. */
final class InstalledCodecs {

    private InstalledCodecs() {}

    /**
     * Returns the codec for a file, or null.
     *
     * @param head the first bytes of the file
     * @param fileName whose extension decides where the first bytes tell nothing
     */
    static @Nullable CompressionCodec find(byte[] head, String fileName) {
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
