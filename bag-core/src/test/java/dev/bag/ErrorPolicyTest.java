package dev.bag;

import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.RunListener.RecordSkipped;
import dev.bag.testing.FlawedSource;
import dev.bag.testing.ListSink;
import dev.bag.testing.Recorder;
import dev.bag.value.ErrorPolicy;
import dev.bag.value.Location;
import dev.bag.value.Pair;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of records that fail. */
@Tag("P34")
class ErrorPolicyTest {

    @TempDir
    Path folder;

    private final Recorder told = new Recorder();

    private Runner runner(int threads) {
        return Runner.local().threads(threads).listener(told).build();
    }

    private static Bag<String> words(String... words) {
        return Bag.from(List.of(words), 2);
    }

    private static Bag<Integer> flawed(int parts, int lines) {
        return Bag.from(new FlawedSource(
                IntStream.range(0, parts)
                        .mapToObj(part -> IntStream.range(0, lines).boxed().toList())
                        .toList(),
                x -> x % 4 == 3,
                0));
    }

    @Test
    void recordsThatFailAreLeftOut() {
        Bag<Integer> numbers =
                words("1", "two", "3", "four").map(Integer::parseInt).onError(ErrorPolicy.skip(2));
        assertThat(numbers.compute()).containsExactly(1, 3);
        assertThat(numbers.count().compute()).isEqualTo(2);
        assertThat(numbers.partitionCount()).isEqualTo(2);
    }

    @Test
    void oneMoreThanTheLimitFailsTheRun() {
        Bag<Integer> numbers = words("1", "two", "3", "four")
                .map(Integer::parseInt)
                .named("parse")
                .onError(ErrorPolicy.skip(1));
        BagException failure = failure(() -> numbers.compute(Runner.inline()));
        assertThat(failure).hasMessage("""
                onError(skip(1)): 2 records have failed, more than the limit. The last one:
                  map "parse" failed (partition 2 of 2): NumberFormatException: For input string: "four"
                    record: "four"
                    chain: 4 records > parse > onError > compute
                  Mend the records, or raise the limit.""");
        assertThat(failure.operator()).isEqualTo("parse");
        assertThat(failure.partition()).hasValue(1);
        assertThat(failure).hasCauseInstanceOf(NumberFormatException.class);
    }

    @Test
    void aRecordOfTheSourceIsNamed() {
        BagException failure =
                failure(() -> flawed(1, 9).onError(ErrorPolicy.skip(1)).compute(Runner.inline()));
        assertThat(failure).hasMessage("""
                onError(skip(1)): 2 records have failed, more than the limit. The last one:
                  part-0, line 8: bad
                  Mend the records, or raise the limit.""");
        assertThat(failure.location()).contains(Location.at("part-0", 8, 80));
    }

    @Test
    void withoutAPolicyAndWithFailTheFirstRecordFailsTheRun() {
        Bag<Integer> numbers = words("1", "two").map(Integer::parseInt);
        String message = failure(numbers::compute).getMessage();
        assertThat(message).startsWith("map failed (partition 2 of 2): NumberFormatException");
        assertThat(failure(() -> numbers.onError(ErrorPolicy.fail()).compute())).hasMessageStartingWith("map failed");
        assertThat(failure(() -> numbers.onError(ErrorPolicy.fail())
                        .onError(ErrorPolicy.skip(9))
                        .compute()))
                .hasMessageStartingWith("map failed");
    }

    @Test
    void operatorsBelowAreNotCovered() {
        assertThat(failure(() -> words("1", "two")
                        .onError(ErrorPolicy.skip(9))
                        .map(Integer::parseInt)
                        .compute()))
                .hasMessageStartingWith("map failed");
        assertThat(failure(() -> words("1", "two")
                        .onError(ErrorPolicy.skip(9))
                        .sumLong(Long::parseLong)
                        .compute()))
                .hasMessageStartingWith("sumLong failed");
    }

