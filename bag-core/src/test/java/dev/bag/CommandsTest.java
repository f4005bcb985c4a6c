package dev.bag;

import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.testing.ChildJvm;
import dev.bag.testing.Eventually;
import dev.bag.testing.Processes;
import dev.bag.testing.Runners;
import dev.bag.value.Command;
import dev.bag.value.CommandResult;
import dev.bag.value.ErrorPolicy;
import dev.bag.value.Pair;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs: one for each record, and one for each partition. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
@Tag("P42")
class CommandsTest {

    private static final List<String> LINES =
            IntStream.range(0, 40).mapToObj(i -> "line " + i * 7 % 40).toList();

    @TempDir
    private Path folder;

    static List<Runner> runners() {
        return Runners.ALL;
    }

    private static Command shell(String script) {
        return Command.of("sh", "-c", script);
    }

    /** A program that would run for long, and says so first. */
    private Command longRunning(String name) {
        return shell("echo $$ > " + folder.resolve(name) + "; sleep 1000 & sleep 1000; wait");
    }

    private void awaitStart(String name) {
        Eventually.await().until(() -> Files.exists(folder.resolve(name)) && Files.size(folder.resolve(name)) > 0);
    }

    /** Nothing that a test has started is left. */
    @AfterEach
    @Tag("P38")
    void noProcessIsLeft() {
        Processes.awaitEnd();
    }

    /** The records that come out are those that go in. */
    private static void assertEverywhere(UnaryOperator<Bag<String>> operator) {
        for (Runner runner : Runners.ALL) {
            for (int partitions : List.of(1, 3)) {
                for (int count : List.of(0, 1, 5)) {
                    List<String> lines = LINES.subList(0, count);
                    Bag<String> bag = operator.apply(Bag.from(lines, partitions));
                    assertThat(bag.compute(runner)).isEqualTo(lines);
                    assertThat(bag.stream(runner).toList()).isEqualTo(lines);
                }
            }
        }
    }

    // ---- one for each record ----

    @Test
    @Tag("P2")
    void execKeepsOrder() {
        assertEverywhere(
                bag -> bag.exec(line -> Command.of("printf", "%s", line)).map(CommandResult::output));
    }

    @Test
    void execTellsCodeOutputAndErrors() {
        Bag<CommandResult> results =
                Bag.of("x").exec(x -> shell("echo out; echo err >&2; exit 3").accept(3));
        assertThat(results.compute()).containsExactly(new CommandResult(3, "out\n", "err\n"));
        assertThat(Bag.of(7, 9)
                        .exec(n -> shell("exit " + n).acceptAll())
                        .map(CommandResult::exitCode)
                        .compute())
                .containsExactly(7, 9);
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("runners")
    @Tag("P20")
    void anExitCodeThatIsNotAcceptedIsAnErrorWithTheEndOfTheErrorStream(Runner runner) {
        Bag<CommandResult> results = Bag.of("a").exec(a -> shell("echo first >&2; echo 'no such thing' >&2; exit 4"));
        BagException failure = failure(() -> results.compute(runner));
        assertThat(failure.getCause())
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "the command sh -c 'echo first >&2; echo '\\''no such thing'\\'' >&2; exit 4' has ended with"
                                + " exit code 4; its error stream ends with: first\nno such thing."
                                + " If that is no failure, use accept(4)");
        assertThat(failure.getMessage()).startsWith("exec failed (partition 1 of 1): IOException: the command sh -c");
        assertThat(failure.recordExcerpt()).hasValue("\"a\"");
    }

    @Test
    void aPolicyLeavesOutRecordsWhoseCommandFails() {
        assertThat(Bag.of(0, 1, 0, 2)
                        .exec(n -> shell("echo " + n + "; exit " + n))
                        .onError(ErrorPolicy.skip(2))
                        .map(CommandResult::output)
                        .compute())
                .containsExactly("0\n", "0\n");
    }

