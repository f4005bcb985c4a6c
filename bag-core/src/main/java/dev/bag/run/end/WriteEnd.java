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
import dev.bag.source.Sink.Section;
import dev.bag.source.Sink.SectionWriter;
import dev.bag.source.Sink.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 *
 * <p>Where several threads work on chunks of a partition, there is one writer, and each chunk is a section of it.
 */
public final class WriteEnd extends StageEnd<List<WriteEnd.Attempt>> {

    private final dev.bag.source.Sink<Object, ?> sink;
    private final dev.bag.source.Sink.Plan plan;
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
    public WriteEnd(Written<?, ?> written, dev.bag.source.Sink.Plan plan, Operator operator, Cell result) {
        super(operator, result);
        this.sink = Untyped.sink(written.sink());
        this.plan = plan;
        this.operator = operator;
        this.result = result;
    }

    /** Begins the output. */
    public void begin() {
        output = OperatorFailure.naming(
                operator,
                () -> Untyped.output(
                        requireNonNull(sink.begin(plan), "the sink has begun with null: begin must return an output")));
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

    @Override
    public PartsOfPartition inParts(int partition) {
        return new WrittenParts(partition);
    }

    /** The chunks of a partition as the sections of one writer. */
    private final class WrittenParts extends PartsOfPartition {

        private final int partition;
        /** Has the writer; the place of it is known when the first chunk begins. */
        private @Nullable Attempt whole;

        private WrittenParts(int partition) {
            this.partition = partition;
        }

        @Override
        public synchronized void begin(Sink sink) {
            Attempt chunk = (Attempt) sink;
            if (whole == null) {
                whole = new Attempt(chunk.place);
            }
            chunk.parts = this;
        }

        private Attempt whole() {
            return requireNonNull(whole, "a chunk comes before the first one");
        }

        private synchronized Section<Object> newSection() throws Exception {
            if (whole().writer() instanceof SectionWriter<Object, ?> writer) {
                return requireNonNull(writer.newSection(), "the writer has made a section that is null");
            }
            throw new IllegalStateException("the sink says that it takes sections, but its writer does not");
        }

        @Override
        public boolean isInOrder() {
            return true;
        }

        @Override
        public boolean isFull(Sink sink) {
            Section<Object> section = ((Attempt) sink).section;
            return section != null && section.isFull();
        }

        @Override
        public void append(Sink sink) {
            ((Attempt) sink).with(Section::append);
        }

        @Override
        public void prepare(Sink sink) {
            ((Attempt) sink).with(Section::prepare);
        }

        @Override
        public void put(Sink sink) {
            ((Attempt) sink).with(Section::put);
        }

        @Override
        public void complete() throws Throwable {
            Attempt attempt = whole();
            attempt.finish();
            deposit(partition, partial(attempt));
        }

        @Override
        public synchronized void close() throws Exception {
            if (whole != null) {
                whole.close();
            }
        }
    }

    /** A step of a section. */
    @FunctionalInterface
    private interface SectionStep {
        void run(Section<Object> section) throws Exception;
    }

    /** Returns the output of this run, which was begun; others may write to copies of it elsewhere. */
    public Output<Object, @Nullable Object, ?> begunOutput() {
        return begun();
    }

    /** Lets count what a writer elsewhere has finished with, once for each partition. */
    public void depositWritten(int partition, Place place, @Nullable Object part) throws Throwable {
        Attempt attempt = new Attempt(place);
        attempt.part = part;
        finished.add(attempt);
        depositPartial(partition, partial(attempt));
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

    /** One attempt at a partition, or one chunk of it, which is a section of another attempt. */
    final class Attempt implements Sink {

        private final Place place;
        /** Null before the first record, and after the end. */
        private @Nullable Writer<Object, @Nullable Object> writer;
        /** What the writer has finished with. */
        private @Nullable Object part;
        /** Of a chunk only. */
        private @Nullable WrittenParts parts;
        /** Of a chunk that has a record. */
        private @Nullable Section<Object> section;
        /** What an earlier run has left in place of this. */
        private final Optional<?> earlier;

        private Attempt(Place place) {
            this.place = place;
            this.earlier = OperatorFailure.naming(operator, () -> begun().finished(place.partition()));
        }

        @Override
        public boolean wantsMore() {
            return earlier.isEmpty();
        }

        /** Other partitions may want more. */
        @Override
        public boolean isOver() {
            return false;
        }

        private Writer<Object, @Nullable Object> writer() throws Exception {
            Writer<Object, @Nullable Object> open = writer;
            if (open == null) {
                open = requireNonNull(
                        begun().open(place.partition()), "the output has opened null: it must return a writer");
                writer = open;
            }
            return open;
        }

        @Override
        public void accept(Object record) {
            if (earlier.isPresent()) {
                return;
            }
            try {
                if (section != null) {
                    section.write(record);
                } else if (parts != null) {
                    Section<Object> made = parts.newSection();
                    section = made;
                    made.write(record);
                } else {
                    writer().write(record);
                }
            } catch (Throwable e) {
                throw place.failure(record, e);
            }
        }

        private void with(SectionStep step) {
            Section<Object> known = section;
            if (known != null) {
                try {
                    step.run(known);
                } catch (Throwable e) {
                    throw place.failure(null, e);
                }
            }
        }

        @Override
        public void finish() {
            if (parts != null) {
                return;
            }
            try {
                part = earlier.isPresent() ? earlier.get() : writer().finish();
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
