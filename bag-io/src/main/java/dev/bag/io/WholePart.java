package dev.bag.io;

import static dev.bag.io.file.Numbers.grouped;

import dev.bag.io.codec.Decompression;
import dev.bag.io.file.ByteInput;
import dev.bag.io.file.FileBytes;
import dev.bag.io.file.InputFile;
import dev.bag.io.parts.FileLosses;
import dev.bag.io.parts.PartList;
import dev.bag.io.split.FileSlice;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.FileLoss;
import dev.bag.source.Part;
import dev.bag.source.SourceException;
import dev.bag.value.Location;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The files of one partition, each of which is one record.
 *
 * @param slices whole files, in order
 * @param mostBytes the most bytes of a file, decompressed
 */
record WholePart(List<FileSlice> slices, Decompression decompression, int mostBytes) implements Part<FileContent> {

    /** How much is read at first of a file of which it is not known how large it is. */
    private static final int FIRST_LENGTH = 64 << 10;

    @Override
    public Chunks<FileContent> open() {
        return new Files();
    }

    @Override
    public Optional<String> reads() {
        return Optional.of(FileSlice.names(slices));
    }

    /** Returns the number of bytes in the files; of compressed ones the compressed bytes. Empty if one is not known. */
    @Override
    public OptionalLong byteCount() {
        return FileSlice.byteCount(slices);
    }

    /** Each file is a chunk, which is read when its record is asked for, and closed again. */
    private final class Files implements Chunks<FileContent>, Chunk<FileContent> {

        private boolean handedOut = true;
        private int next;
        private long bytesRead;
        private long bytesPassedOver;
        private final FileLosses losses = new FileLosses(decompression.limits().afterFailure());

        @Override
        public @Nullable Chunk<FileContent> nextChunk() {
            handedOut = next == slices.size();
            return handedOut ? null : this;
        }

        @Override
        public @Nullable FileContent next() throws IOException {
            while (!handedOut && next < slices.size()) {
                InputFile file = slices.get(next++).file();
                bytesRead += file.sizeIsKnown() ? file.byteCount() : 0;
                try (FileBytes bytes = FileBytes.open(file)) {
                    byte[] content = read(bytes, losses);
                    bytesPassedOver += bytes.bytesPassedOver();
                    handedOut = true;
                    return new FileContent(file.name(), content);
                } catch (IOException e) {
                    losses.passOver(file, e, false);
                }
            }
            return null;
        }

        @Override
        public List<FileLoss> filesLost() {
            return losses.all();
        }

        @Override
        public Optional<Location> location() {
            return Optional.of(slices.get(next - 1).file().location());
        }

        @Override
        public long bytesRead() {
            return bytesRead;
        }

        @Override
        public long bytesPassedOver() {
            return bytesPassedOver;
        }

        @Override
        public void close() {
            // no file is open between two records
        }
    }

    private byte[] read(FileBytes bytes, FileLosses losses) throws IOException {
        ByteInput input = decompression.open(bytes);
        if (input == bytes) {
            return readPlain(bytes, losses);
        }
        try (input) {
            return readAll(input, bytes.file(), new byte[Math.min(FIRST_LENGTH, mostBytes)], losses);
        }
    }

    private byte[] readPlain(FileBytes bytes, FileLosses losses) throws IOException {
        InputFile file = bytes.file();
        if (file.sizeIsKnown() && file.byteCount() > mostBytes) {
            throw tooLarge(file, "the file has " + grouped(file.byteCount()) + " bytes, more than the limit of ");
        }
        return readAll(
                bytes,
                file,
                new byte[(int) Math.min(mostBytes, file.sizeIsKnown() ? file.byteCount() : FIRST_LENGTH)],
                losses);
    }

    /** The last read, of one byte more than fits, notices a file that has grown. */
    private byte[] readAll(ByteInput input, InputFile file, byte[] first, FileLosses losses) throws IOException {
        byte[] content = first;
        byte[] oneMore = new byte[1];
        int filled = 0;
        while (true) {
            boolean full = filled == content.length;
            int count;
            try {
                count = full ? input.read(oneMore, 0, 1) : input.read(content, filled, content.length - filled);
            } catch (IOException e) {
                if (filled == 0 || losses.areFoundBefore()) {
                    throw e;
                }
                losses.passOver(file, e, true);
                count = -1;
            }
            if (count < 0) {
                return filled == content.length ? content : Arrays.copyOf(content, filled);
            }
            if (full) {
                if (filled == mostBytes) {
                    throw tooLarge(file, "more bytes come out of the file than the limit of ");
                }
                content = Arrays.copyOf(content, (int) Math.min(mostBytes, filled + filled / 2L + FIRST_LENGTH));
                content[filled] = oneMore[0];
            }
            filled += count;
        }
    }

    private SourceException tooLarge(InputFile file, String complaint) {
        return file.broken(
                complaint + grouped(mostBytes) + ".\n"
                        + "  A whole file is held in memory. To read it anyway, raise the limit with maxFileSize(...).",
                null);
    }

    /** Makes parts of whole files. */
    record Maker(Decompression decompression, int mostBytes) implements PartList.Maker<WholePart> {

        @Override
        public WholePart part(List<FileSlice> slices) {
            return new WholePart(slices, decompression, mostBytes);
        }
    }
}
