package dev.bag.testing;

import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import dev.bag.source.Source;
import dev.bag.value.Block;
import dev.bag.value.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Texts in parts and chunks, as views of a buffer for each chunk. When a chunk is released its buffer is overwritten and its
 * block ended, so that a view that was kept is noticed.
 */
public record ViewSource(String name, List<ViewPart> parts) implements Source<Utf8> {

    /** Parts, each a list of chunks. */
    public static ViewSource of(boolean pipelined, List<List<List<String>>> parts) {
        return new ViewSource(
                "views",
                parts.stream().map(chunks -> new ViewPart(chunks, pipelined)).toList());
    }

    /** One part. */
    public record ViewPart(List<List<String>> chunks, boolean pipelined) implements Part<Utf8> {

        @Override
        public Chunks<Utf8> open() {
            Iterator<List<String>> next = chunks.iterator();
            return new Chunks<>() {
                @Override
                public @Nullable Chunk<Utf8> nextChunk() {
                    return next.hasNext() ? new ViewChunk(next.next()) : null;
                }

                @Override
                public void close() {}
            };
        }

        /** Not true, but known. */
        @Override
        public OptionalLong byteCount() {
            return OptionalLong.of(1);
        }
    }

    private static final class ViewChunk implements Chunk<Utf8> {

        private final Iterator<String> texts;
        private final byte[] buffer;
        private final Block block;
        private int from;

        ViewChunk(List<String> texts) {
            this.texts = texts.iterator();
            this.buffer = String.join("", texts).getBytes(StandardCharsets.UTF_8);
            this.block = new Block(buffer);
        }

        @Override
        public @Nullable Utf8 next() {
            if (!texts.hasNext()) {
                return null;
            }
            int to = from + texts.next().getBytes(StandardCharsets.UTF_8).length;
            Utf8 text = block.utf8(from, to);
            from = to;
            return text;
        }

        @Override
        public int viewedBytes() {
            return buffer.length;
        }

        @Override
        public void release() {
            block.end();
            Arrays.fill(buffer, (byte) '#');
        }
    }
}
