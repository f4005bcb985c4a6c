package dev.bag.io.codec;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Zstandard, whose frames say how large a window their decoder keeps. Half of the memory limit is for the window. */
final class ZstdDecompressor implements Decompressor {

    private static final int LARGEST_WINDOW_LOG = 31;

    @Override
    public InputStream open(InputStream compressed, Limits limits) throws IOException {
        return new ZstdInputStreamNoFinalizer(compressed, RecyclingBufferPool.INSTANCE).setLongMax(windowLog(limits));
    }

    private static int windowLog(Limits limits) {
        return Math.min(LARGEST_WINDOW_LOG, 63 - Long.numberOfLeadingZeros(limits.nativeBytes() >> 1));
    }

    @Override
    public Optional<String> memoryDemand(Throwable failure, Limits limits) {
        boolean windowTooLarge =
                failure instanceof ZstdIOException e && e.getErrorCode() == Zstd.errFrameParameterWindowTooLarge();
        return windowTooLarge
                ? Optional.of("the zstd decoder would need a window of more than half of "
                        + Limits.memoryHint(limits.nativeBytes()))
                : Optional.empty();
    }
}
