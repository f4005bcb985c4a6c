package dev.bag.kernel;

import dev.bag.kernel.Operator.Place;
import dev.bag.source.BadRecordException;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import dev.bag.value.Location;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Pushes the records of a part, which is opened when the first one is asked for, or of chunks that are there. */
public final class SourceFeed extends Feed {

    private final Place place;
    private final @Nullable Part<?> part;
    private final Retention retention;
    private final Reading reading;
    /** Read of the chunk, and not told yet. */
    private long recordsRead;

    private @Nullable Chunks<?> chunks;
    private @Nullable Chunk<?> chunk;
    /** Of the input: up to the end of the chunk that was read last, and of that as many as were told. */
    private long bytesRead;

    private long bytesTold;

    /** The bytes to which records of {@link #chunk} refer, and what was kept when it began. */
    private int viewedBytes;

    private long keptBefore;

    /** Hears what is read. */
    public interface Reading {

        /** Hears nothing. */
        Reading UNHEARD = new Reading() {
            @Override
            public void records(long count) {}

            @Override
            public void bytesRead(long count) {}

            @Override
            public void passedOver(long bytes) {}
        };

        /** So many more records were read, or left out because they cannot be read. */
        void records(long count);

        /** So many more bytes of the input were read, of which the records have been pushed. Of a part of which this is not told, all count when it has been read. */
        void bytesRead(long count);

        /** A part has been read to its end, and has passed over so many bytes. */
        void passedOver(long bytes);
    }

    /**
     * A feed of the part at {@code place}.
     *
     * @param retention of the task
     * @param skips takes what cannot be read and may be left out
     * @param reading hears what is read
     */
    public SourceFeed(Place place, Part<?> part, Sink sink, Retention retention, Skips skips, Reading reading) {
        super(sink, skips);
        this.place = place;
        this.part = part;
        this.retention = retention;
        this.reading = reading;
    }

    /** A feed of {@code opened}, which it closes. */
    public SourceFeed(Place place, Chunks<?> opened, Sink sink, Retention retention, Skips skips, Reading reading) {
        super(sink, skips);
        this.place = place;
        this.part = null;
        this.retention = retention;
        this.reading = reading;
        this.chunks = opened;
    }

    @Override
    protected Progress pushNext() throws Throwable {
        Chunk<?> current = chunk == null ? nextChunk() : chunk;
        while (current != null) {
            if (ChunkDrain.pushNext(place, current, sink(), skips())) {
                recordsRead++;
                return Progress.NEXT;
            }
            if (isWaiting(current)) {
                return Progress.LATER;
            }
            current = nextChunk();
        }
        return Progress.ENDED;
    }

    @Override
    protected Progress pushAll(StopSign stop) throws Throwable {
        Chunk<?> current = chunk == null ? nextChunk() : chunk;
        while (current != null) {
            if (!ChunkDrain.drain(this, current, sink(), stop)) {
                return sink().wantsMore() ? Progress.NEXT : Progress.ENDED;
            }
            if (isWaiting(current)) {
                return Progress.LATER;
            }
            current = nextChunk();
        }
        return Progress.ENDED;
    }

    private static boolean isWaiting(Chunk<?> chunk) {
        return chunk instanceof Waiting mayWait && mayWait.isWaiting();
    }

    @Override
    protected void whenReady(Runnable ready) {
        if (chunk instanceof Waiting waiting) {
            waiting.whenReady(ready);
        } else {
            super.whenReady(ready);
        }
    }

    private @Nullable Chunk<?> nextChunk() throws Throwable {
        try {
            if (chunks == null && part != null) {
                chunks = part.open();
            }
            if (chunks == null) {
                return null;
            }
            endChunk();
            chunk = chunks.nextChunk();
            bytesRead = chunks.bytesRead();
            if (chunk == null) {
                tellBytes();
                reading.passedOver(chunks.bytesPassedOver());
            } else {
                viewedBytes = chunk.viewedBytes();
                keptBefore = viewedBytes == 0 ? 0 : retention.begin(viewedBytes);
            }
        } catch (Throwable e) {
            throw place.failure(null, e);
        }
        return chunk;
    }

