package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import dev.bag.source.Source;
import dev.bag.testing.ChildJvm;
import dev.bag.testing.Eventually;
import dev.bag.testing.ManualAlarm;
import dev.bag.text.OneLine;
import dev.bag.value.Pair;
import dev.bag.value.Retry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How far a run is, while it runs. */
@Timeout(60)
class ProgressTest {

    private static final long HALF_A_SECOND = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(200);

    private final ManualAlarm alarm = new ManualAlarm();
    private final List<ProgressState> states = new CopyOnWriteArrayList<>();

    private Runner runner(int threads) {
        return Runner.local()
                .threads(threads)
                .alarm(alarm)
                .progress(Progress.to(states::add))
                .build();
    }

    /** 100 bytes each, and ten records, a chunk each, of which it may tell when they are read. */
    private record Hundred(int first, boolean tells, boolean pipelined) implements Part<Integer> {

        @Override
        public Chunks<Integer> open() {
            Iterator<Integer> all = List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9).iterator();
            return new Chunks<>() {
                private int count;

                @Override
                public Chunk<Integer> nextChunk() {
                    Iterator<Integer> one =
                            all.hasNext() ? List.of(first + all.next()).iterator() : null;
                    count += one == null ? 0 : 1;
                    return one == null ? null : () -> one.hasNext() ? one.next() : null;
                }

                @Override
                public long bytesRead() {
                    return tells ? 10L * count : 0;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public OptionalLong byteCount() {
            return OptionalLong.of(100);
        }
    }

    private static Bag<Integer> hundreds(int parts) {
        return hundreds(parts, false);
    }

    private static Bag<Integer> hundreds(int parts, boolean tells) {
        return hundreds(parts, tells, false);
    }

    private static Bag<Integer> hundreds(int parts, boolean tells, boolean pipelined) {
        List<Part<Integer>> all = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            all.add(new Hundred(10 * i, tells, pipelined));
        }
        return Bag.from(new Source<Integer>() {
            @Override
            public String name() {
                return "hundreds";
            }

            @Override
            public List<? extends Part<Integer>> parts() {
                return all;
            }
        });
    }

    private ProgressState nextState(long nanos) {
        int before = states.size();
        alarm.advance(nanos);
        Eventually.await().until(() -> states.size() > before);
        return states.get(before);
    }

    /** The last state of a run, which may come a moment after its result. */
    private ProgressState lastState() {
        Eventually.await()
                .until(() -> !states.isEmpty() && states.get(states.size() - 1).isOver());
        return states.get(states.size() - 1);
    }

    @Test
    void tellsWhatWasReadOfHowMuchAndWhichTasksAreDone() {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (Runner runner = runner(1)) {
            CompletableFuture<Long> result = hundreds(4)
                    .map(n -> {
                        if (n == 25) {
                            reached.countDown();
                            goOn.await();
                        }
                        return n;
                    })
                    .named("slow")
                    .count()
                    .computeAsync(runner);
            Eventually.await().until(() -> reached.getCount() == 0);
            ProgressState state = nextState(HALF_A_SECOND);
            assertThat(state.what()).isEqualTo("hundreds > slow > count");
            assertThat(state.stage()).isEqualTo("hundreds > map \"slow\" > count");
            assertThat(state.tasksDone()).isEqualTo(2);
            assertThat(state.tasks()).isEqualTo(4);
            assertThat(state.records()).as("of chunks that were read").isEqualTo(25);
            assertThat(state.bytesRead()).isEqualTo(200);
            assertThat(state.bytesInAll()).hasValue(400);
            assertThat(state.elapsed()).isEqualTo(Duration.ofMillis(500));
            assertThat(state.isOver()).isFalse();
            assertThat(nextState(MOMENT).elapsed()).isEqualTo(Duration.ofMillis(700));
            goOn.countDown();
            assertThat(result.join()).isEqualTo(40);
            ProgressState last = lastState();
            assertThat(last.records()).isEqualTo(40);
            assertThat(last.bytesRead()).isEqualTo(400);
            assertThat(last.run()).isEqualTo(runner.lastReport().orElseThrow().run());
            assertThat(alarm.pending()).isZero();
        }
    }

    @Test
    void tellsNothingOfShortRuns() {
        try (Runner runner = runner(2)) {
            assertThat(hundreds(3).count().compute(runner)).isEqualTo(30);
            assertThat(alarm.pending()).isZero();
        }
        assertThat(states).isEmpty();
    }

