package dev.bag.run;

import dev.bag.kernel.OperatorFailure;
import dev.bag.run.watch.Tally;
import dev.bag.spill.Entries;
import dev.bag.spill.SentEntries;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a task of a {@link FarStage} has left for the process that began the run.
 *
 * @param failure why it has failed, or null
 * @param ends partial results
 * @param skipped why records were left out
 * @param tally what it has read and counted
 */
record TaskLeft(
        int task, @Nullable OperatorFailure failure, List<End> ends, List<OperatorFailure> skipped, Tally tally) {

    /** A partial result of a lane at an end. */
    record End(int number, int lane, @Nullable Object partial) {}

    static byte[] failed(int task, OperatorFailure failure) throws IOException {
        SentEntries out = new SentEntries();
        out.writeLong(task);
        out.writeLong(1);
        out.writeRecord(Sent.failure(failure));
        return out.toBytes();
    }

    static byte[] of(int task, List<End> ends, List<OperatorFailure> skipped, Tally tally) throws IOException {
        SentEntries out = new SentEntries();
        out.writeLong(task);
        out.writeLong(0);
        out.writeLong(ends.size());
        for (End end : ends) {
            out.writeLong(end.number());
            out.writeLong(end.lane());
            out.writeRecord(end.partial());
        }
        out.writeLong(skipped.size());
        for (OperatorFailure failure : skipped) {
            out.writeRecord(Sent.failure(failure));
        }
        out.writeLong(tally.records());
        out.writeLong(tally.handed());
        out.writeLong(tally.bytes());
        out.writeLong(tally.bytesPassedOver());
        Map<String, long[]> counts = tally.takeCounts();
        out.writeLong(counts.size());
        for (Map.Entry<String, long[]> count : counts.entrySet()) {
            out.writeRecord(count.getKey());
            out.writeRecord(count.getValue()[0]);
        }
        return out.toBytes();
    }

    static TaskLeft read(byte[] bytes) throws IOException {
        Entries.Input in = Sent.entries(bytes);
        int task = (int) in.readLong();
        if (in.readLong() == 1) {
            return new TaskLeft(task, Sent.failureOf(bytes(in)), List.of(), List.of(), new Tally());
        }
        List<End> ends = new ArrayList<>();
        for (long left = in.readLong(); left > 0; left--) {
            ends.add(new End((int) in.readLong(), (int) in.readLong(), in.readRecord()));
        }
        List<OperatorFailure> skipped = new ArrayList<>();
        for (long left = in.readLong(); left > 0; left--) {
            skipped.add(Sent.failureOf(bytes(in)));
        }
        Tally tally = new Tally();
        tally.records(in.readLong());
        tally.handed(in.readLong());
        tally.bytes(in.readLong());
        tally.passedOver(in.readLong());
        Map<String, long[]> counts = new HashMap<>();
        for (long left = in.readLong(); left > 0; left--) {
            counts.put(
                    (String) Objects.requireNonNull(in.readRecord()),
                    new long[] {(Long) Objects.requireNonNull(in.readRecord())});
        }
        tally.addCounts(counts);
        return new TaskLeft(task, null, ends, skipped, tally);
    }

    private static byte[] bytes(Entries.Input in) throws IOException {
        return (byte[]) Objects.requireNonNull(in.readRecord());
    }
}
