package dev.bag.run.watch;

import dev.bag.run.skip.TaskSkips.Needless;
import dev.bag.source.Chunks;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the tasks of one stage have read, in the attempts whose results count; it is counted for the run, too. Thread-safe. */
public final class StageTally {

    private final RunTally run;
    private final LongAdder records = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    public StageTally(RunTally run) {
        this.run = run;
    }

    public RunTally run() {
        return run;
    }

    /** Returns a tally of an attempt. */
    public Tally newTally() {
        return new Tally(run.atOnce());
    }

    /** Lets {@code tally} count, as {@link RunTally#commit} says. */
    public void commit(Tally tally, @Nullable Needless needless) {
        records.add(tally.records() + tally.handed());
        bytes.add(tally.bytes());
        run.commit(tally, needless);
    }

    /** Returns what was read, by a stage of whose output so many bytes were written to disk. */
    public RunObserver.StageAmounts amounts(long spilledBytes) {
        return new RunObserver.StageAmounts(records.sum(), bytes.sum(), spilledBytes);
    }

    /** Returns what can be asked of a stage of which this is all that is known here. */
    public RunObserver.StageView view(Supplier<String> what) {
        return new RunObserver.StageView() {
            @Override
            public String what() {
                return what.get();
            }

            @Override
            public RunObserver.StageAmounts amounts() {
                return StageTally.this.amounts(0);
            }
        };
    }

    /** Returns the bytes of a part that is read by no attempt in particular. */
    public PartBytes newPartBytes() {
        return new PartBytes();
    }

    /**
     * The bytes of a part of which the chunks are worked on by themselves: each counts with its records. The part may be read more than
     * once, and counts once.
     */
    public final class PartBytes {

        private long read;
        private boolean isReadToTheEnd;

        /** The part is opened. */
        public void begin() {
            read = 0;
        }

        /** So many bytes were read since the part was opened. Returns how many of them since the last call. */
        public long readTo(long count) {
            long more = Math.max(0, count - read);
            read += more;
            return more;
        }

        /** All of {@code chunks} was read, which were to be so many bytes. What was read in no chunk counts now. */
        public void readAll(long count, Chunks<?> chunks) {
            long more = readTo(Math.max(count, chunks.bytesRead()));
            if (!isReadToTheEnd) {
                isReadToTheEnd = true;
                bytes.add(count);
                run.readPart(count, chunks.bytesPassedOver());
                RunTally.AtOnce soFar = run.atOnce();
                if (soFar != null) {
                    soFar.bytes().add(more);
                }
            }
        }
    }
}