    @Test
    void whatIsBehindAnOperatorThatSeesSeveralRecordsIsNotCovered() {
        Bag<Integer> numbers = words("1", "two", "3").map(Integer::parseInt);
        List<Bag<?>> uncovered = List.of(
                numbers.limit(9),
                numbers.skip(0),
                numbers.takeWhile(x -> true),
                numbers.scan(Integer::sum),
                numbers.zipWithIndex(),
                numbers.zip(numbers),
                numbers.mapPartitions(records -> records),
                numbers.distinct(),
                numbers.sorted(),
                numbers.groupBy(x -> x).entries());
        for (Bag<?> bag : uncovered) {
            assertThat(failure(
                            () -> bag.map(x -> x).onError(ErrorPolicy.skip(9)).compute()))
                    .hasMessageStartingWith("map failed");
        }
        List<Bag<?>> covered = List.of(
                numbers,
                numbers.repartition(1),
                numbers.repartition(7),
                numbers.concat(numbers),
                numbers.partition(0),
                numbers.sample(1, 1),
                numbers.named("numbers"));
        for (Bag<?> bag : covered) {
            bag.map(x -> x).onError(ErrorPolicy.skip(1)).compute();
        }
    }

    @Test
    void aLimitDoesNotLetAPolicyReachFurther() {
        Bag<Integer> numbers =
                words("two", "1", "3", "4").map(Integer::parseInt).limit(2);
        assertThat(failure(() ->
                        numbers.map(x -> x + 1).onError(ErrorPolicy.skip(9)).compute()))
                .hasMessageStartingWith("map failed");
        assertThat(words("two", "1", "3", "4")
                        .map(Integer::parseInt)
                        .onError(ErrorPolicy.skip(9))
                        .map(x -> x + 1)
                        .take(2))
                .containsExactly(2, 4);
    }

    @Test
    void ofARecordThatIsExpandedAllComesOrNothing() {
        Bag<Integer> expanded = Bag.of(1, 2, 3)
                .<Integer>mapMulti((x, out) -> {
                    out.accept(x);
                    if (x == 2) {
                        throw new IOException("two");
                    }
                    out.accept(10 * x);
                })
                .onError(ErrorPolicy.skip(1));
        assertThat(expanded.compute()).containsExactly(1, 10, 3, 30);
        Bag<Integer> streamed = Bag.of(1, 2, 3)
                .flatMapStream(x -> Stream.of(x, 0).map(each -> each / (x - 2)))
                .onError(ErrorPolicy.skip(1));
        assertThat(streamed.compute()).containsExactly(-1, 0, 3, 0);
    }

    @Test
    void anExpansionWithoutAnEndIsNotHeld() {
        Bag<Integer> endless = Bag.of(1)
                .flatMapStream(x -> Stream.iterate(x, each -> each + 1))
                .onError(ErrorPolicy.skip(1));
        assertThat(endless.limit(20_000).count().compute()).isEqualTo(20_000);
        Bag<Integer> failsLate = Bag.of(1)
                .<Integer>mapMulti((x, out) -> {
                    for (int i = 0; i < 10_001; i++) {
                        out.accept(i);
                    }
                    throw new IOException("late");
                })
                .onError(ErrorPolicy.skip(1));
        assertThat(failsLate.count().compute()).isEqualTo(10_001);
    }

    @Test
    void errorsAndInterruptsAreNeverLeftOut() {
        List<Throwable> fatal = List.of(
                new StackOverflowError(),
                new OutOfMemoryError("full"),
                new AssertionError("never"),
                new InterruptedException("stop"),
                new IllegalStateException(new OutOfMemoryError("full")),
                new IllegalStateException(new InterruptedException("stop")));
        for (Throwable thrown : fatal) {
            assertThat(failure(() -> Bag.of(1)
                            .map(x -> {
                                throw thrown;
                            })
                            .onError(ErrorPolicy.skip(9))
                            .compute()))
                    .hasCause(thrown);
        }
    }

