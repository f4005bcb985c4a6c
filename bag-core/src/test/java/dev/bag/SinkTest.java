package dev.bag;

import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.kernel.SourceFeed.Waiting;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import dev.bag.source.Sink;
import dev.bag.source.SinkException;
import dev.bag.source.Source;
import dev.bag.testing.Cuts;
import dev.bag.testing.ListSink;
import dev.bag.testing.ListSink.Journal;
import dev.bag.testing.Probe;
import dev.bag.testing.ProbedSource;
import dev.bag.testing.Runners;
import dev.bag.testing.ViewSource;
import dev.bag.value.Pair;
import dev.bag.value.Utf8;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bags are written to a user's own sink, whole or not at all, and every writer and every part has its end. */
@Tag("P36")
@Timeout(120)
class SinkTest {

    private static final int PARTS = 5;
    private static final List<Integer> RECORDS = IntStream.range(0, 23).boxed().toList();
    private static final List<Runner> RUNNERS = Runners.ALL;

    /** Fails at the n-th call of some method, and at so many after it. */
    private static final class FailsAt extends Journal {

        private static final long serialVersionUID = 1;

        private final String method;
        private final int first;
        private final int count;
        private final AtomicInteger calls = new AtomicInteger();

        FailsAt(String method, int first, int count) {
            this.method = method;
            this.first = first;
            this.count = count;
        }

        @Override
        protected void fail(String called) {
            if (called.equals(method)) {
                int call = calls.incrementAndGet();
                if (call >= first && call < first + count) {
                    throw new IllegalStateException(method + " fails");
                }
            }
        }

        boolean hasFailed() {
            return calls.get() >= first;
        }
    }

    private static Bag<Integer> bag() {
        return Bag.from(ProbedSource.of(Cuts.parts(RECORDS, PARTS)));
    }

    private static List<List<Integer>> partitions() {
        return Cuts.parts(RECORDS, PARTS).stream().map(chunks -> chunks.get(0)).toList();
    }

    @Test
    @Tag("P2")
    @Tag("P7")
    void whateverItsCutsABagIsWrittenInItsPartitions() {
        for (List<Integer> records : List.of(RECORDS, List.<Integer>of())) {
            for (Bag<Integer> bag : Cuts.of(records)) {
                for (Runner runner : RUNNERS) {
                    Journal journal = new Journal();
                    List<List<Integer>> written = bag.map(n -> n).write(new ListSink<>(journal), runner);
                    assertThat(written).hasSize(bag.partitionCount());
                    assertThat(written.stream().flatMap(List::stream)).isEqualTo(records);
                    assertThat(journal.opened).hasValue(bag.partitionCount());
                    assertThat(journal.aborts).hasValue(0);
                    journal.assertClean();
                }
            }
        }
    }

    /** Each method fails at its first call, at its second one, and so on, until all goes well. */
    @Test
    @Tag("P19")
    void whateverFailsNothingIsCommittedAndEverythingHasItsEnd() {
        for (Runner runner : RUNNERS) {
            for (String method : List.of("begin", "open", "write", "finish", "commit")) {
                boolean hasFailed = true;
                for (int call = 1; hasFailed; call++) {
                    FailsAt journal = new FailsAt(method, call, 1);
                    if (hasFailed(bag(), journal, runner)) {
                        assertThat(journal.commits).hasValue(0);
                        assertThat(journal.aborts).hasValue(method.equals("begin") ? 0 : 1);
                    } else {
                        assertThat(journal.commits).hasValue(1);
                    }
                    journal.assertClean();
                    hasFailed = journal.hasFailed();
                }
            }
        }
    }

    private static boolean hasFailed(Bag<Integer> bag, Journal journal, Runner runner) {
        try {
            assertThat(bag.write(new ListSink<Integer>(journal), runner)).isEqualTo(partitions());
            return false;
        } catch (BagException e) {
            assertThat(e.operator()).isEqualTo("write");
            assertThat(e.getCause()).isInstanceOf(IllegalStateException.class);
            return true;
        }
    }

