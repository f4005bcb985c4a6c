package dev.bag.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.source.Sink;
import dev.bag.value.View;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes into memory: the result is the records of each partition. It counts what is asked of it, and notes every breach of
 * the rules for sinks.
 *
 * @param <T> the records
 * @param takesSections whether several threads may write a partition
 */
public record ListSink<T>(Journal journal, boolean takesSections) implements Sink<T, List<List<T>>> {

    /** A sink that takes sections. */
    public ListSink(Journal journal) {
        this(journal, true);
    }

    /** A sink whose journal is looked at by nothing. */
    public ListSink() {
        this(new Journal());
    }

    @Override
    public String name() {
        return "list";
    }

    @Override
    public Output<T, ?, List<List<T>>> begin(int partitionCount) {
        journal.fail("begin");
        journal.begun.incrementAndGet();
        return new Lists<>(partitionCount, journal);
    }

    /** What a writer finishes with. */
    public record ListPart<T>(int partition, ArrayList<T> records) implements Serializable {}

    /** What was done with all sinks that share it. Where one fails is for the test to say. */
    public static class Journal implements Serializable {

        private static final long serialVersionUID = 1;

        public final AtomicInteger begun = new AtomicInteger();
        public final AtomicInteger opened = new AtomicInteger();
        public final AtomicInteger finished = new AtomicInteger();
        public final AtomicInteger aborted = new AtomicInteger();
        public final AtomicInteger commits = new AtomicInteger();
        public final AtomicInteger aborts = new AtomicInteger();
        public final AtomicInteger partsCommitted = new AtomicInteger();
        public final AtomicInteger partsAborted = new AtomicInteger();
        private final Collection<String> broken = new ConcurrentLinkedQueue<>();

        /** Called with the name of each method of the sink that may fail; does nothing. */
        protected void fail(String method) {}

        void check(boolean kept, String rule) {
            if (!kept) {
                broken.add(rule);
            }
        }

        /** Fails unless each writer has had one end, and each part another one. */
        public void assertClean() {
            assertThat(broken).isEmpty();
            assertThat(finished.get() + aborted.get())
                    .as("writers that had an end")
                    .isEqualTo(opened.get());
            assertThat(partsCommitted.get() + partsAborted.get())
                    .as("parts that had an end")
                    .isEqualTo(finished.get());
        }
    }

    private static final class Lists<T> implements Output<T, ListPart<T>, List<List<T>>> {

        private static final long serialVersionUID = 1;

        private final int partitionCount;
        private final Journal journal;
        private boolean isCommitted;
        private boolean isOver;

        Lists(int partitionCount, Journal journal) {
            this.partitionCount = partitionCount;
            this.journal = journal;
        }

        @Override
        public Writer<T, ListPart<T>> open(int partition) {
            journal.check(!isCommitted && !isOver, "a writer is opened before the end");
            journal.check(partition >= 0 && partition < partitionCount, "the partition is one of those announced");
            journal.fail("open");
            journal.opened.incrementAndGet();
            return new ListWriter<>(partition, journal);
        }

        @Override
        public List<List<T>> commit(List<ListPart<T>> parts) {
            journal.check(!isCommitted && !isOver, "a commit comes once, and before the end");
            journal.check(parts.size() == partitionCount, "all partitions are committed");
            journal.fail("commit");
            isCommitted = true;
            journal.commits.incrementAndGet();
            journal.partsCommitted.addAndGet(parts.size());
            List<List<T>> committed = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                journal.check(parts.get(i).partition() == i, "parts are committed in their order");
                committed.add(parts.get(i).records());
            }
            return committed;
        }

        @Override
        public void abort(List<ListPart<T>> parts) {
            journal.check(!isOver, "abort comes once");
            journal.check(!isCommitted || !parts.isEmpty(), "after a commit there is something to abort");
            journal.check(journal.opened.get() == journal.finished.get() + journal.aborted.get(), "abort comes last");
            isOver = true;
            journal.aborts.incrementAndGet();
            journal.partsAborted.addAndGet(parts.size());
            journal.fail("abort");
        }
    }

    private static final class ListWriter<T> implements SectionWriter<T, ListPart<T>> {

        private final int partition;
        private final Journal journal;
        private final ArrayList<T> records = new ArrayList<>();
        private final ArrayDeque<ListSection<T>> appended = new ArrayDeque<>();
        private boolean hasEnded;

        ListWriter(int partition, Journal journal) {
            this.partition = partition;
            this.journal = journal;
        }

        @Override
        public void write(T record) {
            journal.check(!hasEnded, "no record comes after the end");
            journal.fail("write");
            records.add(kept(record));
        }

        @SuppressWarnings("unchecked") // a copy has the class of what it is a copy of
        static <T> T kept(T record) {
            return record instanceof View<?> view ? (T) view.copy() : record;
        }

        @Override
        public Section<T> newSection() {
            journal.check(!hasEnded, "no section comes after the end");
            return new ListSection<>(this);
        }

        @Override
        public ListPart<T> finish() {
            journal.check(!hasEnded, "a writer finishes before its end");
            journal.fail("finish");
            hasEnded = true;
            journal.finished.incrementAndGet();
            return new ListPart<>(partition, records);
        }

        @Override
        public void abort() {
            journal.check(!hasEnded, "a writer has one end");
            hasEnded = true;
            journal.aborted.incrementAndGet();
            journal.fail("abort of a writer");
        }
    }

    private static final class ListSection<T> implements Section<T> {

        private static final int FULL = 3;

        private final ListWriter<T> writer;
        private final List<T> records = new ArrayList<>();
        private boolean isPrepared;

        ListSection(ListWriter<T> writer) {
            this.writer = writer;
        }

        @Override
        public void write(T record) {
            writer.journal.fail("write");
            records.add(ListWriter.kept(record));
        }

        @Override
        public boolean isFull() {
            return records.size() >= FULL;
        }

        @Override
        public void append() {
            synchronized (writer.appended) {
                writer.appended.add(this);
            }
        }

        @Override
        public void prepare() {
            isPrepared = true;
        }

        @Override
        public void put() {
            synchronized (writer.appended) {
                writer.journal.check(
                        writer.appended.poll() == this, "sections are put in the order in which they are appended");
            }
            writer.journal.check(isPrepared, "a section is prepared before it is put");
            writer.journal.check(!writer.hasEnded, "a section is put before the end");
            writer.records.addAll(records);
            records.clear();
            isPrepared = false;
        }
    }
}