    @Test
    void aProgramThatIsNotThereIsAClearError() {
        assertThat(failure(() -> Bag.of(1)
                                .exec(n -> Command.of("no-such-program", "x"))
                                .compute())
                        .getCause())
                .hasMessage("the program no-such-program cannot be started: No such file or directory."
                        + " Is it installed, and on the PATH of the JVM?");
        assertThat(failure(() -> Bag.of(1).pipe(Command.of("no-such-program")).compute())
                        .getCause())
                .hasMessageContaining("Is it installed, and on the PATH of the JVM?");
        Path missing = folder.resolve("missing");
        assertThat(failure(() -> Bag.of(1)
                                .exec(n -> Command.of("true").in(missing))
                                .compute())
                        .getCause())
                .hasMessage("the command true cannot be started: its directory " + missing
                        + " does not exist. Create it, or name another one with in(…)");
    }

    @Test
    void aCommandHasItsDirectoryEnvironmentAndInput() throws IOException {
        Path real = folder.toRealPath();
        Command command = shell("pwd -P; echo $WORD$HOME; cat")
                .in(real)
                .env("WORD", "ä ")
                .env("HOME", "b")
                .input("in\nput");
        assertThat(Bag.of(1).exec(n -> command).map(CommandResult::output).compute())
                .containsExactly(real + "\nä b\nin\nput");
        assertThat(Bag.of(1)
                        .exec(n -> Command.of("cat"))
                        .map(CommandResult::output)
                        .compute())
                .containsExactly("");
    }

    /** Each stream alone is more than a pipe holds: a program that waits for one of them would never end. */
    @Test
    void allThreeStreamsArePumpedAtOnce() {
        String text = "x".repeat(1_000_000);
        CommandResult result = Bag.of(1)
                .exec(n ->
                        shell("head -c 1000000 /dev/zero | tr '\\0' e >&2; cat").input(text))
                .compute()
                .get(0);
        assertThat(result.output()).isEqualTo(text);
        assertThat(result.error()).isEqualTo("e".repeat(65_536));
        List<String> lines = Collections.nCopies(200_000, "0123456789");
        assertThat(Bag.from(lines, 2)
                        .pipe(shell("head -c 1000000 /dev/zero | tr '\\0' e >&2; cat"))
                        .compute(Runners.ONE))
                .isEqualTo(lines);
    }

    @Test
    void aProgramThatDoesNotReadItsInputDoesNotHang() {
        String text = "x".repeat(10_000_000);
        assertThat(Bag.of(1)
                        .exec(n -> Command.of("echo", "done").input(text))
                        .map(CommandResult::output)
                        .compute())
                .containsExactly("done\n");
        Bag<String> endless = Bag.generate(
                () -> Stream.generate(() -> text.substring(0, 1000)).iterator());
        assertThat(endless.pipe(shell("echo a; echo b")).compute(Runners.TWO)).containsExactly("a", "b");
        assertThat(endless.pipe(Command.of("head", "-n", "3")).count().compute(Runners.TWO))
                .isEqualTo(3);
        assertThat(endless.pipe(shell("exec 0<&-; echo closed; sleep 0.1; echo later"))
                        .compute(Runners.TWO))
                .containsExactly("closed", "later");
    }

    @Test
    void aProgramThatPrintsTooMuchFails() {
        Bag<CommandResult> results =
                Bag.of(1).exec(n -> Command.of("cat", "/dev/zero").mostHeld("1MB"));
        assertThat(failure(results::compute).getCause())
                .hasMessage("the command cat /dev/zero prints more than 1 MB. To hold more, use mostHeld(…);"
                        + " output of any size, in lines, is for pipe(…)");
        Bag<String> lines = Bag.of(1).pipe(Command.of("cat", "/dev/zero").mostHeld("1MB"));
        assertThat(failure(lines::compute).getCause())
                .hasMessageStartingWith("the command cat /dev/zero prints a line of more than 1 MB.");
        assertThat(Bag.of(1)
                        .exec(n -> Command.of("head", "-c", "1000", "/dev/zero").mostHeld("1kB"))
                        .map(result -> result.output().length())
                        .compute())
                .containsExactly(1000);
    }

