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
 * then on they are passed on a few at a time: as many as are made in a millisecond. So what makes them and what takes them are
 * two loops, of which the compiler of the JVM makes better code than of one. Where it is their turn from the beginning, each is passed on as it
 * comes. The thread that makes them finds out by itself: it reads {@code behind}, which is written once, whenever a record comes.
 */
public final class AheadSink extends Link implements Retention.Keeper {

    private static final int MOST_RECORDS = 1 << 16;
    private static final int MOST_BYTES = 1 << 22;
    private static final int FIRST = 256;
    /** How many records are kept at most when it is their turn. */
    private static final int MOST_AT_ONCE = 1 << 13;

    private static final long LONGEST_NANOS = 1_000_000;

    private final SizeSampler sizes = new SizeSampler();
    private @Nullable Object[] records = {};
    /** Of each record the number, among those that are read, of the one it was made of. */
    private long[] numbers = {};

    /** What was counted for a record, and after the one before it, where that is anything. */
    private final Map<Integer, Runnable> countedBefore = new HashMap<>(0);

    private int count;
    private long bytes;
    private long stoppedAt = -1;
    /** How many records are kept when it is their turn, and when the last ones were passed on. Written before {@code behind}. */
    private int atOnce = 1;

    private boolean hasPassed;
    private long lastPassed;
    /** Whether it was their turn before the first one came. */
    private boolean isDirect;

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

    /**
     * Now it is the turn of the records here. Any thread says so.
     *
     * @param pace how many are made in a millisecond, as far as is known
     */
    public void turnTo(Sink sink, int pace) {
        atOnce = pace;
        behind = sink;
    }

    /** Returns how many records were made in a millisecond; for who gives the next one the turn. */
    public int pace() {
        return atOnce;
    }

    /** It is their turn before the first one comes. */
    public void beginWithTurn() {
        isDirect = true;
    }

    /** What is kept is taken when its chunk has ended, so the buffer is left to records that are views. */
    @Override
    public void begin(long position, Retention retention) {
        retention.keepAll();
    }

    @Override
    public void accept(Object record) throws Throwable {
        Sink next = behind;
        if (isDirect && next != null) {
            next.accept(record);
            return;
        }
        if (isOverfull() && !makeRoom()) {
            return;
        }
        keep(record);
    }

    /** Passes on what is kept when it is its turn. Returns whether it was. */
    private boolean makeRoom() throws Throwable {
        if (behind == null) {
            around().turn().await();
        }
        passOn();
        return behind != null;
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

    /** Whether so much is kept of which it is the turn that it should be passed on before more is made. */
    public boolean shouldPassOn() {
        return behind != null && count >= atOnce;
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
            records[i] = null;
            if (record != null) {
                pass(record, numbers[i], next);
            }
        }
        if (countedLast != null) {
            countedLast.run();
        }
        if (end > 0) {
            planNext();
        }
    }

    private void planNext() {
        long now = System.nanoTime();
        if (hasPassed) {
            atOnce = now - lastPassed < LONGEST_NANOS ? Math.min(2 * atOnce, MOST_AT_ONCE) : 1;
        }
        hasPassed = true;
        lastPassed = now;
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
