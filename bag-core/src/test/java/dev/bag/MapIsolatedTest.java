package dev.bag;

import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.function.CheckedFunction;
import dev.bag.testing.ChildJvm;
import dev.bag.testing.Eventually;
import dev.bag.testing.Processes;
import dev.bag.testing.Runners;
import dev.bag.value.ErrorPolicy;
import dev.bag.value.Isolation;
import dev.bag.value.Pair;
import dev.bag.value.Utf8;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Functions in processes of their own. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
@Tag("P42")
class MapIsolatedTest {

    private static final Isolation SMALL = Isolation.of(2).jvmOptions("-Xmx64m", "-XX:TieredStopAtLevel=1");

    @TempDir
    private Path folder;

    /** Nothing that a test has started is left. */
    @AfterEach
    @Tag("P38")
    void noProcessIsLeft() {
        Processes.awaitEnd();
    }

    @Test
    @Tag("P2")
    void keepsOrderOnEveryRunner() {
        List<Long> numbers = LongStream.range(0, 40).boxed().toList();
        for (Runner runner : Runners.ALL) {
            Bag<Long> bag = Bag.from(numbers, 3).mapIsolated(n -> n ^ 1, SMALL);
            assertThat(bag.compute(runner))
                    .isEqualTo(numbers.stream().map(n -> n ^ 1).toList());
        }
        assertThat(Bag.<Long>empty().mapIsolated(n -> n, 1).compute()).isEmpty();
        assertThat(Bag.from(numbers, 40).mapIsolated(n -> n, SMALL).stream().toList())
                .isEqualTo(numbers);
    }

    @Test
    @Tag("P1")
    void isWhatTheOracleSaysOfRandomPlans() {
        for (long seed = 1; seed <= 5; seed++) {
            for (RandomPlans.Grown grown : lastTwo(new RandomPlans(seed).grow(6))) {
                Bag<Integer> bag = grown.bag().mapIsolated(n -> n, SMALL).filter(n -> n != 3);
                assertThat(bag.compute())
                        .as(grown.howMade())
                        .isEqualTo(grown.records().stream()
                                .filter(n -> !n.equals(3))
                                .toList());
            }
        }
    }

    private static <T> List<T> lastTwo(List<T> all) {
        return all.subList(Math.max(0, all.size() - 2), all.size());
    }

    @Test
    void aWorkerTakesManyRecords() {
        List<Long> processes = Bag.range(0, 200, 4)
                .mapIsolated(n -> ProcessHandle.current().pid(), SMALL)
                .compute();
        assertThat(new HashSet<>(processes)).hasSizeLessThanOrEqualTo(2);
        assertThat(processes).doesNotContain(ProcessHandle.current().pid());
    }

    /** How a function ends its process. */
    enum Death {
        EXIT("exit code 5"),
        HALT("exit code 6"),
        KILLED("exit code 137"),
        CRASH("SIGSEGV"),
        NO_MEMORY("exit code 3"),
        PRINTS_PAST_JAVA("printed to its standard output past System.out"),
        HANGS("was ended after");

        final String told;

        Death(String told) {
            this.told = told;
        }

        void die() throws Exception {
            switch (this) {
                case EXIT -> System.exit(5);
                case HALT -> Runtime.getRuntime().halt(6);
                case KILLED -> signal("-KILL");
                case CRASH -> signal("-SEGV");
                case NO_MEMORY -> {
                    List<byte[]> leak = new ArrayList<>();
                    while (true) {
                        leak.add(new byte[1 << 20]);
                    }
                }
                case PRINTS_PAST_JAVA ->
                    new ProcessBuilder("echo", "this is far more than one header of a frame")
                            .inheritIO()
                            .start()
                            .waitFor();
                case HANGS -> new CountDownLatch(1).await();
            }
        }

        private static void signal(String name) throws Exception {
            new ProcessBuilder(
                            "kill", name, String.valueOf(ProcessHandle.current().pid()))
                    .start();
            new CountDownLatch(1).await();
        }
    }