    /** A runner of one thread, which makes three attempts. */
    private Runner retrying() {
        return Runner.local()
                .threads(1)
                .retries(2)
                .alarm(alarm)
                .progress(Progress.to(states::add))
                .build();
    }

    @Test
    @Tag("P5")
    void whatAFailedAttemptHasReadIsNotSeen() {
        List<Long> failures = new CopyOnWriteArrayList<>();
        try (Runner runner = retrying()) {
            Delayed<Long> count = hundreds(2)
                    .map(n -> {
                        if (n == 7 && failures.size() < 2) {
                            failures.add(1L);
                            throw new IllegalStateException("not yet");
                        }
                        if (n == 19) {
                            alarm.advance(HALF_A_SECOND);
                        }
                        return n;
                    })
                    .count();
            assertThat(count.compute(runner)).isEqualTo(20);
        }
        assertThat(lastState().records()).isEqualTo(20);
    }

    /** A bag of 40 records and 400 bytes that stops at the record 25, and what is known then. */
    private ProgressState stateAtRecord25(UnaryOperator<Bag<Integer>> operators) {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (Runner runner = runner(1)) {
            Bag<Integer> bag = hundreds(4, true).map(n -> {
                if (n == 25) {
                    reached.countDown();
                    goOn.await();
                }
                return n;
            });
            CompletableFuture<Long> result = operators.apply(bag).count().computeAsync(runner);
            Eventually.await().until(() -> reached.getCount() == 0);
            ProgressState state = nextState(HALF_A_SECOND);
            goOn.countDown();
            assertThat(result.join()).isEqualTo(40);
            assertThat(lastState().bytesRead()).isEqualTo(400);
            return state;
        }
    }

    @Test
    void bytesAreToldInTheMiddleOfAPart() {
        assertThat(stateAtRecord25(bag -> bag).bytesRead()).isEqualTo(250);
        states.clear();
        ProgressState inOrder = stateAtRecord25(bag -> bag.zipWithIndex().map(Pair::first));
        assertThat(inOrder.bytesRead()).as("of chunks that were taken").isBetween(200L, 250L);
    }

    @Test
    void bytesOfChunksThatAreReadAheadAreNotCounted() {
        for (int threads : List.of(1, 2)) {
            CountDownLatch begun = new CountDownLatch(threads);
            CountDownLatch goOn = new CountDownLatch(1);
            states.clear();
            try (Runner runner = runner(threads)) {
                CompletableFuture<Long> result = hundreds(1, true, true)
                        .peek(n -> {
                            begun.countDown();
                            goOn.await();
                        })
                        .count()
                        .computeAsync(runner);
                Eventually.await().until(() -> begun.getCount() == 0);
                ProgressState state = nextState(HALF_A_SECOND);
                assertThat(state.records()).isZero();
                assertThat(state.bytesRead()).isZero();
                goOn.countDown();
                assertThat(result.join()).isEqualTo(10);
                assertThat(lastState().bytesRead()).isEqualTo(100);
                assertThat(runner.lastReport().orElseThrow().bytesRead()).isEqualTo(100);
            }
        }
    }

    @Test
    void theLastStateOfARunThatHasFailedSaysHowFarItCame() {
        try (Runner runner = runner(1)) {
            Delayed<Long> fails = hundreds(1, true)
                    .peek(n -> {
                        if (n == 8) {
                            nextState(HALF_A_SECOND);
                            throw new IllegalStateException("broken");
                        }
                    })
                    .count();
            assertThatThrownBy(() -> fails.compute(runner)).hasMessageContaining("broken");
        }
        assertThat(lastState().records()).isEqualTo(8);
        assertThat(lastState().bytesRead()).isEqualTo(80);
        assertThat(ProgressText.line(lastState())).contains("is over: ").contains("80 %, 80 B of 100 B, 8 records");
    }

    @Test
    @Tag("P5")
    void bytesThatAFailedAttemptHasReadAreNotSeen() {
        List<Long> failures = new CopyOnWriteArrayList<>();
        try (Runner runner = retrying()) {
            hundreds(2, true)
                    .peek(n -> {
                        if (n == 7 && failures.size() < 2) {
                            failures.add(1L);
                            throw new IllegalStateException("not yet");
                        }
                        if (n == 12) {
                            nextState(HALF_A_SECOND);
                        }
                    })
                    .count()
                    .compute(runner);
        }
        assertThat(states.get(0).bytesRead()).isEqualTo(120);
        assertThat(lastState().bytesRead()).isEqualTo(200);
    }

