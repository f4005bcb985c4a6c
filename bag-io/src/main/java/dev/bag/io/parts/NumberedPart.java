package dev.bag.io.parts;

import dev.bag.io.format.LineChunk;
import dev.bag.io.parts.TextPart.TextParts;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.FileLoss;
import dev.bag.source.Part;
import dev.bag.value.Location;
import java.io.IOException;
import java.io.Serializable;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The lines of whole files, each with its file and number. The thread that makes the chunks counts their lines, which is
 * far quicker than making Strings of them; so the chunks of one file can be worked on by several threads.
 *
 * @param maker makes the records
 */
public record NumberedPart<R>(TextPart<String> lines, LineMaker<R> maker) implements Part<R> {

    /** Makes a record of a line, its file and its number. */
    @FunctionalInterface
    public interface LineMaker<R> extends Serializable {

        /**
         * Returns the record.
         *
         * @param line its number in the file, from 1
         */
        R of(String file, long line, String text);
    }

    @Override
    public Chunks<R> open() throws IOException {
        return new NumberedChunks<>(lines.open(), maker);
    }

    @Override
    public boolean pipelined() {
        return lines.chunksAreIndependent();
    }

    @Override
    public Optional<String> reads() {
        return lines.reads();
    }

    @Override
    public OptionalLong byteCount() {
        return lines.byteCount();
    }

    @Override
    public Optional<String> note() {
        return Optional.of("lines are numbered, so files are read from their beginning on");
    }

    private static final class NumberedChunks<R> implements Chunks<R> {

        private final SlicesInTurn<String, LineChunk<String>> chunks;
        private final LineMaker<R> maker;
        private long linesBefore;

        NumberedChunks(SlicesInTurn<String, LineChunk<String>> chunks, LineMaker<R> maker) {
            this.chunks = chunks;
            this.maker = maker;
        }

        @Override
        public @Nullable Chunk<R> nextChunk() throws IOException {
            LineChunk<String> chunk = chunks.nextChunk();
            if (chunk == null) {
                return null;
            }
            long before = chunk.beginsFile() ? 0 : linesBefore;
            linesBefore = before + chunk.countLines();
            return new NumberedChunk<>(chunk, before, maker);
        }

        @Override
        public long bytesRead() {
            return chunks.bytesRead();
        }

        @Override
        public long bytesPassedOver() {
            return chunks.bytesPassedOver();
        }

        @Override
        public List<FileLoss> filesLost() {
            return chunks.filesLost();
        }

        @Override
        public void close() throws IOException {
            chunks.close();
        }
    }

    private static final class NumberedChunk<R> implements Chunk<R> {

        private final LineChunk<String> chunk;
        private final long linesBefore;
        private final String file;
        private final LineMaker<R> maker;

        NumberedChunk(LineChunk<String> chunk, long linesBefore, LineMaker<R> maker) {
            this.chunk = chunk;
            this.linesBefore = linesBefore;
            this.file = chunk.fileName();
            this.maker = maker;
        }

        @Override
        public @Nullable R next() throws Exception {
            String line = chunk.next();
            return line == null ? null : maker.of(file, linesBefore + chunk.lineInChunk(), line);
        }

        @Override
        public Optional<Location> location() {
            return chunk.location();
        }

        @Override
        public void detach() throws Exception {
            chunk.detach();
        }

        @Override
        public void release() {
            chunk.release();
        }
    }

    /** Parts whose lines come with their file and number. */
    static final class NumberedParts<R> extends AbstractList<NumberedPart<R>> implements RandomAccess, Serializable {

        private static final long serialVersionUID = 1;

        private final TextParts<String> parts;
        private final LineMaker<R> maker;

        /**
         * Numbers the lines of parts.
         *
         * @param parts of whole files
         */
        NumberedParts(TextParts<String> parts, LineMaker<R> maker) {
            this.parts = parts;
            this.maker = maker;
        }

        @Override
        public int size() {
            return parts.size();
        }

        @Override
        public NumberedPart<R> get(int index) {
            return new NumberedPart<>(parts.get(index), maker);
        }
    }
}
