package dev.bag.io.codec;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.tukaani.xz.BasicArrayCache;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.XZInputStream;

/** Xz, whose files say how much memory their decoder takes: up to 4 GiB. What one file is done with serves the next. */
final class XzDecompressor implements Decompressor {

    @Override
    public InputStream open(InputStream compressed, Limits limits) throws IOException {
        int mostKibibytes = (int) Math.min(Integer.MAX_VALUE, limits.heapBytes() >> 10);
        return new XZInputStream(compressed, mostKibibytes, BasicArrayCache.getInstance());
    }

    @Override
    public Optional<String> memoryDemand(Throwable failure, Limits limits) {
        if (!(failure instanceof MemoryLimitException demand)) {
            return Optional.empty();
        }
        String needed = Numbers.grouped((demand.getMemoryNeeded() >> 10) + 1);
        return Optional.of("the xz decoder would need " + needed + " MiB of memory, more than "
                + Limits.memoryHint(limits.heapBytes()));
    }
}