    @Test
    void callsAreCountedWhileTheyRun() {
        for (int threads : List.of(1, 2)) {
            CountDownLatch reached = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            states.clear();
            List<Delayed<Integer>> calls = new ArrayList<>();
            Delayed<Integer> chain = Delayed.value(0);
            for (int i = 0; i < 10; i++) {
                chain = Delayed.call(n -> n + 1, chain);
                calls.add(chain);
            }
            chain = Delayed.call(
                    n -> {
                        reached.countDown();
                        goOn.await();
                        return n;
                    },
                    chain);
            Delayed<Integer> unfolded =
                    chain.flatMap(n -> Delayed.all(List.of(Delayed.call(() -> 1), Delayed.call(() -> 2)))
                            .map(List::size));
            try (Runner runner = runner(threads)) {
                CompletableFuture<Integer> result = unfolded.computeAsync(runner);
                Eventually.await().until(() -> reached.getCount() == 0);
                ProgressState state = nextState(HALF_A_SECOND);
                assertThat(state.tasks()).isZero();
                assertThat(state.callsDone()).isEqualTo(10);
                assertThat(state.calls()).isEqualTo(12);
                assertThat(ProgressText.line(state)).contains("83 %").contains("10 of 12 calls");
                goOn.countDown();
                assertThat(result.join()).isEqualTo(2);
                assertThat(lastState().callsDone()).isEqualTo(16);
                assertThat(lastState().calls()).isEqualTo(16);
            }
        }
    }

    @Test
    void callsThatAreAttemptedAgainCountOnce() {
        List<Integer> attempts = new CopyOnWriteArrayList<>();
        try (Runner runner = runner(2)) {
            Delayed<Integer> again = Delayed.call(() -> {
                        attempts.add(1);
                        if (attempts.size() < 3) {
                            throw new IllegalStateException("not yet");
                        }
                        alarm.advance(HALF_A_SECOND);
                        return 1;
                    })
                    .retry(Retry.times(3));
            Delayed<Integer> own = Delayed.call(() -> 2).blocking();
            assertThat(again.zipWith(own, Integer::sum).compute(runner)).isEqualTo(3);
            assertThat(lastState().callsDone()).isEqualTo(3);
            assertThat(lastState().calls()).isEqualTo(3);
        }
    }

    @Test
    void bytesInAllAreUnknownOfWhatIsInMemory() {
        try (Runner runner = runner(1)) {
            Bag.range(0, 10, 2)
                    .peek(n -> {
                        if (n == 9) {
                            alarm.advance(HALF_A_SECOND);
                        }
                    })
                    .count()
                    .compute(runner);
        }
        assertThat(lastState().records()).isEqualTo(10);
        assertThat(states).allMatch(state -> state.bytesInAll().isEmpty() && state.bytesRead() == 0);
    }

    @Test
    void runsInsideOfFunctionsAreNotTold() {
        try (Runner runner = runner(1)) {
            Bag.of(1, 2)
                    .map(n -> {
                        alarm.advance(HALF_A_SECOND);
                        return Bag.of(n)
                                .peek(m -> alarm.advance(HALF_A_SECOND))
                                .count()
                                .compute();
                    })
                    .count()
                    .compute(runner);
        }
        assertThat(states).isNotEmpty().allMatch(state -> state.what().equals("2 records > map > count"));
        assertThat(states.stream().map(ProgressState::run).distinct()).hasSize(1);
    }

    @Test
    void streamsAndCallsAreTold() {
        try (Runner runner = runner(2)) {
            assertThat(hundreds(2).stream(runner)
                            .peek(n -> alarm.advance(HALF_A_SECOND))
                            .toList())
                    .hasSize(20);
            assertThat(lastState().records()).isEqualTo(20);
            states.clear();
            Delayed.call(() -> {
                        alarm.advance(HALF_A_SECOND);
                        return 1;
                    })
                    .compute(runner);
            assertThat(lastState().tasks()).isZero();
        }
    }

    @Test
    @Tag("P41")
    void aConsumerThatThrowsOrBlocksChangesNothing() {
        CountDownLatch never = new CountDownLatch(1);
        for (Progress progress : List.of(
                Progress.to(state -> {
                    throw new IllegalStateException("a test lets a consumer throw");
                }),
                Progress.to(state -> await(never)))) {
            try (Runner runner =
                    Runner.local().threads(2).alarm(alarm).progress(progress).build()) {
                Bag<Integer> bag = hundreds(3).peek(n -> alarm.advance(HALF_A_SECOND));
                assertThat(bag.compute(runner))
                        .isEqualTo(
                                LongStream.range(0, 30).mapToObj(n -> (int) n).toList());
            }
        }
        never.countDown();
    }

