package dev.bag.run.watch;

import dev.bag.run.skip.TaskSkips.Needless;
import dev.bag.run.watch.RunObserver.SoFar;
import dev.bag.run.watch.RunObserver.Totals;
import dev.bag.run.watch.RunObserver.Usage;
import dev.bag.trait.Outside;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a run has read and counted, in the attempts whose results count. Thread-safe. What is read can be asked for while the
 * run lasts.
 */
public final class RunTally implements Outside.Watch {

    private final LongAdder records = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder bytesPassedOver = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder workerDeaths = new LongAdder();
    private final @Nullable RunObserver observer;
    /** What is read by attempts that may still fail, too; null if nobody asks. */
    private final @Nullable AtOnce soFar;
    /** The calls that are made; null if nobody asks. */
    private final @Nullable CallCount calls;
    /** Guarded by itself: what is to be read. Asked for the first time that somebody asks. */
    private final List<Supplier<OptionalLong>> expected = new ArrayList<>(0);

    private @Nullable OptionalLong bytesInAll;
    /** Guarded by this, as the two below. */
    private final Map<String, Long> counts = new TreeMap<>();

    private final List<Undecided> undecided = new ArrayList<>(0);
    private long busyNanos;

    /** What has been read so far, whether it turns out to count or not. Any number of threads add. */
    record AtOnce(LongAdder records, LongAdder bytes) {}

    /** What counts unless it turns out that no result has needed it. */
    private record Undecided(Map<String, long[]> counts, Needless needless) {}

    /** @param observer is told of workers that die */
    public RunTally(@Nullable RunObserver observer) {
        this.observer = observer;
        boolean isAsked = observer != null && observer.asksSoFar();
        this.soFar = isAsked ? new AtOnce(new LongAdder(), new LongAdder()) : null;
        this.calls = isAsked ? new CallCount() : null;
    }

    /** Returns where attempts count what they read at once, or null. */
    @Nullable AtOnce atOnce() {
        return soFar;
    }

    /** Returns where calls are counted, or null. */
    public @Nullable CallCount calls() {
        return calls;
    }

    /** So many bytes are to be read; {@code byteCount} is asked, if at all, while the run lasts. */
    public void expects(Supplier<OptionalLong> byteCount) {
        if (soFar != null) {
            synchronized (expected) {
                expected.add(byteCount);
            }
        }
    }

    /** Returns what was read so far. */
    public SoFar soFar() {
        AtOnce counted = soFar == null ? new AtOnce(records, bytes) : soFar;
        return new SoFar(
                counted.records().sum(),
                counted.bytes().sum(),
                bytesInAll(),
                calls == null ? 0 : calls.made(),
                calls == null ? 0 : calls.known());
    }

    /** Returns what was read so far, with what the run holds and has written. */
    public Usage usage(long memoryBytes, long spilledBytes) {
        return new Usage(records.sum(), bytes.sum(), memoryBytes, spilledBytes);
    }

    private OptionalLong bytesInAll() {
        synchronized (expected) {
            OptionalLong known = bytesInAll;
            if (known == null) {
                long sum = 0;
                boolean isKnown = true;
                for (Supplier<OptionalLong> each : expected) {
                    OptionalLong count = each.get();
                    isKnown &= count.isPresent();
                    sum += count.orElse(0);
                }
                expected.clear();
                known = isKnown && sum > 0 ? OptionalLong.of(sum) : OptionalLong.empty();
                bytesInAll = known;
            }
            return known;
        }
    }

    @Override
    public void workerDied(String reason) {
        workerDeaths.increment();
        if (observer != null) {
            observer.workerDied(reason);
        }
    }

    /**
     * Lets {@code tally} count.
     *
     * @param needless asked when the run is over; null if all of it counts
     */
    void commit(Tally tally, @Nullable Needless needless) {
        add(records, tally.records());
        add(bytes, tally.bytes());
        add(bytesPassedOver, tally.bytesPassedOver());
        if (soFar != null) {
            tally.counts(soFar);
        }
        if (!tally.countsNothing()) {
            commit(tally.takeCounts(), needless);
        }
    }

    /** All of a part was read, by no attempt in particular: so many bytes, and so many were passed over. */
    void readPart(long count, long passedOver) {
        add(bytes, count);
        add(bytesPassedOver, passedOver);
    }

    private static void add(LongAdder sum, long amount) {
        if (amount != 0) {
            sum.add(amount);
        }
    }

    private synchronized void commit(Map<String, long[]> amounts, @Nullable Needless needless) {
        if (needless == null) {
            amounts.forEach((counter, amount) -> add(counter, amount[0]));
        } else {
            undecided.add(new Undecided(amounts, needless));
        }
    }

    synchronized void add(String counter, long amount) {
        counts.merge(counter, amount, Long::sum);
    }

    /** A task is run again. */
    public void retried() {
        retries.increment();
    }

    /** Threads have worked on the run for so long, all together. */
    public synchronized void worked(long nanos) {
        busyNanos = nanos;
    }

    /** Returns all of this, when the run is over and has kept {@code peakBytes} at most. */
    public synchronized Totals totals(long peakBytes) {
        for (Undecided each : undecided) {
            if (!each.needless().test(-1)) {
                commit(each.counts(), null);
            }
        }
        undecided.clear();
        return new Totals(
                records.sum(),
                bytes.sum(),
                bytesPassedOver.sum(),
                retries.sum(),
                workerDeaths.sum(),
                Duration.ofNanos(busyNanos),
                peakBytes,
                Map.copyOf(counts));
    }
}
