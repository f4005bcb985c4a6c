package dev.bag.io.write;

import dev.bag.io.compress.BlockCompressor;
import dev.bag.io.compress.FileCompression;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Lets several threads write one piece, in sections. Where the compression has blocks, the text of all sections is cut into
 * the same blocks into which one thread would have cut it, so that the file is the same; what is left at the end of a section belongs to
 * the first block of the next one. Other compressions are left to the thread that puts.
 */
public final class PieceSections {

    private static final int FULL = 4 << 20;

    private final PieceFile file;
    private final FileCompression compression;

    /** In which nothing is compressed for now; null where there are no blocks. */
    private final @Nullable Queue<BlockCompressor> idle;

    private final Queue<TextBuffer> buffers = new ConcurrentLinkedQueue<>();

    private final int blockLength;

    /** The beginning of a block that is not complete. By the thread that appends. */
    private byte[] open = {};

    private int filled;

    PieceSections(PieceFile file, FileCompression compression) throws IOException {
        this.file = file;
        this.compression = compression;
        BlockCompressor first = compression.blocks();
        this.idle = first == null ? null : new ConcurrentLinkedQueue<>(List.of(first));
        this.blockLength = first == null ? 0 : first.mostData();
    }

    /** A part of an array. */
    private record Span(byte[] bytes, int from, int length) {}

    /** The bytes of a section. Its steps are those of {@link dev.bag.source.Sink.Section}. */
    public final class Section {

        private @Nullable TextBuffer text;
        private byte[] beginning = {};
        private final List<Span> blocks = new ArrayList<>();
        private @Nullable TextBuffer compressed;
        private IntStream.Builder frames = IntStream.builder();

        Section() {}

        /** Returns where the text goes. */
        public TextBuffer text() {
            TextBuffer into = text;
            if (into == null) {
                into = taken();
                text = into;
            }
            return into;
        }

        /** Returns whether much text is here. */
        public boolean isFull() {
            return text != null && text.length() >= FULL;
        }

        /** Finds out in which blocks the text is, behind {@code before}. */
        public void append(byte[] before) {
            beginning = before;
            TextBuffer now = text();
            if (idle != null) {
                cut(before, before.length);
                cut(now.bytes(), now.length());
            }
        }

        private void cut(byte[] bytes, int length) {
            int at = 0;
            if (filled > 0) {
                at = Math.min(length, blockLength - filled);
                System.arraycopy(bytes, 0, open, filled, at);
                filled += at;
                if (filled == blockLength) {
                    blocks.add(new Span(open, 0, blockLength));
                    open = new byte[0];
                    filled = 0;
                }
            }
            for (; length - at >= blockLength; at += blockLength) {
                blocks.add(new Span(bytes, at, blockLength));
            }
            if (length > at) {
                open = open.length == 0 ? new byte[blockLength] : open;
                System.arraycopy(bytes, at, open, filled, length - at);
                filled += length - at;
            }
        }

        /** Compresses blocks. */
        public void prepare() throws IOException {
            if (idle == null || blocks.isEmpty()) {
                return;
            }
            TextBuffer into = taken();
            compressed = into;
            BlockCompressor known = idle.poll();
            BlockCompressor compressor = known == null ? compression.blocks() : known;
            if (compressor == null) {
                throw new IllegalStateException("there are blocks for some sections only");
            }
            try {
                for (Span block : blocks) {
                    int length = compressor.compress(block.bytes(), block.from(), block.length(), into::put);
                    if (compressor.isListed()) {
                        frames.add(length).add(block.length());
                    }
                }
            } finally {
                idle.add(compressor);
            }
        }

        /** Writes what is there, and begins anew. */
        public void put() throws IOException {
            if (idle == null) {
                TextBuffer now = text();
                file.write(beginning, 0, beginning.length);
                file.write(now.bytes(), 0, now.length());
            }
            if (compressed != null) {
                file.writeBlocks(compressed, frames.build().toArray());
                give(compressed);
                compressed = null;
            }
            if (text != null) {
                give(text);
                text = null;
            }
            blocks.clear();
            frames = IntStream.builder();
        }
    }

    private TextBuffer taken() {
        TextBuffer buffer = buffers.poll();
        return buffer == null ? new TextBuffer() : buffer;
    }

    /** One that has become large is not kept. */
    private void give(TextBuffer buffer) {
        buffer.clear();
        if (buffer.bytes().length <= FULL) {
            buffers.add(buffer);
        }
    }

    /** Returns a new section. By any thread. */
    public Section newSection() {
        return new Section();
    }

    /** All sections have been put. */
    public void finish() throws IOException {
        file.write(open, 0, filled);
    }

    /** Gives back what is open. No section is at work. */
    public void close() {
        if (idle != null) {
            idle.forEach(BlockCompressor::close);
            idle.clear();
        }
    }
}