    private static CheckedFunction<Long, Long> dyingOnce(Death death, String marker) {
        return n -> {
            if (n == 7 && Files.notExists(Path.of(marker))) {
                Files.createFile(Path.of(marker));
                death.die();
            }
            return n;
        };
    }

    private static Isolation isolation(Death death) {
        Isolation isolation = Isolation.of(2)
                .jvmOptions("-Xmx64m", "-XX:ErrorFile=/dev/null", "-XX:-CreateCoredumpOnCrash", "-Xshare:auto");
        return death == Death.HANGS ? isolation.timeout(Duration.ofSeconds(1)) : isolation;
    }

    @ParameterizedTest
    @EnumSource(Death.class)
    void aWorkerThatDiesIsReplacedAndToldOf(Death death) {
        List<String> told = new CopyOnWriteArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void workerDied(WorkerDied event) {
                told.add(event.reason());
            }
        };
        String marker = folder.resolve("died").toString();
        try (Runner runner = Runner.local().threads(2).listener(listener).build()) {
            assertThat(Bag.range(0, 12, 2)
                            .mapIsolated(dyingOnce(death, marker), isolation(death))
                            .compute(runner))
                    .isEqualTo(LongStream.range(0, 12).boxed().toList());
            assertThat(runner.lastReport().orElseThrow().workerDeaths()).isEqualTo(1);
            assertThat(told).singleElement().asString().contains(death.told);
        }
    }

    private static CheckedFunction<Long, Long> dyingAt(long number) {
        return n -> {
            if (n == number) {
                System.err.println("the last words");
                System.exit(5);
            }
            return n + 100;
        };
    }

    @Test
    @Tag("P20")
    void aRecordThatEndsThreeWorkersIsToBlame() {
        Bag<Long> bag = Bag.range(0, 6, 2).mapIsolated(dyingAt(4), SMALL);
        try (Runner runner = Runner.local().threads(2).build()) {
            BagException failure = failure(() -> bag.compute(runner));
            assertThat(failure).hasMessage("""
                            mapIsolated failed (partition 2 of 2): IOException: the record has ended its worker process 3 times; \
                            the last one has ended with exit code 5; its error stream ends with: the last words
                              record: 4
                              chain: range 0..6 > mapIsolated > compute""").hasCauseInstanceOf(IOException.class);
            assertThat(failure.operator()).isEqualTo("mapIsolated");
            assertThat(runner.lastReport().orElseThrow().workerDeaths()).isEqualTo(3);
            assertThat(runner.lastReport().orElseThrow().toString()).contains(", 3 dead workers");
            assertThat(bag.onError(ErrorPolicy.skip(1)).compute(runner)).containsExactly(100L, 101L, 102L, 103L, 105L);
        }
    }

    @Test
    @Tag("P21")
    void taskTimeoutOfTheRunnerHoldsForACall() {
        try (Runner runner =
                Runner.local().threads(1).taskTimeout(Duration.ofMillis(300)).build()) {
            BagException failure =
                    failure(() -> Bag.of(1).mapIsolated(n -> hang(n), SMALL).compute(runner));
            assertThat(failure).hasMessageContaining("the last one was ended after 300 ms, its time limit");
        }
    }

    private static int hang(int n) throws InterruptedException {
        new CountDownLatch(1).await();
        return n;
    }

    private static CheckedFunction<Integer, Integer> hanging(String marker) {
        return n -> {
            Files.writeString(
                    Path.of(marker), String.valueOf(ProcessHandle.current().pid()));
            return hang(n);
        };
    }

    private void awaitStart() {
        Path marker = folder.resolve("started");
        Eventually.await().until(() -> Files.exists(marker) && Files.size(marker) > 0);
    }

    @Test
    @Tag("P19")
    @Tag("P21")
    void aCancelEndsWorkersThatHang() {
        Bag<Integer> bag =
                Bag.of(1).mapIsolated(hanging(folder.resolve("started").toString()), SMALL);
        CompletableFuture<List<Integer>> result = bag.computeAsync();
        awaitStart();
        result.cancel(true);
        noProcessIsLeft();
    }

    @Test
    @Tag("P21")
    void closingTheRunnerEndsWorkersThatHang() {
        Runner runner = Runner.local().threads(1).build();
        Bag<Integer> bag =
                Bag.of(1).mapIsolated(hanging(folder.resolve("started").toString()), SMALL);
        CompletableFuture<List<Integer>> result = bag.computeAsync(runner);
        awaitStart();
        runner.close();
        noProcessIsLeft();
        Eventually.await().until(result::isDone);
        assertThat(result).isCompletedExceptionally();
    }

    @Test
    @Tag("P29")
    void aResultThatIsNotWantedAnyMoreIsNotWaitedFor() {
        Bag<Long> bag = Bag.range(0, 100).mapIsolated(n -> n == 0 ? n : (long) hang(1), SMALL);
        assertThat(bag.first()).contains(0L);
    }

    /** The JVM of a run that is killed. */
    static final class Parent {
        public static void main(String[] args) {
            Bag.of(1).mapIsolated(hanging(System.getProperty("marker")), SMALL).compute();
        }
    }

    @Test
    @Tag("P38")
    void workersEndWithTheJvmOfTheRun() throws Exception {
        Path marker = folder.resolve("started");
        Process parent = ChildJvm.start(Parent.class, List.of("-Dmarker=" + marker));
        try {
            awaitStart();
        } finally {
            parent.destroyForcibly().waitFor();
        }
        long worker = Long.parseLong(Files.readString(marker));
        Eventually.await()
                .until(() ->
                        ProcessHandle.of(worker).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void whatAFunctionPrintsAndReadsDoesNoHarm() {
        List<Integer> read = Bag.range(0, 50, 2)
                .mapIsolated(
                        n -> {
                            System.out.println("printed " + n);
                            return System.in.read();
                        },
                        SMALL)
                .compute();
        assertThat(read).hasSize(50).containsOnly(-1);
    }

    /** What a user's function throws. */
    static final class Trouble extends Exception {

        private static final long serialVersionUID = 1;

        private final int code;
        /** No form knows it. */
        private final transient Object handle = new Object();

        Trouble(String message, int code, Throwable cause) {
            super(message, cause);
            this.code = code;
        }

        @Override
        public String toString() {
            return super.toString() + (handle == null ? "" : " with its handle");
        }
    }

    private static long troubled(long n) throws Trouble {
        if (n == 3) {
            throw new Trouble("it is 3", 42, new IOException("below"));
        }
        return n;
    }

    @Test
    @Tag("P20")
    void whatTheFunctionThrowsIsTheCause() {
        Bag<Long> bag = Bag.range(0, 6).mapIsolated(MapIsolatedTest::troubled, SMALL);
        BagException failure = failure(() -> bag.compute());
        assertThat(failure.getCause())
                .isInstanceOfSatisfying(
                        Trouble.class, trouble -> assertThat(trouble.code).isEqualTo(42))
                .hasMessage("it is 3")
                .hasRootCauseMessage("below");
        assertThat(failure.getCause().getStackTrace()[0].getMethodName()).isEqualTo("troubled");
        assertThat(failure.recordExcerpt()).contains("3");
        assertThat(bag.onError(ErrorPolicy.skip(1)).compute()).containsExactly(0L, 1L, 2L, 4L, 5L);
    }

    @Test
    void aFunctionThatCannotBeSentIsRefusedAtOnce() {
        Object lock = new Object();
        assertThatThrownBy(() -> Bag.of(1).mapIsolated(n -> Objects.hash(n, lock), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "mapIsolated(…): the function uses a java.lang.Object, which is not Serializable, so it cannot be"
                                + " sent to another process. Let the function make it, in a static field for example, or let its"
                                + " class implement Serializable");
        assertThatThrownBy(() -> Bag.of(1).mapIsolated(n -> n, 0))
                .hasMessage("mapIsolated(…, 0): at least 1 worker is needed");
    }

    @Test
    void aResultThatCannotBeSentFailsAndTheWorkerGoesOn() {
        Bag<Object> bag = Bag.range(0, 4).mapIsolated(n -> n == 1 ? Thread.currentThread() : n, Isolation.of(1));
        assertThat(failure(() -> bag.compute()))
                .hasMessageContaining("a java.lang.Thread cannot be sent to another process:")
                .hasMessageContaining("record: 1");
        assertThat(bag.onError(ErrorPolicy.skip(1)).compute()).containsExactly(0L, 2L, 3L);
    }

    /** Neither Serializable. */
    record Point(int x, int[] more) {}

    static final class Box {
        final List<Object> content = new ArrayList<>();
    }

    @Test
    @Tag("P43")
    void objectsOfAnyClassAreSent() {
        List<Object> records = List.of(
                "text", 1, 2.5, new Point(1, new int[] {2}), Utf8.of("bytes"), new Pair<>("a", List.of(1)), Death.EXIT);
        Bag<String> told = Bag.from(records, 2).mapIsolated(MapIsolatedTest::described, SMALL);
        assertThat(told.compute())
                .isEqualTo(records.stream().map(MapIsolatedTest::described).toList());
        Bag<Box> boxes = Bag.of(1, 2, 3).mapIsolated(MapIsolatedTest::boxed, SMALL);
        assertThat(boxes.map(box -> box.content.size()).compute()).containsExactly(1, 2, 3);
    }

    private static String described(Object record) {
        return record instanceof Point point
                ? "Point " + point.x() + point.more()[0]
                : record.getClass() + " " + record;
    }

    private static Box boxed(int size) {
        Box box = new Box();
        for (int i = 0; i < size; i++) {
            box.content.add(new Point(i, new int[0]));
        }
        return box;
    }

    @Test
    void largeRecordsAndResultsAreSent() {
        assertThat(Bag.of(0, 4_096, 3_000_000)
                        .map(byte[]::new)
                        .mapIsolated(bytes -> new Pair<>(bytes, bytes.length), SMALL)
                        .map(pair -> pair.first().length == pair.second() ? pair.second() : -1)
                        .compute())
                .containsExactly(0, 4_096, 3_000_000);
    }

    @Test
    @Tag("P30")
    void groupsOnDiskAreSentAsLists() {
        try (Runner runner = Runner.local().threads(2).memory("4kB").build()) {
            List<Pair<Long, Long>> sums = Bag.range(0, 20_000, 4)
                    .groupBy(n -> n % 2)
                    .entries()
                    .mapIsolated(
                            group -> new Pair<>(
                                    group.first(),
                                    group.second().stream().mapToLong(n -> n).sum()),
                            SMALL)
                    .compute(runner);
            assertThat(sums).containsExactlyInAnyOrder(new Pair<>(0L, 99_990_000L), new Pair<>(1L, 100_000_000L));
        }
    }

    @Test
    void aWorkerThatDoesNotStartIsAnErrorAtOnce() {
        Bag<Integer> bag = Bag.of(1).mapIsolated(n -> n, Isolation.of(1).jvmOptions("-XX:NoSuchOption=1"));
        assertThat(failure(() -> bag.compute()))
                .hasMessageContaining(
                        "a worker process for mapIsolated(…) does not start: it has ended with exit code 1")
                .hasMessageContaining("NoSuchOption");
    }

    @Test
    void worksInAShell() throws Exception {
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            shell.addToClasspath(System.getProperty("java.class.path"));
            String last = "";
            for (String line : List.of(
                    "import dev.bag.*;",
                    "record Word(String text, int length) {}",
                    "Word word(String text) { return new Word(text, text.length()); }",
                    "Bag.of(\"a\", \"bcd\").mapIsolated(t -> word(t), 1).map(Word::length).compute()")) {
                for (SnippetEvent event : shell.eval(line)) {
                    assertThat(event.status()).as(line).isEqualTo(Snippet.Status.VALID);
                    assertThat(event.exception()).as(line).isNull();
                    last = event.value();
                }
            }
            assertThat(last).isEqualTo("[1, 3]");
        }
    }
}
