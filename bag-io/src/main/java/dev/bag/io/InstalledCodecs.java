package dev.bag.io;

import dev.bag.io.codec.Decompressor;
import dev.bag.io.codec.FurtherCodecs;
import dev.bag.io.codec.Library;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;

/** The codecs that the class path and the module path offer. They are looked up anew each time: few files need any. */
enum InstalledCodecs implements FurtherCodecs {
    INSTANCE;

    @Override
    public Optional<Library> find(byte[] head, String fileName) {
        String lowerCase = fileName.toLowerCase(Locale.ROOT);
        CompressionCodec byName = null;
        for (CompressionCodec codec : ServiceLoader.load(CompressionCodec.class)) {
            if (codec.matches(ByteBuffer.wrap(head).asReadOnlyBuffer())) {
                return Optional.of(library(codec));
            }
            if (byName == null && codec.extensions().stream().anyMatch(lowerCase::endsWith)) {
                byName = codec;
            }
        }
        return Optional.ofNullable(byName).map(InstalledCodecs::library);
    }

    private static Library library(CompressionCodec codec) {
        Decompressor decompressor = (compressed, limits) -> codec.decompress(compressed);
        return new Library(codec.name(), codec.getClass().getName(), () -> decompressor);
    }
}
