package dev.bag.run;

import dev.bag.kernel.Closing;
import dev.bag.kernel.Feed.Progress;
import dev.bag.kernel.Feed.StopSign;
import dev.bag.kernel.Retention;
import dev.bag.kernel.Sink;
import dev.bag.kernel.SourceFeed.Waiting;
import dev.bag.memory.SizeSampler;
import dev.bag.schedule.Execution;
import dev.bag.source.Chunk;
import dev.bag.value.Location;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The records that come of one chunk through the operations in front, on their way to the task that takes them.
 *
 * <p>Protocol. A worker makes records until the chunk ends or there are enough. Then they are the taker's, and so is the work on
 * the rest of the chunk: what {@code state} says, under the lock of this object, is final for the worker once it is not
 * {@code WORKING}. A taker that comes before that leaves a callback, which the worker calls after it has released the lock.
 */
final class MadeAhead implements Chunk<Object>, Waiting {

    /** Of one chunk that is worked on before its records are taken. */
    private static final int MOST_RECORDS = 1 << 16;

    private static final int MOST_BYTES = 1 << 22;
    /** That the taker makes at a time, of a chunk that is ahead. */
    private static final int MOST_PULLED = 1024;

    private enum State {
        /** A worker adds records. */
        WORKING,
        /** There may be more, which the taker makes. */
        STOPPED,
        ENDED
    }

    private final OpenTask work;
    private final Collected records;
    private final Counted read;
    private final boolean isAhead;
    private final Execution execution;
    private final OpenThings openThings;
    private final LongFunction<Optional<Location>> locator;
    private final Closing.Closer closer;

    /** Guarded by this, as are the three below, until the taker has them. */
    private State state;

    private @Nullable Throwable failure;
    private @Nullable Runnable whenMade;
    private volatile boolean isLeft;

    /** Of the taker, as are those below: whether the records are its own. */
    private boolean isTakers;

    private int next;
    private final int mostPulled;

    /**
     * A chunk that nobody works on yet.
     *
     * @param work what is in front, which reads {@code read} and ends in {@link Collected}
     * @param isAhead whether a worker will work on it; else the taker makes its records, each when it is asked for
     * @param locator returns where the record of the partition with a number, from 1, is in the input
     */
    MadeAhead(
            OpenTask work,
            Counted read,
            boolean isAhead,
            Execution execution,
            OpenThings openThings,
            LongFunction<Optional<Location>> locator) {
        this.work = work;
        this.records = (Collected) work.ends().get(0).sink();
        this.read = read;
        this.isAhead = isAhead;
        this.execution = execution;
        this.openThings = openThings;
        this.locator = locator;
        this.closer = work::close;
        this.mostPulled = isAhead ? MOST_PULLED : 1;
        this.state = isAhead ? State.WORKING : State.STOPPED;
        records.of = read;
        records.tally = work.tally();
        openThings.add(closer);
    }

    boolean isAhead() {
        return isAhead;
    }

    /** Returns how many records have been read so far. */
    long readCount() {
        return read.count;
    }

    /** Returns how many records have been read for those that were taken. */
    long takenCount() {
        return next == 0 ? records.numbersFrom : records.numberOf(next - 1);
    }

    /** Makes records until there are enough, as its worker. */
    void make() throws Exception {
        State reached = State.ENDED;
        @Nullable Throwable thrown = null;
        try {
            reached = make(() -> execution.stopping() || isLeft || records.isFull());
        } catch (Throwable e) {
            thrown = e;
        }
        Runnable ready;
        boolean wasLeft;
        synchronized (this) {
            state = reached;
            failure = thrown;
            ready = whenMade;
            whenMade = null;
            wasLeft = isLeft;
        }
        if (wasLeft && reached == State.STOPPED) {
            end();
        }
        if (ready != null) {
            ready.run();
        }
        if (thrown != null && StageBatch.isOfMemory(thrown)) {
            execution.fail(thrown);
        }
    }

    private State make(StopSign stop) throws Throwable {
        boolean isStopped = false;
        try {
            isStopped = work.goOn(stop) == Progress.NEXT;
        } finally {
            if (!isStopped) {
                end();
            }
        }
        return isStopped ? State.STOPPED : State.ENDED;
    }

    private void end() throws Exception {
        openThings.remove(closer);
        work.close();
    }

