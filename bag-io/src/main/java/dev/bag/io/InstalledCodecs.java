package dev.bag.io;

import dev.bag.io.codec.Decompression.FurtherCodec;
import dev.bag.io.parts.LineFiles;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The codecs that the class path and the module path offer. They are looked up anew each time: few files need any. */
final class InstalledCodecs {

    /** Files that are read with them, as they are unless options say otherwise. */
    static final LineFiles FILES = LineFiles.by(InstalledCodecs::codec);

    private InstalledCodecs() {}

    private static @Nullable FurtherCodec codec(byte[] head, String fileName) {
        CompressionCodec codec = find(head, fileName);
        return codec == null
                ? null
                : new FurtherCodec(
                        codec.name(), codec.getClass().getName(), (compressed, limits) -> codec.decompress(compressed));
    }

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
