package dev.bag.run;

import dev.bag.kernel.RecordsPart;
import dev.bag.run.end.Produced;
import dev.bag.run.end.StageEnd;
import dev.bag.run.skip.StageSkips;
import dev.bag.run.watch.RunObserver.StageAmounts;
import dev.bag.run.watch.RunObserver.StageView;
import dev.bag.run.watch.StageTally;
import dev.bag.run.watch.StageWatch;
import dev.bag.run.watch.Tally;
import dev.bag.run.wire.Ahead;
import dev.bag.run.wire.Junction;
import dev.bag.source.Part;
import dev.bag.stage.Program;
import dev.bag.stage.StageRoot.Origin;
import dev.bag.stage.StageTasks;
import dev.bag.trait.Traits.AtHand;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stage with all that its tasks need in this process.
 *
 * @param roots what each root of the stage is here
 * @param junctions what is behind each fragment
 * @param ahead what can run ahead of the tasks, by root; empty where they need not follow each other
 * @param ends the ends, by their numbers
 * @param skips takes what its tasks leave out
 * @param tally takes what they read and count
 * @param rules what holds for each task
 */
record LocalStage(
        Program.Pass pass,
        List<Root> roots,
        List<Junction> junctions,
        List<@Nullable Ahead> ahead,
        List<StageEnd<?>> ends,
        StageWatch watch,
        StageSkips skips,
        StageTally tally,
        TaskRules rules,
        OpenThings openThings) {

    /**
     * What a root of a stage is in this process.
     *
     * @param parts returns the partitions, when the stage runs
     * @param needs what must be there before
     */
    record Root(Supplier<? extends List<? extends Part<?>>> parts, List<? extends Produced> needs) {}

    /** Read where a source has no parts at all. */
    private static final Part<?> NO_RECORDS = new RecordsPart<>(new Object[0], 0, 0);

    StageTasks tasks() {
        return pass.tasks();
    }

    /** Returns whether each task must follow the one before it. */
    boolean isInOrder() {
        return pass.stage().firstInOrder().isPresent();
    }

    /** Returns what a root partition is read from. */
    Part<?> part(StageTasks.RootPartition partition) {
        List<? extends Part<?>> parts = roots.get(partition.root()).parts().get();
        return parts.isEmpty() ? NO_RECORDS : parts.get(partition.partition());
    }

    /** Returns what can be asked of the stage of these while it runs. */
    static StageView view(Program.Pass pass, List<Root> roots, List<StageEnd<?>> ends, StageTally tally) {
        // not the ends themselves, which hold records: an observer may keep a view for longer than the run keeps them
        List<LongSupplier> spilledBytes = new ArrayList<>(ends.size());
        for (StageEnd<?> end : ends) {
            spilledBytes.add(end.output().spilledBytes());
        }
        return new StageView() {
            @Override
            public String what() {
                return pass.what();
            }

            @Override
            public String reads(int task) {
                return inputOf(pass, roots, task);
            }

            @Override
            public StageAmounts amounts() {
                long spilled = 0;
                for (LongSupplier each : spilledBytes) {
                    spilled += each.getAsLong();
                }
                return tally.amounts(spilled);
            }
        };
    }

    private static String inputOf(Program.Pass pass, List<Root> roots, int task) {
        List<String> all = new ArrayList<>(1);
        for (StageTasks.RootPartition partition : pass.tasks().rootPartitions(task)) {
            if (isSource(pass, partition)) {
                List<? extends Part<?>> parts =
                        roots.get(partition.root()).parts().get();
                (parts.isEmpty() ? NO_RECORDS : parts.get(partition.partition()))
                        .reads()
                        .ifPresent(all::add);
            }
        }
        return String.join(", ", all);
    }

    /** Returns whether a root partition is one of a source. */
    boolean isSource(StageTasks.RootPartition partition) {
        return isSource(pass, partition);
    }

    private static boolean isSource(Program.Pass pass, StageTasks.RootPartition partition) {
        return pass.stage().roots().get(partition.root()).origin() instanceof Origin.OfSource;
    }

    /** Returns how many bytes of input a root partition is, which is {@code part}, as far as that is known. */
    long bytesOf(StageTasks.RootPartition partition, Part<?> part) {
        return isSource(partition) && !(part instanceof AtHand)
                ? part.byteCount().orElse(0)
                : 0;
    }

    /** Returns how many bytes of input all tasks read; empty if that is not known of one of them. */
    OptionalLong bytesInAll() {
        long sum = 0;
        for (int task = 0; task < tasks().count(); task++) {
            for (StageTasks.RootPartition partition : tasks().rootPartitions(task)) {
                if (isSource(partition) && !(part(partition) instanceof AtHand)) {
                    OptionalLong bytes = part(partition).byteCount();
                    if (bytes.isEmpty()) {
                        return bytes;
                    }
                    sum += bytes.getAsLong();
                }
            }
        }
        return OptionalLong.of(sum);
    }

    /** Returns a tally of an attempt. */
    Tally newTally() {
        return tally.newTally();
    }

    /** Returns a tally of an attempt that reads {@code partition}. */
    Tally newTally(StageTasks.RootPartition partition) {
        Tally tally = newTally();
        tally.bytes(bytesOf(partition, part(partition)));
        return tally;
    }

    /** Returns whether chunks of a root may be costly to make. */
    boolean isPipelined(StageTasks.RootPartition partition) {
        return pass.stage().roots().get(partition.root()).pipelined();
    }

    /** All tasks have read what they want. */
    void doneReading() throws IOException {
        for (Root root : roots) {
            for (Produced needed : root.needs()) {
                needed.doneReading();
            }
        }
    }
}