    @Test
    @Tag("P5")
    void aTaskThatIsRunAgainHasAWriterOfItsOwn() {
        try (Runner runner = Runner.local().threads(2).retries(2).build()) {
            for (String method : List.of("open", "write", "finish")) {
                for (int call = 1; call <= PARTS; call++) {
                    FailsAt journal = new FailsAt(method, call, 2);
                    assertThat(bag().write(new ListSink<Integer>(journal), runner))
                            .isEqualTo(partitions());
                    journal.assertClean();
                    assertThat(journal.partsCommitted).hasValue(PARTS);
                    assertThat(journal.aborted).hasValue(method.equals("open") ? 0 : 2);
                }
            }
            FailsAt commit = new FailsAt("commit", 1, 1);
            failure(() -> bag().write(new ListSink<Integer>(commit), runner));
            assertThat(commit.calls).as("a commit is not tried again").hasValue(1);
            commit.assertClean();
        }
    }

    /** One of two writers has finished when the other one fails: what it has finished with is given up. */
    @Test
    @Tag("P5")
    void whatHasFinishedIsGivenUpIfItsTaskIsRunAgain() {
        try (Runner runner = Runner.local().threads(2).retries(3).build()) {
            int aborted = 0;
            for (boolean isFirst : new boolean[] {true, false}) {
                Journal good = new Journal();
                FailsAt bad = new FailsAt("finish", 2, 2);
                Bag<Integer> bag = bag();
                Delayed<List<List<Integer>>> one = bag.writeLater(new ListSink<>(isFirst ? bad : good));
                Delayed<List<List<Integer>>> other = bag.writeLater(new ListSink<>(isFirst ? good : bad));
                Results results = Delayed.computeAll(runner, one, other);
                assertThat(results.get(one)).isEqualTo(partitions());
                assertThat(results.get(other)).isEqualTo(partitions());
                good.assertClean();
                bad.assertClean();
                assertThat(good.partsCommitted).hasValue(PARTS);
                aborted += good.partsAborted.get();
            }
            assertThat(aborted).as("parts that were finished and did not count").isPositive();
        }
    }

    @Test
    void anotherResultThatFailsKeepsAllFromBeingCommitted() {
        for (Runner runner : RUNNERS) {
            for (int failing = 0; failing < 4; failing++) {
                Bag<Integer> bag = bag();
                List<Delayed<?>> others = List.of(
                        bag.map(n -> 1 / (n - 22)).count(),
                        bag.count().map(n -> Integer.valueOf("x" + n)),
                        bag.sorted().map(n -> 1 / (n - 22)).count(),
                        Delayed.call(() -> {
                            throw new IOException("elsewhere");
                        }));
                Journal first = new Journal();
                Journal second = new Journal();
                Delayed<?> other = others.get(failing);
                failure(() -> Delayed.computeAll(
                        runner,
                        bag.writeLater(new ListSink<>(first)),
                        other,
                        bag.map(n -> n).writeLater(new ListSink<>(second))));
                for (Journal journal : List.of(first, second)) {
                    journal.assertClean();
                    assertThat(journal.commits).hasValue(0);
                    assertThat(journal.aborts).hasValue(journal.begun.get());
                }
            }
        }
    }

    @Test
    void whatIsMadeOfAResultComesAfterTheCommit() {
        for (Runner runner : RUNNERS) {
            Journal journal = new Journal();
            Bag<Integer> bag = bag();
            Delayed<List<List<Integer>>> written = bag.writeLater(new ListSink<>(journal));
            Delayed<Integer> commits = written.map(lists -> journal.commits.get());
            Bag<Pair<Integer, Integer>> with = bag.mapWith(written, (n, lists) -> new Pair<>(n, lists.size()));
            assertThat(commits.compute(runner)).isEqualTo(1);
            assertThat(with.compute(runner)).hasSize(RECORDS.size()).allMatch(pair -> pair.second() == PARTS);
            try (Stream<Pair<Integer, Integer>> stream = with.stream(runner)) {
                assertThat(stream.findFirst()).contains(new Pair<>(0, PARTS));
            }
            assertThat(journal.commits).hasValue(3);
        }
    }