    /** Each run that waited for the consumer would take a second. */
    @Test
    @Tag("P41")
    void aConsumerThatBlocksIsWaitedForOnce() {
        CountDownLatch never = new CountDownLatch(1);
        try (Runner runner = Runner.local()
                .threads(1)
                .alarm(alarm)
                .progress(Progress.to(state -> await(never)))
                .build()) {
            for (int i = 0; i < 100; i++) {
                Bag<Integer> bag = hundreds(1).peek(n -> alarm.advance(HALF_A_SECOND));
                assertThat(bag.count().compute(runner)).isEqualTo(10);
            }
        }
        never.countDown();
    }

    @Test
    @Tag("P41")
    void aConsumerThatGoesOnIsWaitedForAgain() {
        CountDownLatch later = new CountDownLatch(1);
        RunProgress.Teller teller = new RunProgress.Teller(Progress.to(state -> {
            await(later);
            states.add(state);
        }));
        ProgressState last = state(1, 0, OptionalLong.empty(), 1, true);
        assertThat(teller.tellLast(last)).isFalse();
        later.countDown();
        Eventually.await().until(() -> teller.tellLast(last));
        for (int i = 0; i < 100; i++) {
            assertThat(teller.tellLast(last)).isTrue();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ProgressState state(long run, long bytes, OptionalLong all, int tasks, boolean isOver) {
        return new ProgressState(
                run,
                "logs/*.gz > parse > countBy",
                "a stage",
                3,
                tasks,
                1_234_567,
                bytes,
                all,
                0,
                0,
                Duration.ofSeconds(75),
                isOver);
    }

    @Test
    void linesSayAllThatIsKnown() {
        assertThat(ProgressText.line(state(7, 52_000_000, OptionalLong.of(100_000_000), 16, false)))
                .isEqualTo(
                        "run 7: logs/*.gz > parse > countBy, 52 %, 52 MB of 100 MB, 1,234,567 records, 16,461 a second,"
                                + " 3 of 16 tasks, 1:15, 1:09 left");
        assertThat(ProgressText.line(state(7, 0, OptionalLong.empty(), 0, true)))
                .isEqualTo("run 7 is over: logs/*.gz > parse > countBy, 1,234,567 records, 16,461 a second, 1:15");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 40, 60, 80, 120, 200})
    void aBarFillsItsLineAndNoMore(int columns) {
        for (OptionalLong all : List.of(OptionalLong.empty(), OptionalLong.of(1), OptionalLong.of(100))) {
            for (int tasks : List.of(0, 3, 1_000_000)) {
                assertThat(ProgressText.bar(state(1, 50, all, tasks, false), columns))
                        .hasSize(Math.max(20, columns) - 1)
                        .doesNotContain("\n", "\r");
            }
        }
    }

    @Test
    void aBarDrawsTheShare() {
        assertThat(ProgressText.bar(state(1, 50, OptionalLong.of(100), 16, false), 120)
                        .strip())
                .isEqualTo("a stage [#####.....] 50 %, 50 B of 100 B, 1,234,567 records, 16,461 a second,"
                        + " 3 of 16 tasks, 1:15, 1:15 left");
        assertThat(ProgressText.bar(state(1, 50, OptionalLong.of(100), 16, false), 80)
                        .strip())
                .isEqualTo("a stage [#####.....] 50 %, 50 B of 100 B, 16,461 a second, 1:15, 1:15 left");
        assertThat(ProgressText.bar(state(1, 50, OptionalLong.of(100), 16, false), 40)
                        .strip())
                .isEqualTo("a stage 50 %, 1:15, 1:15 left");
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 40, 60, 100})
    void aBarOfWideAndOddCharactersFillsItsLineToo(int columns) {
        ProgressState state = new ProgressState(
                1,
                "",
                "日本語のログファイル長い名前.txt > \u001b[31m\n😀",
                0,
                0,
                7,
                5,
                OptionalLong.of(10),
                0,
                0,
                Duration.ofSeconds(3),
                false);
        String bar = ProgressText.bar(state, columns);
        assertThat(OneLine.width(bar)).isEqualTo(columns - 1);
        assertThat(bar).doesNotContain("\u001b", "\n");
    }