    @Test
    void aResourceThatCannotBeOpenedFailsTheRun() {
        Bag<Integer> bag = Bag.of(1)
                .<Object, Integer>mapWithResource(
                        () -> {
                            throw new IOException("closed");
                        },
                        (resource, x) -> x);
        assertThat(failure(() -> bag.onError(ErrorPolicy.skip(9)).compute()))
                .hasMessageStartingWith("mapWithResource failed (partition 1 of 1): IOException: closed");
    }

    @Test
    void severalResultsOfARunCountARecordOnce() {
        try (Runner runner = runner(4)) {
            Bag<Integer> numbers = flawed(3, 8).map(x -> 12 / (x - 2)).onError(ErrorPolicy.skip(9));
            Delayed<Long> count = numbers.count();
            Delayed<Long> sum = numbers.sumLong(x -> x);
            Delayed<Long> second = numbers.mapWith(count, (x, n) -> x + n).count();
            Delayed.computeAll(runner, count, sum, second);
            assertThat(told.report().leftOut().records()).isEqualTo(9);
            assertThat(told.events(RecordSkipped.class)).hasSize(9);
        }
    }

    @Test
    void whatIsAlsoUsedWithoutAPolicyIsNotCovered() {
        Bag<Integer> numbers = words("1", "two").map(Integer::parseInt);
        Delayed<Long> covered = numbers.onError(ErrorPolicy.skip(9)).count();
        assertThat(covered.compute()).isEqualTo(1);
        assertThat(failure(() -> Delayed.computeAll(covered, numbers.count()))).hasMessageStartingWith("map failed");
        Delayed<Long> other = numbers.onError(ErrorPolicy.skip(0)).count();
        assertThat(failure(() -> Delayed.computeAll(covered, other)))
                .hasMessageStartingWith("onError(skip(0)): 1 record has");
    }

