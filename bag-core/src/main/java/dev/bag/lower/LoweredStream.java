package dev.bag.lower;

import dev.bag.schedule.Batch;
import java.util.List;
import java.util.function.Supplier;

/** What a stream of records consists of: its batches, the last of which hands records out, and what it may leave open. */
record LoweredStream(List<Batch> batches, StreamBatch stream, OpenThings openThings, Supplier<String> what) {}