    @Override
    public @Nullable Object next() throws Exception {
        if (!isTakers) {
            synchronized (this) {
                isTakers = state != State.WORKING;
            }
            if (!isTakers) {
                return null;
            }
        }
        while (next == records.count) {
            if (state == State.ENDED) {
                if (failure instanceof Error error) {
                    throw error;
                }
                if (failure instanceof Exception exception) {
                    throw exception;
                }
                count(work.tally().takeCounts());
                return null;
            }
            pull();
        }
        count(records.countsBefore(next));
        return records.take(next++);
    }

    /** What was counted in front of a record counts with the task that takes it. */
    private static void count(Map<String, long[]> counts) {
        Tally taker = counts.isEmpty() ? null : Tally.current();
        if (taker != null) {
            taker.addCounts(counts);
        }
    }

    /** Makes some more, as the taker. */
    private void pull() {
        records.clear();
        next = 0;
        try {
            state = execution.stopping()
                    ? State.ENDED
                    : make(() -> execution.stopping() || records.count >= mostPulled);
        } catch (Throwable e) { // of a record that comes behind those that are there
            state = State.ENDED;
            failure = e;
        }
    }

    /** The worker may have ended since then. */
    @Override
    public boolean isWaiting() {
        return !isTakers;
    }

    @Override
    public void whenReady(Runnable ready) {
        synchronized (this) {
            if (state == State.WORKING) {
                whenMade = ready;
                return;
            }
        }
        ready.run();
    }

    /** Before anybody has worked on it: nothing of it is wanted. */
    void giveUp() throws Exception {
        state = State.ENDED;
        end();
    }

    /** For the taker: nothing more of it is wanted. */
    void drop() throws Exception {
        synchronized (this) {
            isLeft = true;
            if (state != State.STOPPED) {
                return;
            }
            state = State.ENDED;
        }
        end();
    }

    @Override
    public Optional<Location> location() {
        return next == 0 ? Optional.empty() : locator.apply(records.numberOf(next - 1));
    }

    /** Counts the records of a chunk as they are read. */
    static final class Counted implements Chunk<Object> {

        private final Chunk<?> chunk;
        private long count;

        Counted(Chunk<?> chunk) {
            this.chunk = chunk;
        }

        @Override
        public @Nullable Object next() throws Exception {
            Object record = chunk.next();
            count += record == null ? 0 : 1;
            return record;
        }

        @Override
        public Optional<Location> location() {
            return chunk.location();
        }

        @Override
        public int viewedBytes() {
            return chunk.viewedBytes();
        }

        @Override
        public void release() {
            chunk.release();
        }

        @Override
        public void leave() {
            chunk.leave();
        }
    }

    /** Where the records of a chunk come to: each with the number of the record that was read for it. */
    static final class Collected implements Sink, Retention.Keeper {

        private static final int FIRST = 64;

        private @Nullable Counted of;
        private @Nullable Object[] records = new @Nullable Object[FIRST];
        private int[] numbers = new int[FIRST];
        /** What functions have counted before each record and after the one before it. */
        private final Map<Integer, Map<String, long[]>> counts = new HashMap<>(0);

        private @Nullable Tally tally;
        private long numbersFrom;
        private int count;
        private long bytes;
        private final SizeSampler sizes = new SizeSampler();

        /** Records are taken when the chunk has ended, so its buffer is left to those that are views. */
        @Override
        public void begin(long position, Retention retention) {
            retention.keepAll();
        }

        @Override
        public void accept(Object record) {
            if (count == numbers.length) {
                records = Arrays.copyOf(records, 2 * count);
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            records[count] = record;
            numbers[count] = of == null ? 0 : (int) (of.count - numbersFrom);
            if (tally != null && !tally.countsNothing()) {
                counts.put(count, tally.takeCounts());
            }
            count++;
            bytes += sizes.of(record);
        }

        boolean isFull() {
            return count >= MOST_RECORDS || bytes >= MOST_BYTES;
        }

        Object take(int index) {
            Object record = records[index];
            records[index] = null;
            if (record == null) {
                throw new IllegalStateException("record " + index + " is taken already");
            }
            return record;
        }

        Map<String, long[]> countsBefore(int index) {
            return counts.getOrDefault(index, Map.of());
        }

        long numberOf(int index) {
            return numbersFrom + numbers[index];
        }

        void clear() {
            numbersFrom = of == null ? 0 : of.count;
            counts.clear();
            count = 0;
            bytes = 0;
        }
    }
}
