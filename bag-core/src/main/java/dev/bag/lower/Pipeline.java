package dev.bag.lower;

import dev.bag.kernel.ChunkDrain;
import dev.bag.kernel.Closing;
import dev.bag.kernel.Sink;
import dev.bag.schedule.Batch;
import dev.bag.schedule.Execution;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One partition whose chunks are costly to make, such as a gzip file: one thread at a time makes them, one after the
 * other, and hands each to whoever is free. Each chunk leaves a partial result of its own, whoever works on it, and those
 * are merged in chunk order; so the result does not depend on how many threads there are.
 *
 * <p>Protocol. {@code reader} says who makes chunks: {@code AT_WORK} while a thread does, {@code AWAY} when the bounded
 * number of chunks is in flight and that thread has left. A thread that has finished a chunk looks: if the reader is
 * away, it takes the place (one compare-and-set, so only one does). The race is the reader leaving just when the last
 * chunk in flight is finished and nobody comes after it: so the reader, after it has said {@code AWAY}, looks at the
 * number in flight once more and takes its place back if there is room again.
 *
 * <p>{@code unmerged} counts the chunks in work and the reader; who brings it to zero leaves the result of the partition.
 * When a chunk cannot be made, the reader only notes that and counts itself down, and who brings {@code unmerged} to zero
 * fails with it: so a bad record fails the run whenever it comes before that place, and not depending on who is faster.
 */
final class Pipeline {

    private enum Reader {
        AT_WORK,
        AWAY,
        DONE
    }

    private final Batch stage;
    private final Junction junction;
    private final StageUnits.Piece piece;
    private final Part<?> part;
    private final TaskWatch task;
    private final OpenThings openThings;

    private final AtomicReference<Reader> reader = new AtomicReference<>(Reader.AT_WORK);
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger unmerged = new AtomicInteger(1);
    /** One for each end, in the same order in every unit; written before the first chunk. */
    private final List<PartsOfPartition<?>> parts = new ArrayList<>();

    /** This and the two below: by the reader only; it hands them on through {@code reader}. */
    private @Nullable Chunks<?> chunks;

    private int nextChunk;
    private Closing.@Nullable Closer closer;

    /** Why a chunk could not be made; written before the reader counts itself down in {@code unmerged}. */
    private @Nullable Throwable broken;

    Pipeline(
            Batch stage,
            Junction junction,
            StageUnits.Piece piece,
            Part<?> part,
            TaskWatch task,
            OpenThings openThings) {
        this.stage = stage;
        this.junction = junction;
        this.piece = piece;
        this.part = part;
        this.task = task;
        this.openThings = openThings;
    }

    /** Works as the reader until the end, or until enough chunks are in flight. */
    void run(Execution execution) throws Throwable {
        UnitBuilder first = open();
        first.ends().forEach(end -> parts.add(end.terminal().inParts(end.partition())));
        read(first, execution);
    }

    private void read(UnitBuilder firstUnit, Execution execution) throws Throwable {
        int mostInFlight = execution.pool().parallelism() + 2;
        UnitBuilder unit = firstUnit;
        while (!execution.stopping()) {
            Chunk<?> chunk;
            try {
                chunk = wanted(unit) ? nextChunk() : null;
            } catch (Throwable e) {
                breakOff(e);
                return;
            }
            if (chunk == null) {
                end(unit);
                return;
            }
            int number = nextChunk++;
            unmerged.incrementAndGet();
            if (execution.pool().parallelism() == 1 || stage.hasUnclaimed()) {
                work(unit, chunk, number, execution);
            } else {
                detach(chunk);
                inFlight.incrementAndGet();
                execution.fork(new ChunkBatch(unit, chunk, number));
                if (inFlight.get() >= mostInFlight && stepAway(mostInFlight)) {
                    return;
                }
            }
            unit = open();
        }
    }

    /** Leaves the place of the reader; false when there was room again and it was taken back. */
    private boolean stepAway(int mostInFlight) {
        reader.set(Reader.AWAY);
        return inFlight.get() >= mostInFlight || !takePlace();
    }

    private boolean takePlace() {
        return reader.compareAndSet(Reader.AWAY, Reader.AT_WORK);
    }

    private UnitBuilder open() {
        UnitBuilder unit = new UnitBuilder();
        unit.open(junction, piece.partition());
        return unit;
    }

    private static boolean wanted(UnitBuilder unit) {
        Sink sink = unit.entry();
        return sink != null && sink.wantsMore();
    }

    private @Nullable Chunk<?> nextChunk() throws Throwable {
        try {
            if (chunks == null) {
                Chunks<?> opened = part.open();
                chunks = opened;
                closer = opened::close;
                openThings.add(closer);
            }
            Chunk<?> next = chunks.nextChunk();
            if (next == null) {
                task.passedOver(chunks.bytesPassedOver());
            }
            return next;
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    private void detach(Chunk<?> chunk) throws Throwable {
        try {
            chunk.detach();
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    private RuntimeException failure(Throwable e) {
        return piece.place().failure(null, e);
    }

    /** The reader cannot go on. */
    private void breakOff(Throwable e) throws Throwable {
        broken = e;
        reader.set(Reader.DONE);
        merged();
    }

    /** The reader has made the last chunk. Without any, an empty one leaves the result of nothing. */
    private void end(UnitBuilder unused) throws Throwable {
        reader.set(Reader.DONE);
        if (closer != null) {
            openThings.remove(closer);
            closer.close();
        }
        if (nextChunk == 0) {
            Sink sink = unused.entry();
            if (sink != null) {
                sink.finish();
            }
            merge(unused, 0);
        }
        merged();
    }

    private void work(UnitBuilder unit, Chunk<?> chunk, int number, Execution execution) throws Throwable {
        Sink sink = unit.entry();
        if (sink == null) {
            throw new IllegalStateException("a chunk was read that nobody wants");
        }
        try {
            ChunkDrain.drain(piece.place(), chunk, sink, execution::stopping);
            if (execution.stopping()) {
                return;
            }
            sink.finish();
        } finally {
            chunk.release();
            sink.close();
        }
        merge(unit, number);
        merged();
    }

    private void merge(UnitBuilder unit, int number) throws Throwable {
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).take(number, unit.ends().get(i).sink());
        }
    }

    private void merged() throws Throwable {
        if (unmerged.decrementAndGet() == 0) {
            Throwable failure = broken;
            if (failure != null) {
                throw failure;
            }
            for (PartsOfPartition<?> part : parts) {
                part.complete();
            }
            task.ended();
        }
    }

    /** Works on one chunk, and after that makes further ones if nobody else does. */
    private final class ChunkBatch extends Batch {

        private final UnitBuilder unit;
        private final Chunk<?> chunk;
        private final int number;

        ChunkBatch(UnitBuilder unit, Chunk<?> chunk, int number) {
            super(stage);
            this.unit = unit;
            this.chunk = chunk;
            this.number = number;
        }

        @Override
        protected void run(int index, Execution execution) throws Throwable {
            try {
                work(unit, chunk, number, execution);
                inFlight.decrementAndGet();
                if (takePlace()) {
                    read(open(), execution);
                }
            } catch (Throwable e) {
                task.failed(e, execution);
                throw e;
            }
        }
    }
}