    @Test
    void severalSinksAndFoldsReadOnce() {
        for (Runner runner : RUNNERS) {
            ProbedSource<Integer> source = ProbedSource.of(Cuts.parts(RECORDS, PARTS));
            Bag<Integer> bag = Bag.from(source);
            Delayed<List<List<Integer>>> all = bag.writeLater(new ListSink<>());
            Delayed<List<List<Integer>>> even = bag.filter(n -> n % 2 == 0).writeLater(new ListSink<>());
            Delayed<Long> count = bag.count();
            Delayed<Boolean> any = bag.anyMatch(n -> n == 3);
            Results results = Delayed.computeAll(runner, all, even, count, any);
            Probe probe = source.probe();
            assertThat(probe.opened).hasValue(PARTS);
            assertThat(probe.records).hasValue(RECORDS.size());
            probe.assertClean();
            assertThat(results.get(all)).isEqualTo(partitions());
            assertThat(results.get(even).stream().flatMap(List::stream)).hasSize(12);
            assertThat(results.get(count)).isEqualTo(23);
        }
    }

    @Test
    void nothingIsReadIfASinkCannotBegin() {
        for (Runner runner : RUNNERS) {
            ProbedSource<Integer> source = ProbedSource.of(Cuts.parts(RECORDS, PARTS));
            Bag<Integer> bag = Bag.from(source);
            Journal good = new Journal();
            FailsAt bad = new FailsAt("begin", 1, 1);
            failure(() -> Delayed.computeAll(
                    runner,
                    bag.count(),
                    bag.writeLater(new ListSink<>(good)),
                    bag.sorted().writeLater(new ListSink<>(bad))));
            assertThat(source.probe().opened).hasValue(0);
            assertThat(good.aborts).hasValue(good.begun.get());
        }
    }

    @Test
    @Tag("P44")
    void viewsAreWrittenBeforeTheirBufferIsUsedAgain() {
        List<List<List<String>>> texts = List.of(List.of(List.of("a", "bb"), List.of("c")), List.of(List.of("d")));
        for (boolean pipelined : new boolean[] {false, true}) {
            for (Runner runner : RUNNERS) {
                List<List<Utf8>> written =
                        Bag.from(ViewSource.of(pipelined, texts)).write(new ListSink<>(), runner);
                assertThat(written)
                        .isEqualTo(List.of(List.of(Utf8.of("a"), Utf8.of("bb"), Utf8.of("c")), List.of(Utf8.of("d"))));
            }
        }
    }

    /** Gives one record, and lets its task be left before the next one, which never comes. */
    private record StuckPart(CountDownLatch left) implements Part<Integer> {

        @Override
        public Chunks<Integer> open() {
            return Chunks.of(new StuckChunk(left));
        }
    }

    private static final class StuckChunk implements Chunk<Integer>, Waiting {

        private final CountDownLatch left;
        private boolean isGiven;

        StuckChunk(CountDownLatch left) {
            this.left = left;
        }

        @Override
        public @Nullable Integer next() {
            boolean given = isGiven;
            isGiven = true;
            return given ? null : 1;
        }

        @Override
        public boolean isWaiting() {
            return true;
        }

        @Override
        public void whenReady(Runnable ready) {
            left.countDown();
        }
    }

    private record StuckSource(CountDownLatch left, int count) implements Source<Integer> {

        @Override
        public String name() {
            return "stuck";
        }

        @Override
        public List<StuckPart> parts() {
            return Collections.nCopies(count, new StuckPart(left));
        }
    }

    @Test
    @Tag("P38")
    void writersOfTasksThatWaitAreAborted() {
        for (Runner runner : List.of(Runners.TWO, Runners.SEVEN)) {
            Journal journal = new Journal();
            CountDownLatch left = new CountDownLatch(3);
            Bag<Integer> failing = Bag.of(1).peek(n -> {
                left.await();
                throw new IOException("all wait");
            });
            Bag<Integer> stuck = Bag.from(new StuckSource(left, 3));
            assertThat(failure(() -> stuck.concat(failing).write(new ListSink<Integer>(journal), runner)))
                    .hasMessageContaining("all wait");
            assertThat(journal.opened.get()).isEqualTo(3);
            assertThat(journal.aborted).hasValue(3);
            assertThat(journal.aborts).hasValue(1);
            journal.assertClean();
        }
    }