    @Test
    void whatIsPrintedMustBeText() {
        assertThat(failure(() -> Bag.of(1)
                                .exec(n -> Command.of("printf", "\\377"))
                                .compute())
                        .getCause())
                .hasMessageStartingWith("the command printf '\\377' prints bytes that are not UTF-8.");
        assertThat(failure(() -> Bag.of(1)
                                .pipe(Command.of("printf", "a\\n\\377"))
                                .compute())
                        .getCause())
                .hasMessageStartingWith("the command printf 'a\\n\\377' prints bytes that are not UTF-8.");
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("runners")
    @Tag("once")
    void whatTakesTooLongIsEndedWithAllThatItHasStarted(Runner runner) {
        Bag<CommandResult> results = Bag.of(1).exec(n -> longRunning("exec").timeout(Duration.ofMillis(300)));
        assertThat(failure(() -> results.compute(runner)).getCause())
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("was ended after 0.3 s, its time limit and an empty error stream."
                        + " To let it run longer, use timeout(…)");
        Bag<String> lines = Bag.of(1).pipe(longRunning("pipe").timeout(Duration.ofSeconds(1)));
        assertThat(failure(() -> lines.compute(runner)).getCause())
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("was ended after 1 s, its time limit");
    }

    @Test
    void whatDoesNotEndWhenItIsAskedIsKilled() {
        Bag<CommandResult> results = Bag.of(1)
                .exec(n -> shell("trap '' TERM; sleep 1000; sleep 1000").timeout(Duration.ofMillis(200)));
        assertThat(failure(results::compute).getCause()).isInstanceOf(TimeoutException.class);
    }

    /** The one that starts others is ended before it has started all, at a moment of its own each time. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void whatIsStartedWhileItIsEndedIsEndedToo() {
        String seconds = "1000." + ProcessHandle.current().pid();
        Command starting = shell("i=0; while [ $i -lt 1000 ]; do sleep " + seconds + " & i=$((i+1)); done; wait");
        for (int round = 0; round < 5; round++) {
            Bag<CommandResult> results = Bag.of(round).exec(n -> starting.timeout(Duration.ofMillis(50 + 7L * n)));
            assertThat(failure(results::compute).getCause()).isInstanceOf(TimeoutException.class);
            assertThat(ProcessHandle.allProcesses()
                            .filter(each -> each.info().commandLine().orElse("").contains(seconds)))
                    .isEmpty();
        }
    }

    // ---- when a run ends ----

    @Test
    @Tag("P21")
    void cancellingEndsTheProcesses() {
        CompletableFuture<?> exec = Bag.of(1).exec(n -> longRunning("exec")).computeAsync(Runners.TWO);
        CompletableFuture<?> pipe = Bag.of(1).pipe(longRunning("pipe")).computeAsync(Runners.TWO);
        awaitStart("exec");
        awaitStart("pipe");
        exec.cancel(true);
        pipe.cancel(true);
        noProcessIsLeft();
    }

    @Test
    @Tag("P19")
    void aFailureEndsTheProcesses() {
        Bag<Object> failing = Bag.of(1).map(n -> {
            awaitStart("exec");
            awaitStart("pipe");
            throw new IllegalStateException("no");
        });
        Bag<Object> all = Bag.concatAll(List.<Bag<?>>of(
                Bag.of(1).exec(n -> longRunning("exec")), Bag.of(1).pipe(longRunning("pipe")), failing));
        assertThat(failure(() -> all.compute(Runners.SEVEN)).getCause()).hasMessage("no");
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    @Tag("P29")
    void whatIsNotWantedAnyMoreIsEnded() {
        Command endless = shell("while :; do echo y; done");
        Bag<String> lines = Bag.of(1, 2, 3).pipe(endless);
        for (Runner runner : Runners.ALL) {
            assertThat(lines.take(3, runner)).containsExactly("y", "y", "y");
            assertThat(lines.limit(3).count().compute(runner)).isEqualTo(3);
            assertThat(lines.anyMatch("y"::equals).compute(runner)).isTrue();
            try (Stream<String> stream = lines.stream(runner)) {
                assertThat(stream.iterator().next()).isEqualTo("y");
            }
            assertThat(ProcessHandle.current().descendants()).isEmpty();
        }
    }

    @Test
    void closingTheRunnerEndsTheProcesses() {
        Runner runner = Runner.local().threads(1).build();
        CompletableFuture<?> run = Bag.of(1).pipe(longRunning("pipe")).computeAsync(runner);
        awaitStart("pipe");
        runner.close();
        assertThat(ProcessHandle.current().descendants()).isEmpty();
        assertThatThrownBy(run::join).hasCauseInstanceOf(BagException.class);
    }

    /** Starts processes and prints their numbers. */
    static final class Starts {

        private Starts() {}

        public static void main(String[] args) throws InterruptedException {
            Command command = shell("echo $$; exec sleep 1000");
            Bag.of(1, 2).pipe(command).forEach(line -> {
                System.out.println(line);
                System.out.flush();
            });
        }
    }

    @Test
    @Tag("P38")
    void processesEndWithTheJvm() throws Exception {
        Process jvm = ChildJvm.start(Starts.class, List.of("-Dbag.threads=2"));
        try (BufferedReader printed =
                new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8))) {
            ProcessHandle first =
                    ProcessHandle.of(Long.parseLong(printed.readLine())).orElseThrow();
            ProcessHandle second =
                    ProcessHandle.of(Long.parseLong(printed.readLine())).orElseThrow();
            jvm.destroy();
            jvm.waitFor();
            Eventually.await().until(() -> !first.isAlive() && !second.isAlive());
        } finally {
            jvm.destroyForcibly();
        }
    }

    // ---- one for each partition ----

    @Test
    @Tag("P2")
    @Tag("P7")
    void pipeSendsEachPartitionThroughAProcess() {
        assertEverywhere(bag -> bag.pipe(Command.of("cat")));
        assertThat(Bag.from(LINES, 2).pipe(Command.of("sort")).compute())
                .isEqualTo(Stream.concat(
                                LINES.subList(0, 20).stream().sorted(),
                                LINES.subList(20, 40).stream().sorted())
                        .toList());
        assertThat(Bag.from(LINES, 3)
                        .pipe(Command.of("wc", "-l"))
                        .map(String::strip)
                        .compute())
                .containsExactly("13", "13", "14");
        assertThat(Bag.empty().pipe(Command.of("wc", "-l")).map(String::strip).compute())
                .containsExactly("0");
    }

    @Test
    void recordsAreSentAsTheirTextAndLinesComeWithoutTheirEnds() {
        assertThat(Bag.from(List.of(1, new Pair<>(2, "ä")), 1)
                        .pipe(Command.of("cat"))
                        .compute())
                .containsExactly("1", "(2, ä)");
        assertThat(Bag.of(1).pipe(Command.of("printf", "a\\r\\nb\\n\\n\\rc")).compute())
                .containsExactly("a", "b", "", "\rc");
        assertThat(failure(() -> Bag.of("a\nb").pipe(Command.of("cat")).compute())
                        .getCause())
                .hasMessage("the record has a line end in it, and each record is one line for the command."
                        + " Replace the line ends by something else before pipe(…)");
    }

    /** Lines of all lengths, so that they begin and end at all places of the blocks. */
    @Test
    @Tag("P1")
    void linesOfAllLengthsComeBack() {
        List<String> lines = IntStream.range(0, 3_000)
                .mapToObj(i -> "ä".repeat(i % 7) + "x".repeat(i % 977) + i)
                .toList();
        for (int partitions : List.of(1, 5)) {
            assertThat(Bag.from(lines, partitions).pipe(Command.of("cat")).compute())
                    .isEqualTo(lines);
        }
        String longLine = "0123456789".repeat(300_000);
        assertThat(Bag.of(longLine).pipe(Command.of("cat")).compute()).containsExactly(longLine);
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("runners")
    void linesComeBeforeAFailureIsTold(Runner runner) {
        Bag<String> lines = Bag.of(1).pipe(shell("echo a; echo b; echo oops >&2; exit 5"));
        try (Stream<String> stream = lines.stream(runner)) {
            List<String> seen = new ArrayList<>();
            BagException failure = failure(() -> stream.forEach(seen::add));
            assertThat(seen).containsExactly("a", "b");
            assertThat(failure.operator()).isEqualTo("pipe");
            assertThat(failure.getCause())
                    .hasMessageContaining("has ended with exit code 5; its error stream ends with: oops");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void thereAreAsManyProcessesAtOnceAsThreads(int threads) throws IOException {
        Command counting = shell("touch r$$; ls | grep -c '^r'; cat; rm r$$").in(folder);
        try (Runner runner = Runner.local().threads(threads).build()) {
            List<String> counts = Bag.range(0, 40, 40)
                    .pipe(counting)
                    .filter(line -> !line.isEmpty())
                    .compute(runner);
            assertThat(counts).hasSize(80);
            assertThat(Bag.range(0, 20, 20)
                            .pipe(shell("touch r$$; ls | grep -c '^r'; cat >/dev/null; rm r$$")
                                    .in(folder))
                            .map(Integer::parseInt)
                            .compute(runner))
                    .hasSize(20)
                    .allSatisfy(count -> assertThat(count).isBetween(1, threads));
        }
    }

    /** Pipes that wait for each other: each task needs several, in either order. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void pipesInOneTaskDoNotWaitForEachOther(int threads) {
        try (Runner runner = Runner.local().threads(threads).build()) {
            Bag<String> a = Bag.from(LINES, 8).pipe(Command.of("cat"));
            Bag<String> b = Bag.from(LINES, 8).pipe(shell("cat; exit 0"));
            Bag<Pair<String, String>> both = a.zip(b).concat(b.zip(a));
            List<Pair<String, String>> expected = Stream.concat(LINES.stream(), LINES.stream())
                    .map(line -> new Pair<>(line, line))
                    .toList();
            assertThat(both.compute(runner)).isEqualTo(expected);
            assertThat(both.stream(runner).toList()).isEqualTo(expected);
            assertThat(a.pipe(Command.of("cat")).pipe(Command.of("cat")).compute(runner))
                    .isEqualTo(LINES);
        }
    }

    @Test
    @Tag("P28")
    void aSlowReaderHoldsTheProcessBack() throws IOException {
        Path count = folder.resolve("count");
        Command counting =
                shell("i=0; while :; do i=$((i+1)); echo $i > " + count + "; echo " + "x".repeat(10_000) + "; done");
        try (Stream<String> stream = Bag.of(1).pipe(counting).stream(Runners.TWO)) {
            var lines = stream.iterator();
            for (int i = 0; i < 100; i++) {
                lines.next();
            }
            String[] last = {"", ""};
            Eventually.await().pollInterval(Duration.ofMillis(200)).until(() -> {
                last[0] = last[1];
                last[1] = Files.readString(count);
                return last[0].equals(last[1]) && !last[0].isBlank();
            });
            assertThat(Long.parseLong(last[1].strip())).isLessThan(2_000);
        }
    }

    /** 100 MB in, 100 MB out. */
    static final class Large {

        private Large() {}

        public static void main(String[] args) {
            Bag<String> lines = Bag.range(0, 1_000_000, 2).map(n -> "%0100d".formatted(n));
            System.out.println(
                    lines.pipe(Command.of("cat")).sumLong(Long::parseLong).compute());
        }
    }

    @Test
    @Tag("P28")
    void whatIsPumpedDoesNotFillTheMemory() throws Exception {
        ChildJvm.Result result = ChildJvm.run(Large.class, List.of("-Xmx40m"));
        assertThat(result.output().strip())
                .isEqualTo(String.valueOf(LongStream.range(0, 1_000_000).sum()));
    }

    // ---- the values ----

    @Test
    void argumentsAreCheckedWhenACommandIsMade() {
        assertThatThrownBy(() -> Command.of()).hasMessageStartingWith("Command.of(): a program is needed");
        assertThatThrownBy(() -> Command.of("a", "b\0c")).hasMessageContaining("b\\0c");
        assertThatThrownBy(() -> Command.of("a").timeout(Duration.ZERO)).hasMessageContaining("more than 0");
        assertThatThrownBy(() -> Command.of("a").mostHeld("3GB")).hasMessageContaining("less than 2 GiB");
        assertThatThrownBy(() -> Bag.of(1).pipe(Command.of("cat").input("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pipe(cat): a command with input(…) reads that, and not the records. Leave input(…) away");
        assertThat(Command.of("grep", "-v", "it's", "a.txt")).hasToString("grep -v 'it'\\''s' a.txt");
    }

    @Test
    void aCommandIsSentSomewhere() throws Exception {
        Command command = Command.of("a", "b")
                .in("dir")
                .env("k", "v")
                .timeout(Duration.ofSeconds(3))
                .input("text")
                .accept(1, 2)
                .mostHeld("1kB");
        for (Command each : List.of(command, Command.of("x"), Command.of("y").acceptAll())) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(each);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                assertThat(in.readObject()).isEqualTo(each);
            }
        }
    }
}
