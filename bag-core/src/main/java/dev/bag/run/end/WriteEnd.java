package dev.bag.run.end;

import static java.util.Objects.requireNonNull;

import dev.bag.kernel.Closing;
import dev.bag.kernel.Operator;
import dev.bag.kernel.Operator.Place;
import dev.bag.kernel.OperatorFailure;
import dev.bag.kernel.Sink;
import dev.bag.plan.Value.Written;
import dev.bag.run.end.Produced.Cell;
import dev.bag.run.wire.Untyped;
import dev.bag.schedule.Batch;
import dev.bag.schedule.Execution;
import dev.bag.source.Sink.Output;
import dev.bag.source.Sink.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Ends in a sink of the user: each partition goes into a writer of its own, and all of them count together or not at all.
 *
 * <p><b>Protocol.</b> The {@linkplain #begin output is begun} before any stage. A writer that is open belongs to its
 * {@link Attempt}, which aborts it when it is closed before it has finished. What a writer has finished with is kept among
 * {@code finished} until it is given to the output: to {@code commit} by the {@link Commit} that follows the stage, or to
 * {@code abort} when this is {@linkplain #close closed}, which the run does last, however it ends. So a part that is finished
 * and does not count, because its task was stopped, or failed later on, is found there, whatever became of the task.
 */
public final class WriteEnd extends StageEnd<List<WriteEnd.Attempt>> {

    private final dev.bag.source.Sink<Object, ?> sink;
    private final int partitionCount;
    private final Operator operator;
    private final Cell result;
    private final Commit commit = new Commit();

    /** Set before the first stage, and read by all that follows. */
    private @Nullable Output<Object, @Nullable Object, ?> output;

    /** Attempts that have finished, and have neither been committed nor aborted. */
    private final Set<Attempt> finished = ConcurrentHashMap.newKeySet();

    /** All partitions in their order, when they are complete. */
    private List<Attempt> whole = List.of();

    /** An end that has a value as its result. */
    public WriteEnd(Written<?, ?> written, int partitionCount, Operator operator, Cell result) {
        super(operator, result);
        this.sink = Untyped.sink(written.sink());
        this.partitionCount = partitionCount;
        this.operator = operator;
        this.result = result;
    }

    /** Begins the output. */
    public void begin() {
        output = OperatorFailure.naming(
                operator,
                () -> Untyped.output(requireNonNull(
                        sink.begin(partitionCount), "the sink has begun with null: begin must return an output")));
    }

    private Output<Object, @Nullable Object, ?> begun() {
        return requireNonNull(output, "a record comes before the output was begun");
    }

    @Override
    public Sink newSink(Place place) {
        return new Attempt(place);
    }

    @Override
    List<Attempt> partial(Sink sink) {
        List<Attempt> only = new ArrayList<>(1);
        only.add((Attempt) sink);
        return only;
    }

    @Override
    List<Attempt> merge(List<Attempt> left, List<Attempt> right) {
        left.addAll(right);
        return left;
    }

    @Override
    void complete() throws Throwable {
        whole = merged().whole();
    }

    /** Returns what lets all that was written count. It must follow the stage. */
    public Batch commit() {
        return commit;
    }

    /** Returns whether a value of the same run is made of the result. */
    public boolean isNeeded() {
        return result.readerCount() > 0;
    }

    /** Gives up what has finished and does not count. The run is over. */
    public void close() throws Exception {
        Output<Object, @Nullable Object, ?> begun = output;
        if (begun == null || (result.isSet() && finished.isEmpty())) {
            return;
        }
        List<@Nullable Object> parts = new ArrayList<>(finished.size());
        finished.forEach(attempt -> parts.add(attempt.part));
        finished.clear();
        uninterrupted(() -> begun.abort(parts));
    }

    /** An interrupt has asked for this end, and must not keep it from being a clean one. */
    private static void uninterrupted(Closing.Closer work) throws Exception {
        boolean isInterrupted = Thread.interrupted();
        try {
            work.close();
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** One attempt at a partition. */
    final class Attempt implements Sink {

        private final Place place;
        /** Null before the first record, and after the end. */
        private @Nullable Writer<Object, @Nullable Object> writer;
        /** What the writer has finished with. */
        private @Nullable Object part;

        private Attempt(Place place) {
            this.place = place;
        }

        private Writer<Object, @Nullable Object> open() throws Exception {
            Writer<Object, @Nullable Object> opened = requireNonNull(
                    begun().open(place.partition()), "the output has opened null: it must return a writer");
            writer = opened;
            return opened;
        }

        @Override
        public void accept(Object record) {
            Writer<Object, @Nullable Object> into = writer;
            try {
                if (into == null) {
                    into = open();
                }
                into.write(record);
            } catch (Throwable e) {
                throw place.failure(record, e);
            }
        }

        @Override
        public void finish() {
            try {
                Writer<Object, @Nullable Object> open = writer == null ? open() : writer;
                part = open.finish();
                writer = null;
                finished.add(this);
            } catch (Throwable e) {
                throw place.failure(null, e);
            }
        }

        @Override
        public void close() throws Exception {
            Writer<Object, @Nullable Object> open = writer;
            writer = null;
            if (open != null) {
                uninterrupted(open::abort);
            }
        }
    }

    /** Lets all that was written count, once: a commit that fails is not tried again, because it may have done a part of it. */
    private final class Commit extends Batch {

        Commit() {
            super(1);
        }

        @Override
        protected void run(int index, Execution execution) {
            List<@Nullable Object> parts = new ArrayList<>(whole.size());
            whole.forEach(attempt -> parts.add(attempt.part));
            Object committed = OperatorFailure.<@Nullable Object>naming(operator, () -> begun().commit(parts));
            whole.forEach(finished::remove);
            whole = List.of();
            result.set(committed);
        }
    }
}