    /** Bytes are told with the records that are made of them. */
    private void tellBytes() {
        if (bytesRead > bytesTold) {
            reading.bytesRead(bytesRead - bytesTold);
            bytesTold = bytesRead;
        }
    }

    private void endChunk() {
        Chunk<?> read = chunk;
        if (read == null) {
            return;
        }
        chunk = null;
        reading.records(recordsRead);
        recordsRead = 0;
        tellBytes();
        if (viewedBytes > 0 && retention.isKeptSince(keptBefore, viewedBytes)) {
            read.leave();
        } else {
            read.release();
        }
    }

    @Override
    protected Optional<Location> location() {
        return chunk == null ? Optional.empty() : chunk.location();
    }

    @Override
    protected Supplier<Optional<Location>> locator() {
        return chunk == null ? Optional::empty : chunk.locator();
    }

    @Override
    protected void closeInput() throws Exception {
        if (chunks != null) {
            try {
                endChunk();
                skips().addFiles(place, chunks.filesLost());
                chunks.close();
            } catch (Throwable e) {
                throw place.failure(null, e);
            }
        }
    }

    /**
     * The innermost loop, in one place where the compiler of the JVM sees it whole: every record of a chunk into a
     * sink.
     */
    private static final class ChunkDrain {

        private ChunkDrain() {}

        /**
         * Pushes the records of {@code chunk}: true after the last, false when none is wanted or {@code stop} is up.
         */
        static boolean drain(SourceFeed feed, Chunk<?> chunk, Sink sink, StopSign stop) throws Throwable {
            Place place = feed.place;
            Skips skips = feed.skips();
            if (sink instanceof FoldSink fold && !stop.isUp()) {
                long rest = fold.onlyCounts() ? countRest(place, chunk) : -1;
                if (rest >= 0) {
                    fold.add(rest);
                    feed.recordsRead += rest;
                    return true;
                }
                LongPredicate wanted = fold.wantedValues();
                if (wanted != null && chunk instanceof Selective selective) {
                    selective.select(wanted);
                }
            }
            long count = 0;
            try {
                while (sink.wantsMore() && !stop.isUp()) {
                    if (!pushNext(place, chunk, sink, skips)) {
                        return true;
                    }
                    count++;
                }
                return false;
            } finally {
                feed.recordsRead += count;
            }
        }

        private static long countRest(Place place, Chunk<?> chunk) throws Throwable {
            try {
                return chunk.countRest();
            } catch (Throwable e) {
                throw place.failure(null, e);
            }
        }

        /** Pushes the next record of {@code chunk}, or leaves it out; or returns false after the last. */
        static boolean pushNext(Place place, Chunk<?> chunk, Sink sink, Skips skips) throws Throwable {
            @Nullable Object record;
            try {
                record = chunk.next();
            } catch (BadRecordException e) {
                skips.drop(place.failure(null, e), e);
                return true;
            } catch (Throwable e) {
                throw place.failure(null, e);
            }
            if (record == null) {
                return false;
            }
            try {
                sink.accept(record);
            } catch (OperatorFailure e) {
                e.locate(chunk::location);
                throw e;
            }
            return true;
        }
    }

    /** A chunk of entries that need not make an entry if its value is a long that is not wanted. */
    public interface Selective {

        /** Makes only entries with values that are {@code wanted}, or are no longs, from now on. */
        void select(LongPredicate wanted);
    }

    /**
     * Marks a chunk whose records may not have arrived yet: {@code next()} also returns null in that case, and no thread
     * blocks until they arrive.
     */
    public interface Waiting {

        /**
         * Whether the null that {@code next()} has returned last means that there is no record yet, and not that it
         * ends.
         */
        boolean isWaiting();

        /** Calls {@code ready} once, on any thread, when there may be a record; at once if there may be one already. */
        void whenReady(Runnable ready);
    }
}
