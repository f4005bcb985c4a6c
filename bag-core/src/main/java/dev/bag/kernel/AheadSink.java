package dev.bag.kernel;

import dev.bag.memory.SizeSampler;
import dev.bag.value.Location;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where records come that are made ahead of an operation that needs their order. They are kept until it is their turn; from
 * then on they are passed on as they come. The thread that makes them finds out by itself: it reads {@code behind}, which is
 * written once, whenever a record comes.
 */
public final class AheadSink extends Link implements Retention.Keeper {

    private static final int MOST_RECORDS = 1 << 16;
    private static final int MOST_BYTES = 1 << 22;
    private static final int FIRST = 64;

    private final SizeSampler sizes = new SizeSampler();
    private @Nullable Object[] records = {};
    /** Of each record the number, among those that are read, of the one it was made of. */
    private long[] numbers = {};

    /** What was counted for a record, and after the one before it, where that is anything. */
    private final Map<Integer, Runnable> countedBefore = new HashMap<>(0);

    private int count;
    private long bytes;
    private long stoppedAt = -1;
    private @Nullable Surroundings around;

    /** Where the records go, once it is their turn. */
    private volatile @Nullable Sink behind;

    /**
     * What is known around this sink.
     *
     * @param number returns the number of the record that is being read, from 1
     * @param locator returns where the record with a number is in the input
     * @param aside takes aside what functions have counted since the last call, and returns what lets it count; null if that
     *     is nothing
     * @param turn waits for the turn
     */
    public record Surroundings(
            LongSupplier number,
            LongFunction<Optional<Location>> locator,
            Supplier<@Nullable Runnable> aside,
            Turn turn) {}

    /** Waits for the turn. */
    @FunctionalInterface
    public interface Turn {

        /** Returns when it is the turn of the records here, or nothing of them is wanted any more. */
        void await() throws InterruptedException;
    }

    /** Tells what is around this; before the first record. */
    public void setIn(Surroundings surroundings) {
        around = surroundings;
    }

    /** Now it is the turn of the records here. Any thread says so. */
    public void turnTo(Sink sink) {
        behind = sink;
    }

    /** What is kept is taken when its chunk has ended, so the buffer is left to records that are views. */
    @Override
    public void begin(long position, Retention retention) {
        retention.keepAll();
    }

    @Override
    public void accept(Object record) throws Throwable {
        Sink next = behind;
        if (next == null && isOverfull()) {
            around().turn().await();
            next = behind;
            if (next == null) {
                return;
            }
        }
        if (next == null) {
            keep(record);
            return;
        }
        if (count > 0) {
            passOn();
        }
        next.accept(record);
    }

    private void keep(Object record) {
        if (count == records.length) {
            int length = Math.max(FIRST, 2 * count);
            records = Arrays.copyOf(records, length);
            numbers = Arrays.copyOf(numbers, length);
        }
        records[count] = record;
        numbers[count] = around().number().getAsLong();
        Runnable counted = around().aside().get();
        if (counted != null) {
            countedBefore.put(count, counted);
        }
        count++;
        bytes += sizes.of(record);
    }

    private Surroundings around() {
        if (around == null) {
            throw new IllegalStateException("not set up");
        }
        return around;
    }

    /** Whether so much is kept that the chunk should not be worked on until it is its turn. */
    public boolean isFull() {
        return count >= MOST_RECORDS || bytes >= MOST_BYTES;
    }

    /** Whether the same is true in the middle of the many records that an operation makes of one. */
    private boolean isOverfull() {
        return count >= 2 * MOST_RECORDS || bytes >= 2 * MOST_BYTES;
    }

    /** Whether records are kept until it is their turn. */
    public boolean keepsRecords() {
        return count > 0 || behind == null;
    }

    /** Whether something is kept of which it is the turn. */
    public boolean mustPassOn() {
        return count > 0 && behind != null;
    }

    /** Passes on what is kept, if it is its turn. */
    public void passOn() throws Throwable {
        Sink next = behind;
        if (next == null) {
            return;
        }
        int end = count;
        Runnable countedLast = end == 0 ? null : around().aside().get();
        count = 0;
        bytes = 0;
        for (int i = 0; i < end; i++) {
            if (!next.wantsMore()) {
                stoppedAt = i == 0 ? numbers[0] - 1 : numbers[i - 1];
                return;
            }
            Runnable counted = countedBefore.isEmpty() ? null : countedBefore.remove(i);
            if (counted != null) {
                counted.run();
            }
            Object record = records[i];
            if (record != null) {
                pass(record, numbers[i], next);
            }
        }
        if (countedLast != null) {
            countedLast.run();
        }
        records = new @Nullable Object[0];
        numbers = new long[0];
    }

    /** Returns the number of the record that was read for the last one that was wanted; -1 if all are, so far. */
    public long stoppedAt() {
        return stoppedAt;
    }

    private void pass(Object record, long number, Sink next) throws Throwable {
        try {
            next.accept(record);
        } catch (OperatorFailure e) {
            e.locate(() -> around().locator().apply(number));
            throw e;
        }
    }

    @Override
    public boolean wantsMore() {
        Sink next = behind;
        if (next != null && !has(BOTH) && !next.wantsMore()) {
            end(BOTH);
        }
        return super.wantsMore();
    }

    @Override
    public boolean isOver() {
        return !wantsMore();
    }

    /** What is behind may come to an end without telling this. */
    @Override
    Link watched() {
        return this;
    }

    @Override
    int outCount() {
        return 0;
    }

    @Override
    Sink out(int i) {
        throw new IndexOutOfBoundsException(i);
    }
}
