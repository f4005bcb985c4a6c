package dev.bag.io.codec;

import dev.bag.io.file.ByteInput;
import dev.bag.io.file.FileBytes;
import dev.bag.source.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a library or a decoder of our own decompresses. Whatever it throws becomes an error that names the file and the
 * place, and is thrown again by every later call.
 */
public final class LibraryInput implements ByteInput {

    private final FileBytes file;
    private final CompressedStream compressed;
    private final String format;
    private final String artifact;
    private final Supplier<? extends Decompressor> load;
    private final Limits limits;

    /** Both are there from the first read on, because loading and opening may fail, and opening reads already. */
    private @Nullable Decompressor decompressor;

    private @Nullable InputStream decompressed;

    private @Nullable SourceException failure;

    /**
     * An input that is opened when it is first read.
     *
     * @param format as in {@code xz}
     * @param artifact what must be on the class path for it, as in {@code org.tukaani:xz}
     * @param load makes the decompressor, which loads the library; that may be missing
     */
    public LibraryInput(
            FileBytes file, String format, String artifact, Supplier<? extends Decompressor> load, Limits limits) {
        this.file = file;
        this.compressed = new CompressedStream(file);
        this.format = format;
        this.artifact = artifact;
        this.load = load;
        this.limits = limits;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (failure != null) {
            throw failure;
        }
        try {
            int count = opened().read(into, from, length);
            while (count == 0) {
                count = opened().read(into, from, length);
            }
            return count;
        } catch (SourceException e) {
            throw failed(e);
        } catch (ClosedChannelException | InterruptedIOException e) {
            throw e;
        } catch (LinkageError e) {
            throw failed(unusable(e));
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw failed(corrupt(e));
        }
    }

    private SourceException failed(SourceException e) {
        failure = e;
        return e;
    }

    private InputStream opened() throws IOException {
        InputStream open = decompressed;
        if (open == null) {
            Decompressor loaded = load.get();
            decompressor = loaded;
            open = loaded.open(compressed, limits);
            decompressed = open;
        }
        return open;
    }

    private SourceException unusable(LinkageError e) {
        String needs = format + " needs " + artifact + " on the class path";
        return file.file()
                .broken(
                        e.getCause() instanceof ClassNotFoundException
                                ? needs + ". Add it, or recompress the file."
                                : needs + ", which cannot be used on this platform: " + e,
                        e);
    }

    private SourceException corrupt(Throwable e) {
        Optional<String> demand = decompressor == null ? Optional.empty() : decompressor.memoryDemand(e, limits);
        if (demand.isPresent()) {
            return file.file().broken(demand.get(), e);
        }
        return compressed.endSeen()
                ? Corruption.cut(file.file(), format, "too early", e)
                : Corruption.near(file.file(), compressed.position(), format, describe(e), e);
    }

    private static @Nullable String describe(Throwable e) {
        return e instanceof IOException && e.getMessage() != null ? e.getMessage() : e.toString();
    }

    @Override
    public void close() throws IOException {
        if (decompressed != null) {
            decompressed.close();
        }
    }
}