    @Test
    void whatATakeDoesNotReadDoesNotCount() {
        try (Runner runner = runner(4)) {
            Bag<Integer> numbers = flawed(3, 8).onError(ErrorPolicy.skip(1));
            assertThat(numbers.take(5, runner)).containsExactly(0, 1, 2, 4, 5);
            assertThat(told.report().leftOut().records()).isEqualTo(1);
            assertThat(failure(() -> numbers.take(7, runner))).hasMessageStartingWith("onError(skip(1)): 2 records");
            assertThat(numbers.anyMatch(x -> x == 5).compute(runner)).isTrue();
            assertThat(told.report().leftOut().records()).isEqualTo(1);
            assertThat(numbers.first(runner)).contains(0);
            assertThat(told.report().leftOut().isNothing()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void whatIsReadBehindAMatchForOtherResultsOnlyDoesNotCount(int threads) {
        try (Runner runner = runner(threads)) {
            Bag<Integer> numbers = Bag.from(IntStream.range(0, 10_000).boxed().toList(), 50);
            Delayed<Boolean> match =
                    numbers.map(x -> 10 / (x % 3)).onError(ErrorPolicy.skip(9)).anyMatch(x -> x == 5);
            Delayed<Long> others = numbers.map(x -> 10 / (x % 1000))
                    .onError(ErrorPolicy.skip(10))
                    .count();
            Delayed.computeAll(runner, match, others);
            assertThat(told.report().leftOut().records()).isEqualTo(1 + 10);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void theReportAndListenersNameTheFirstOnes(int threads) {
        try (Runner runner = runner(threads)) {
            flawed(200, 4)
                    .map(x -> 2 / (x - 1))
                    .named("part")
                    .onError(ErrorPolicy.skip(1000))
                    .count()
                    .compute(runner);
            Report.LeftOut leftOut = told.report().leftOut();
            assertThat(leftOut.records()).isEqualTo(400);
            assertThat(leftOut.firstRecords()).hasSize(100);
            assertThat(leftOut.firstRecords().get(0).location()).contains(Location.at("part-0", 2, 20));
            assertThat(leftOut.firstRecords().get(0).operator()).isEqualTo("part");
            assertThat(leftOut.firstRecords().get(0).recordExcerpt()).contains("1");
            assertThat(leftOut.firstRecords().get(99).location()).contains(Location.at("part-49", 4, 40));
            assertThat(told.events(RecordSkipped.class)).hasSize(400);
        }
    }

    @Test
    void aListenerThatThrowsHarmsNothing() {
        RunListener throwing = new RunListener() {
            @Override
            public void recordSkipped(RecordSkipped event) {
                throw new IllegalStateException("listener");
            }
        };
        try (Runner runner = Runner.local().listener(throwing).build()) {
            assertThat(flawed(1, 8).onError(ErrorPolicy.skip(9)).compute(runner))
                    .hasSize(6);
        }
    }

    @Test
    void anAttemptThatFailsCountsNothing() {
        try (Runner runner = Runner.local().threads(2).retries(3).listener(told).build()) {
            AtomicInteger attempts = new AtomicInteger();
            Path letters = folder.resolve("letters.jsonl");
            Bag<Integer> numbers = flawed(2, 8)
                    .onError(ErrorPolicy.deadLetter(letters, 4))
                    .map(x -> {
                        if (x == 6 && attempts.incrementAndGet() <= 3) {
                            throw new IOException("comes back");
                        }
                        return x;
                    });
            assertThat(numbers.compute(runner)).hasSize(12);
            assertThat(told.report().leftOut().records()).isEqualTo(4);
            assertThat(letters).content().hasLineCount(4);
        }
    }

    @Test
    void deadLettersSayWhatFailedAndWhere() throws IOException {
        Path letters = folder.resolve("new/letters.jsonl");
        Bag<String> bag = flawed(2, 4)
                .map(x -> Pair.of("\"q\"\n\u00e9\ud83d\ude00\ud83d", x))
                .map(pair -> {
                    if (pair.second() == 1) {
                        throw new IllegalStateException("no\tone");
                    }
                    return pair.first();
                })
                .named("check")
                .onError(ErrorPolicy.deadLetter(letters, 4));
        assertThat(letters.getParent()).doesNotExist();
        bag.compute();
        String expected = """
                {"operator":"check","file":"part-0","line":2,"offset":20,"partition":0,"error":"java.lang.IllegalStateException","message":"no\\tone","record":"(\\"q\\"\\né😀\\ud83d, 1)"}
                {"operator":"flawed","file":"part-0","line":4,"offset":40,"partition":0,"error":"dev.bag.source.BadRecordException","message":"part-0, line 4: bad","record":"raw 3"}
                """;
        assertThat(letters)
                .content()
                .isEqualTo(expected + expected.replace("part-0", "part-1").replace("partition\":0", "partition\":1"));
        try (Stream<Path> files = Files.list(letters.getParent())) {
            assertThat(files).containsExactly(letters);
        }
    }

    @Test
    void aRunThatSucceedsWritesTheFileAnewAndOneThatFailsLeavesIt() throws IOException {
        Path letters = folder.resolve("letters");
        ErrorPolicy policy = ErrorPolicy.deadLetter(letters.toString(), 1);
        words("1", "two").map(Integer::parseInt).onError(policy).compute();
        String before = Files.readString(letters);
        assertThat(before).hasLineCount(1);
        failure(() -> words("one", "two").map(Integer::parseInt).onError(policy).compute());
        assertThat(letters).content().isEqualTo(before);
        Stream<Integer> closedEarly = words("1", "2").map(Integer::parseInt).onError(policy).stream();
        assertThat(closedEarly.iterator().next()).isEqualTo(1);
        closedEarly.close();
        assertThat(letters).content().isEqualTo(before);
        words("1", "2").map(Integer::parseInt).onError(policy).compute();
        assertThat(letters).isEmptyFile();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(letters);
        }
    }

    @Test
    void aFileWithSomethingElseIsRefused() throws IOException {
        Path data = Files.writeString(folder.resolve("data"), "{\"user\":1}\n");
        assertThatThrownBy(() -> Bag.of(1).onError(ErrorPolicy.deadLetter(data, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("deadLetter(" + data + "): the file exists already, and is no list of dead letters."
                        + " Choose another name, or delete it");
        assertThatThrownBy(() -> Bag.of(1).onError(ErrorPolicy.deadLetter(folder, 1)))
                .hasMessage("deadLetter(" + folder + "): there is something that is no file");
        Path later = folder.resolve("later");
        ListSink<Integer> sink = new ListSink<>();
        Bag<Integer> bag = Bag.of(1).onError(ErrorPolicy.deadLetter(later, 1));
        Files.writeString(later, "data");
        assertThat(failure(() -> bag.write(sink))).hasMessageContaining("is no list of dead letters");
        assertThat(later).content().isEqualTo("data");
    }

    @Test
    void policiesOfOneRunMayShareAFile() throws IOException {
        Path letters = folder.resolve("letters");
        Bag<Integer> numbers = words("1", "two").map(Integer::parseInt).onError(ErrorPolicy.deadLetter(letters, 1));
        Bag<Integer> others = words("un", "2").map(Integer::parseInt).onError(ErrorPolicy.deadLetter(letters, 1));
        assertThat(numbers.concat(others).compute()).containsExactly(1, 2);
        assertThat(letters).content().contains("\"two\"", "\"un\"").hasLineCount(2);
        Bag<Integer> shared = words("1", "two").map(Integer::parseInt);
        Delayed.computeAll(
                shared.onError(ErrorPolicy.deadLetter(letters, 1)).count(),
                shared.onError(ErrorPolicy.deadLetter(letters, 2)).count());
        assertThat(letters).content().hasLineCount(1);
    }

    @Test
    void aLongRecordIsCut() throws IOException {
        Path letters = folder.resolve("letters");
        words("x".repeat(70_000))
                .map(Integer::parseInt)
                .onError(ErrorPolicy.deadLetter(letters, 1))
                .compute();
        assertThat(Files.readString(letters)).contains("x".repeat(65_536) + "\",\"cut\":true}");
    }

    @Test
    void manyDeadLettersAreInOrder() throws IOException {
        Path letters = folder.resolve("letters");
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            expected.add("\"record\":\"" + i + "\"}");
        }
        try (Runner runner = runner(8)) {
            Bag.range(0, 20_000, 7)
                    .map(x -> {
                        throw new IOException();
                    })
                    .onError(ErrorPolicy.deadLetter(letters, 20_000))
                    .compute(runner);
        }
        try (Stream<String> lines = Files.lines(letters)) {
            assertThat(lines.map(line -> line.substring(line.indexOf("\"record\""))))
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    void keyedBagsHavePoliciesToo() {
        assertThat(words("1", "two")
                        .keyBy(Integer::parseInt)
                        .onError(ErrorPolicy.skip(1))
                        .keys()
                        .compute())
                .containsExactly(1);
    }

    @Test
    void policiesAreCheckedAndCanBeSent() throws IOException, ClassNotFoundException {
        assertThatThrownBy(() -> ErrorPolicy.skip(-1)).hasMessage("skip: the limit is -1, and must be 0 or more");
        assertThatThrownBy(() -> new ErrorPolicy(ErrorPolicy.Action.FAIL, 1, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ErrorPolicy(ErrorPolicy.Action.DEAD_LETTER, 1, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        for (ErrorPolicy policy :
                List.of(ErrorPolicy.fail(), ErrorPolicy.skip(3), ErrorPolicy.deadLetter(folder.resolve("x"), 3))) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(policy);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                assertThat(in.readObject()).isEqualTo(policy);
            }
        }
        assertThat(ErrorPolicy.deadLetter("bad", 1000)).hasToString("deadLetter(bad, 1,000)");
    }
}
