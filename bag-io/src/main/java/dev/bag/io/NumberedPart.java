package dev.bag.io;

import dev.bag.io.TextPart.TextParts;
import dev.bag.io.format.LineChunk;
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
 */
record NumberedPart(TextPart<String> lines) implements Part<Sourced<String>> {

    @Override
    public Chunks<Sourced<String>> open() throws IOException {
        return new NumberedChunks(lines.open());
    }

    @Override
    public boolean pipelined() {
        return lines.chunksAreIndependent();
    }

    @Override
    public OptionalLong byteCount() {
        return lines.byteCount();
    }

    @Override
    public Optional<String> note() {
        return Optional.of("lines are numbered, so files are read from their beginning on");
    }

    private static final class NumberedChunks implements Chunks<Sourced<String>> {

        private final SlicesInTurn<String, LineChunk<String>> chunks;
        private long linesBefore;

        NumberedChunks(SlicesInTurn<String, LineChunk<String>> chunks) {
            this.chunks = chunks;
        }

        @Override
        public @Nullable Chunk<Sourced<String>> nextChunk() throws IOException {
            LineChunk<String> chunk = chunks.nextChunk();
            if (chunk == null) {
                return null;
            }
            long before = chunk.beginsFile() ? 0 : linesBefore;
            linesBefore = before + chunk.countLines();
            return new NumberedChunk(chunk, before);
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

    private static final class NumberedChunk implements Chunk<Sourced<String>> {

        private final LineChunk<String> chunk;
        private final long linesBefore;
        private final String file;

        NumberedChunk(LineChunk<String> chunk, long linesBefore) {
            this.chunk = chunk;
            this.linesBefore = linesBefore;
            this.file = chunk.fileName();
        }

        @Override
        public @Nullable Sourced<String> next() throws Exception {
            String line = chunk.next();
            return line == null ? null : new Sourced<>(file, linesBefore + chunk.lineInChunk(), line);
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
    static final class NumberedParts extends AbstractList<NumberedPart> implements RandomAccess, Serializable {

        private static final long serialVersionUID = 1;

        private final TextParts<String> parts;

        /**
         * Numbers the lines of parts.
         *
         * @param parts of whole files
         */
        NumberedParts(TextParts<String> parts) {
            this.parts = parts;
        }

        @Override
        public int size() {
            return parts.size();
        }

        @Override
        public NumberedPart get(int index) {
            return new NumberedPart(parts.get(index));
        }
    }
}
