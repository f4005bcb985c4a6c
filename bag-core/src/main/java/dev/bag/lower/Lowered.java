package dev.bag.lower;

import dev.bag.schedule.Batch;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a run consists of: its batches, where its results will be, what it may leave open, and what it is for people. */
record Lowered(
        List<Batch> batches,
        List<Supplier<? extends @Nullable Object>> results,
        OpenThings openThings,
        List<StageGraph> stages,
        Labels labels,
        Supplier<String> what) {}
