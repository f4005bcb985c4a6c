package dev.bag.io.codec;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.XZInputStream;

/** Xz, whose files say how much memory their decoder takes: up to 4 GiB. */
final class XzDecompressor implements Decompressor {

    @Override
    public InputStream open(InputStream compressed, Limits limits) throws IOException {
        return new XZInputStream(compressed, (int) Math.min(Integer.MAX_VALUE, limits.memoryBytes() >> 10));
    }

    @Override
    public Optional<String> memoryDemand(Throwable failure, Limits limits) {
        if (!(failure instanceof MemoryLimitException demand)) {
            return Optional.empty();
        }
        String needed = Numbers.grouped((demand.getMemoryNeeded() >> 10) + 1);
        return Optional.of("the xz decoder would need " + needed + " MiB of memory, more than " + limits.memoryHint());
    }
}