    @Test
    @Tag("P21")
    void anInterruptAsksForAnEndAndDoesNotDisturbIt() throws InterruptedException {
        List<Boolean> seen = Collections.synchronizedList(new ArrayList<>());
        Journal journal = new Journal() {
            @Override
            protected void fail(String method) {
                if (method.startsWith("abort")) {
                    seen.add(Thread.currentThread().isInterrupted());
                }
            }
        };
        CountDownLatch begun = new CountDownLatch(1);
        Bag<Integer> slow = bag().peek(n -> {
            if (n == 7) {
                begun.countDown();
                new CountDownLatch(1).await();
            }
        });
        Thread caller = new Thread(() -> failure(() -> slow.write(new ListSink<Integer>(journal), Runners.TWO)));
        caller.start();
        begun.await();
        caller.interrupt();
        caller.join();
        journal.assertClean();
        assertThat(seen).hasSizeGreaterThan(1).containsOnly(false);
    }

    @Test
    void anAbortThatFailsIsNotMistakenForTheCause() {
        for (Runner runner : RUNNERS) {
            for (String method : List.of("abort", "abort of a writer")) {
                FailsAt journal = new FailsAt(method, 1, 1);
                Bag<Integer> failing = bag().peek(n -> {
                    if (n == 9) {
                        throw new IOException("the cause");
                    }
                });
                assertThat(failure(() -> failing.write(new ListSink<Integer>(journal), runner)))
                        .hasMessageContaining("the cause");
                journal.assertClean();
            }
        }
    }

    private record Refusing(String where) implements Sink<Integer, String> {

        @Override
        public String name() {
            return "refusing";
        }

        @Override
        public Output<Integer, ?, String> begin(int partitionCount) throws SinkException {
            throw new SinkException(where + ": it is closed.\n  Open it.", null);
        }
    }

    @Test
    @Tag("P20")
    void whatASinkSaysOfItselfReachesTheUserAsItIs() {
        BagException failure = failure(() -> bag().write(new Refusing("db")));
        assertThat(failure).hasMessage("db: it is closed.\n  Open it.");
        FailsAt atRecord = new FailsAt("write", 1, 1);
        assertThat(failure(() -> bag().write(new ListSink<Integer>(atRecord), Runner.inline())))
                .hasMessage("write failed on part-0, line 1 (partition 1 of 5): IllegalStateException: write fails\n"
                        + "  record: 0\n  chain: probed > write");
    }

    @Test
    void aSinkMayReturnNull() {
        assertThat(bag().<@Nullable Object>write(new NullSink())).isNull();
        assertThatThrownBy(() -> bag().writeLater(null)).isInstanceOf(NullPointerException.class);
    }

    /** Takes everything and says nothing. */
    private record NullSink() implements Sink<Object, @Nullable Object> {

        @Override
        public String name() {
            return "null";
        }

        @Override
        public Output<Object, ?, @Nullable Object> begin(int partitionCount) {
            return new NullOutput();
        }

        private record NullOutput() implements Output<Object, @Nullable Object, @Nullable Object> {

            @Override
            public Writer<Object, @Nullable Object> open(int partition) {
                return new Writer<>() {
                    @Override
                    public void write(Object record) {}

                    @Override
                    public @Nullable Object finish() {
                        return null;
                    }

                    @Override
                    public void abort() {}
                };
            }

            @Override
            public @Nullable Object commit(List<@Nullable Object> parts) {
                return null;
            }

            @Override
            public void abort(List<@Nullable Object> parts) {}
        }
    }

    @Test
    void explainSaysWhetherChunksAreWrittenByAllThreads() {
        Bag<Integer> chunks = Bag.from(ProbedSource.pipelined(List.of(List.of(List.of(1), List.of(2)))));
        for (boolean takesSections : new boolean[] {true, false}) {
            assertThat(chunks.writeLater(new ListSink<>(new Journal(), takesSections))
                            .explain())
                    .isEqualTo("""
                            stage 1: 1 task
                              read probed, 1 partition, %s
                              hand over to list by write
                            """.formatted(takesSections ? "chunks on all threads" : "each partition on one thread"));
        }
    }
}