    @Test
    void aTerminalShowsOneRunAfterTheOther() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ProgressText.Bar bar = new ProgressText.Bar(new PrintStream(printed, true, StandardCharsets.UTF_8), 120);
        bar.accept(state(1, 10, OptionalLong.of(100), 16, false));
        bar.accept(state(2, 99, OptionalLong.of(100), 16, false));
        bar.accept(state(1, 100, OptionalLong.of(100), 16, true));
        bar.accept(state(2, 98, OptionalLong.of(100), 16, false));
        assertThat(printed.toString(StandardCharsets.UTF_8).split("\r"))
                .hasSize(4)
                .satisfies(lines -> {
                    assertThat(lines[1]).contains(" 10 %");
                    assertThat(lines[2]).contains(" 100 %").endsWith(System.lineSeparator());
                    assertThat(lines[3]).contains(" 98 %");
                });
    }

    /** A run that takes longer than half a second. */
    static final class SlowRun {
        public static void main(String[] args) throws Exception {
            CountDownLatch seen = new CountDownLatch(1);
            Progress progress = Progress.lines(Duration.ofMillis(10));
            try (Runner runner = Runner.local().progress(progress).build()) {
                Bag.of(1)
                        .peek(n -> seen.await(900, TimeUnit.MILLISECONDS))
                        .count()
                        .compute(runner);
            }
            System.out.println("done");
        }
    }

    @Test
    void linesArePrintedToTheErrorStream() throws Exception {
        assertThat(ChildJvm.run(SlowRun.class, List.of()).output())
                .contains("run 1: 1 record > peek > count, 0 %, 0 records, 0 of 1 task, 0:0")
                .contains("run 1 is over: ")
                .contains("done");
    }

    /** A run with a bar, which tells more than once. */
    static final class RunWithBar {
        public static void main(String[] args) throws Exception {
            CountDownLatch seen = new CountDownLatch(1);
            try (Runner runner =
                    Runner.local().threads(2).progress(Progress.bar()).build()) {
                Bag.range(0, 8)
                        .named("a name that alone is longer than a narrow terminal has place for")
                        .peek(n -> seen.await(150, TimeUnit.MILLISECONDS))
                        .count()
                        .compute(runner);
            }
            System.out.println("done");
        }
    }

    /** The command behind it runs under a pseudo terminal of so many columns, with a redirection of one of its streams. */
    private static List<String> terminal(int columns, String redirection) {
        String command = "unset COLUMNS; export TERM=xterm; words=$(printf \"'%s' \" \"$@\"); "
                + "exec script -qec \"stty rows 24 cols " + columns + "; exec $words " + redirection + "\" /dev/null";
        return List.of("sh", "-c", command, "terminal");
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 40})
    @DisabledOnOs(OS.WINDOWS)
    void aTerminalHasOneLineThatChanges(int columns) throws Exception {
        ChildJvm.Result result = ChildJvm.run(terminal(columns, ""), RunWithBar.class, List.of());
        assertThat(result.exitCode()).as(result.output()).isZero();
        List<String> lines = List.of(result.output().split("\r?\n"));
        assertThat(lines).as(result.output()).hasSize(2).endsWith("done");
        List<String> shown = List.of(lines.get(0).split("\r")).stream()
                .filter(line -> !line.isEmpty())
                .toList();
        assertThat(shown)
                .hasSizeGreaterThan(1)
                .allSatisfy(line -> assertThat(line).hasSize(columns - 1));
        assertThat(shown.get(shown.size() - 1)).contains(" a second, 0:0");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void itIsTheErrorStreamThatIsATerminalOrNot(@TempDir Path folder) throws Exception {
        ChildJvm.Result shown =
                ChildJvm.run(terminal(80, "< /dev/null > " + folder + "/out"), RunWithBar.class, List.of());
        assertThat(shown.output()).contains("\r").contains(" a second, 0:0");
        assertThat(folder.resolve("out")).hasContent("done");
        ChildJvm.Result logged = ChildJvm.run(terminal(80, "2> " + folder + "/log"), RunWithBar.class, List.of());
        assertThat(logged.output().strip()).isEqualTo("done");
        assertThat(folder.resolve("log")).content().doesNotContain("\r").contains("run 1 is over: ");
    }

    @Test
    void anIntervalIsChecked() {
        assertThatThrownBy(() -> Progress.lines(Duration.ZERO)).hasMessage("lines(PT0S): more than 0 is needed");
    }
}
