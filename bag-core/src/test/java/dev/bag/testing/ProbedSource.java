package dev.bag.testing;

import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import dev.bag.source.Source;
import dev.bag.value.Location;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records in parts and chunks, which counts what is asked for and notes every breach of the rules for chunks. The n-th
 * record of part p has the location {@code part-p, line n + 1, byte 10 n}.
 *
 * @param <T> the records
 */
public record ProbedSource<T>(String name, List<ProbedPart<T>> parts, Probe probe) implements Source<T> {

    /** Parts, each a list of chunks. */
    public static <T> ProbedSource<T> of(List<List<List<T>>> parts) {
        return of(false, parts);
    }

    /** Parts whose chunks are costly to make. */
    public static <T> ProbedSource<T> pipelined(List<List<List<T>>> parts) {
        return of(true, parts);
    }

    /** One part without an end, whose n-th chunk is made by {@code chunk}. */
    public static <T> ProbedSource<T> endless(boolean pipelined, LongFunction<List<T>> chunk) {
        Probe probe = new Probe();
        return new ProbedSource<>(
                "endless",
                List.of(new ProbedPart<>(
                        0,
                        () -> LongStream.iterate(0, n -> n + 1).mapToObj(chunk).iterator(),
                        pipelined,
                        probe)),
                probe);
    }

    private static <T> ProbedSource<T> of(boolean pipelined, List<List<List<T>>> parts) {
        Probe probe = new Probe();
        List<ProbedPart<T>> probed = Stream.iterate(0, p -> p < parts.size(), p -> p + 1)
                .map(p -> new ProbedPart<T>(p, parts.get(p), pipelined, probe))
                .toList();
        return new ProbedSource<>("probed", probed, probe);
    }

    /** One part. */
    public record ProbedPart<T>(int number, Iterable<List<T>> chunks, boolean pipelined, Probe probe)
            implements Part<T> {

        @Override
        public Chunks<T> open() {
            probe.opened.incrementAndGet();
            return new ProbedChunks<>(this, chunks.iterator());
        }

        /** Not true, but known. */
        @Override
        public OptionalLong byteCount() {
            return OptionalLong.of(1);
        }
    }

    private static final class ProbedChunks<T> implements Chunks<T> {

        private final ProbedPart<T> part;
        private final Iterator<List<T>> chunks;
        private final AtomicInteger users = new AtomicInteger();
        private @Nullable ProbedChunk<T> last;
        private int line;
        private volatile boolean closed;

        ProbedChunks(ProbedPart<T> part, Iterator<List<T>> chunks) {
            this.part = part;
            this.chunks = chunks;
        }

        @Override
        public @Nullable Chunk<T> nextChunk() {
            Probe probe = part.probe();
            probe.check(users.incrementAndGet() == 1, "one thread at a time makes chunks");
            probe.check(!closed, "no chunk is made after close");
            if (last != null) {
                last.stale = true;
            }
            last = null;
            if (chunks.hasNext()) {
                probe.chunks.incrementAndGet();
                List<T> records = chunks.next();
                last = new ProbedChunk<>(part, records, line);
                line += records.size();
            }
            users.decrementAndGet();
            return last;
        }

        @Override
        public void close() {
            part.probe().check(!closed, "a part is closed once");
            closed = true;
            part.probe().closed.incrementAndGet();
        }
    }

    private static final class ProbedChunk<T> implements Chunk<T> {

        private final ProbedPart<T> part;
        private final List<T> records;
        private final int firstLine;
        private final AtomicInteger users = new AtomicInteger();
        private int next;
        private boolean detached;
        private volatile boolean stale;
        private volatile boolean released;

        ProbedChunk(ProbedPart<T> part, List<T> records, int firstLine) {
            this.part = part;
            this.records = records;
            this.firstLine = firstLine;
        }

        @Override
        public @Nullable T next() {
            Probe probe = part.probe();
            probe.check(users.incrementAndGet() == 1, "one thread at a time reads a chunk");
            probe.check(!released, "a released chunk is not read");
            probe.check(detached || !stale, "a chunk is not read after the next one, unless it was detached");
            T record = next < records.size() ? records.get(next++) : null;
            if (record != null) {
                probe.records.incrementAndGet();
            }
            users.decrementAndGet();
            return record;
        }

        @Override
        public Optional<Location> location() {
            part.probe().check(next > 0, "a location is asked for after a record was read");
            part.probe().check(!released, "a released chunk is not asked for a location");
            int line = firstLine + next;
            return Optional.of(Location.at("part-" + part.number(), line, 10L * (line - 1)));
        }

        @Override
        public void detach() {
            part.probe().check(part.pipelined(), "only pipelined parts have their chunks detached");
            part.probe().check(next == 0, "a chunk is detached before its first record is read");
            part.probe().check(!stale, "a chunk is detached before the next one is made");
            detached = true;
            part.probe().detach();
        }

        @Override
        public void release() {
            part.probe().check(!released, "a chunk is released at most once");
            released = true;
            if (detached) {
                part.probe().release();
            }
        }
    }
}
