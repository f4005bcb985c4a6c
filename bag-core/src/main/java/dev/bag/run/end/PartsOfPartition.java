package dev.bag.run.end;

import dev.bag.kernel.Sink;
import org.jspecify.annotations.Nullable;

/** The parts that one terminal is left of the chunks of one partition. */
public final class PartsOfPartition<P extends @Nullable Object> {

    private final StageEnd<P> terminal;
    private final int partition;
    private final GrowingMerge<P> merge;

    PartsOfPartition(StageEnd<P> terminal, int partition) {
        this.terminal = terminal;
        this.partition = partition;
        this.merge = new GrowingMerge<>(terminal::merge);
    }

    /** Takes what has come to {@code sink}, to which chunk {@code chunk} was given. */
    public void take(int chunk, Sink sink) throws Throwable {
        merge.add(chunk, terminal.partial(sink));
    }

    /** All chunks have been taken. */
    public void complete() throws Throwable {
        terminal.deposit(partition, merge.whole());
    }
}
