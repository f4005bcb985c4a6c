package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.fold.Fold;
import dev.bag.fold.Folds;
import dev.bag.value.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("P5")
class RetriesTest {

    private static final int RECORDS = 40;
    private static final int PARTITIONS = 4;
    private static final List<Integer> NUMBERS =
            IntStream.range(0, RECORDS).boxed().toList();

    /** What is asked of a bag of numbers; the functions given in are called for each record. */
    private static final List<Function<Bag<Integer>, Delayed<?>>> QUESTIONS = List.of(
            bag -> bag.fold(Folds.toList()),
            bag -> bag.count(),
            bag -> bag.sumLong(n -> n),
            bag -> bag.anyMatch(n -> n == 7),
            bag -> bag.groupBy(n -> n % 5).entries().fold(Folds.toList()),
            bag -> bag.foldBy(n -> n % 7, Folds.summingLong(n -> n)).entries().fold(Folds.toList()),
            bag -> bag.countBy(n -> "key " + n % 7).entries().fold(Folds.toList()),
            bag -> bag.distinctBy(n -> n % 11).fold(Folds.toList()),
            bag -> bag.sortBy(n -> -n % 9).fold(Folds.toList()),
            bag -> bag.sorted().limit(9).fold(Folds.toList()),
            bag -> bag.repartition(9).fold(Folds.toList()),
            bag -> bag.keyBy(n -> n % 6).partitionByKey(3).entries().fold(Folds.toList()),
            bag -> bag.keyBy(n -> n % 6).join(bag.keyBy(n -> n % 4)).entries().fold(Folds.toList()),
            bag -> bag.product(Bag.of(1, 2)).fold(Folds.toList()),
            bag -> bag.mapPartitions(records -> records).zip(bag).fold(Folds.toList()),
            bag -> bag.limit(27).fold(Folds.toList()),
            bag -> bag.skip(13).fold(Folds.toList()),
            bag -> bag.takeWhile(n -> n < 29).fold(Folds.toList()),
            bag -> bag.zipWithIndex().fold(Folds.toList()),
            bag -> bag.scan(Integer::sum).fold(Folds.toList()),
            bag -> bag.scan(7L, (sum, n) -> sum + n).skip(3).limit(30).fold(Folds.toList()),
            bag -> bag.skip(3).zipWithIndex().groupBy(Pair::second).entries().fold(Folds.toList()),
            bag -> Delayed.call((sum, count) -> Pair.of(sum, count), bag.sumLong(n -> n), bag.count()));

    @TempDir
    Path folder;

    /** Fails the n-th time it is called, and only then. */
    private static Bag<Integer> failingOnce(int call) {
        AtomicInteger calls = new AtomicInteger();
        return Bag.from(NUMBERS, PARTITIONS).map(number -> {
            if (calls.incrementAndGet() == call) {
                throw new IOException("call " + call);
            }
            return number;
        });
    }

    /** As {@link #failingOnce}, in the stage behind the shuffle. */
    private static Function<Object, Object> failingOnceBehind(int call) {
        AtomicInteger calls = new AtomicInteger();
        return record -> {
            if (calls.incrementAndGet() == call) {
                throw new IllegalStateException("call " + call);
            }
            return record;
        };
    }

    private Runner runner(String memory, int retries) {
        return Runner.local()
                .threads(2)
                .memory(memory)
                .tempDirectory(folder)
                .retries(retries)
                .build();
    }

    private void assertNothingIsLeft(Runner runner) throws IOException {
        assertThat(SpillFolder.workspace(runner).usedBytes()).isZero();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1B", "1kB", "1GB"})
    void whatTheFailedAttemptMadeIsReplacedWhereverItFails(String memory) throws IOException {
        try (Runner runner = runner(memory, 1)) {
            for (Function<Bag<Integer>, Delayed<?>> question : QUESTIONS) {
                Object expected = question.apply(Bag.from(NUMBERS, PARTITIONS)).compute();
                for (int call = 1; call <= RECORDS; call += 3) {
                    assertThat((Object) question.apply(failingOnce(call)).compute(runner))
                            .as("failing at call %s", call)
                            .isEqualTo(expected);
                }
            }
            assertNothingIsLeft(runner);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1B", "1GB"})
    void aStageBehindAShuffleReadsItAgain(String memory) throws IOException {
        List<Function<Bag<Integer>, Bag<?>>> shuffles = List.of(
                bag -> bag.groupBy(n -> n % 5).entries(),
                bag -> bag.foldBy(n -> n % 7, Folds.toSet()).entries(),
                bag -> bag.distinctBy(n -> n % 11),
                bag -> bag.sortBy(n -> -n % 9),
                bag -> bag.repartition(9),
                bag -> bag.keyBy(n -> n % 6).leftJoin(bag.keyBy(n -> n % 4)).entries());
        try (Runner runner = runner(memory, 1)) {
            for (Function<Bag<Integer>, Bag<?>> shuffle : shuffles) {
                List<?> expected = shuffle.apply(Bag.from(NUMBERS, PARTITIONS)).compute();
                for (int call = 1; call <= expected.size(); call += 2) {
                    Function<Object, Object> failing = failingOnceBehind(call);
                    Bag<Object> behind =
                            shuffle.apply(Bag.from(NUMBERS, PARTITIONS)).map(failing::apply);
                    assertThat(behind.compute(runner)).isEqualTo(expected);
                }
            }
            assertNothingIsLeft(runner);
        }
    }

    /** The folder is away when the last record of each partition has been read, and back when it is read again. */
    @Test
    @Tag("P1")
    void whatCannotBeSpilledAtTheEndOfAPartitionLeavesNoOtherResultTwice() throws IOException {
        for (int records = 95; records < 120; records++) {
            int size = records;
            int last = size - 1;
            Path spill = Files.createTempDirectory(folder, "spill");
            Path away = folder.resolve("away " + size);
            AtomicInteger failures = new AtomicInteger();
            Bag<Long> numbers = Bag.range(0, 4L * size, 4).map(n -> {
                if (n % size == 0 && Files.exists(away)) {
                    Files.delete(spill);
                    Files.move(away, spill);
                }
                if (n == last && failures.getAndIncrement() == 0) {
                    Files.move(spill, away);
                    Files.createDirectory(spill);
                }
                return n;
            });
            Bag<Pair<String, List<String>>> groups = numbers.map(n -> "%0200d".formatted(n))
                    .groupBy(text -> text)
                    .entries();
            for (List<Delayed<Long>> both : List.of(
                    List.of(numbers.sumLong(n -> n), groups.count()),
                    List.of(groups.count(), numbers.sumLong(n -> n)))) {
                failures.set(0);
                Runner.Builder builder = Runner.local().threads(1).memory("1B");
                try (Runner runner = builder.tempDirectory(spill).retries(1).build()) {
                    assertThat(Delayed.all(both).compute(runner))
                            .containsExactlyInAnyOrder(4L * size, 4L * size * (4 * size - 1) / 2);
                    assertThat(failures.get()).isEqualTo(2);
                    assertThat(SpillFolder.workspace(runner).usedBytes()).isZero();
                }
            }
        }
    }

    /** What others have left has been merged by then, so there is nothing to begin again with. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aMergeThatFailsIsNotRunAgainAndSaysSo(int call) {
        AtomicInteger merges = new AtomicInteger();
        Fold<Integer, ?, Integer> fold = Fold.of(() -> 0, Integer::sum, (a, b) -> {
            if (merges.incrementAndGet() == call) {
                throw new IOException("merge " + call);
            }
            return a + b;
        });
        try (Runner runner = runner("1GB", 5)) {
            Bag<Integer> numbers = Bag.from(NUMBERS, PARTITIONS);
            assertThatThrownBy(() -> numbers.fold(fold).compute(runner)).hasRootCauseMessage("merge " + call);
            merges.set(0);
            assertThatThrownBy(() -> numbers.foldBy(n -> n % 2, fold).entries().compute(runner))
                    .hasRootCauseMessage("merge " + call);
        }
    }

    @Test
    void aCallIsRunAgain() {
        AtomicInteger calls = new AtomicInteger();
        Delayed<Integer> third = Delayed.call(() -> {
            if (calls.incrementAndGet() < 3) {
                throw new IOException("not yet");
            }
            return calls.get();
        });
        try (Runner runner = runner("1GB", 2)) {
            assertThat(third.compute(runner)).isEqualTo(3);
        }
    }

    @Test
    void afterTheLastAttemptTheRunFails() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        Bag<Integer> failing = Bag.of(1).map(n -> {
            throw new IOException("call " + calls.incrementAndGet());
        });
        try (Runner runner = runner("1GB", 2)) {
            assertThatThrownBy(() -> failing.groupBy(n -> n).compute(runner))
                    .isInstanceOf(BagException.class)
                    .hasMessageContaining("call 3");
            assertThat(calls).hasValue(3);
            assertNothingIsLeft(runner);
        }
    }

    @Test
    void anErrorIsNotRunAgain() {
        AtomicInteger calls = new AtomicInteger();
        Bag<Integer> error = Bag.of(1).map(n -> {
            calls.incrementAndGet();
            throw new StackOverflowError();
        });
        try (Runner runner = runner("1GB", 5)) {
            assertThatThrownBy(() -> error.compute(runner)).isInstanceOf(BagException.class);
            assertThat(calls).hasValue(1);
        }
    }

    @Test
    void aMergeThatFailsIsNotRunAgainAndNothingCountsTwice() throws IOException {
        try (Runner runner = runner("1GB", 3)) {
            for (int call = 1; call < PARTITIONS; call++) {
                AtomicInteger merges = new AtomicInteger();
                int failing = call;
                Bag<Integer> bag = Bag.from(NUMBERS, PARTITIONS);
                Delayed<Long> count = bag.count();
                Delayed<Long> sum = bag.fold(() -> 0L, (Long all, Integer n) -> all + n, (left, right) -> {
                    if (merges.incrementAndGet() == failing) {
                        throw new IllegalStateException("merge " + failing);
                    }
                    return left + right;
                });
                assertThatThrownBy(() -> Delayed.computeAll(runner, count, sum))
                        .isInstanceOf(BagException.class)
                        .hasRootCauseMessage("merge " + failing);
                assertNothingIsLeft(runner);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1B", "1GB"})
    void whatCannotBeWrittenIsGivenUpByAllResultsOfTheTask(String memory) throws IOException {
        AtomicInteger hashes = new AtomicInteger();
        try (Runner runner = runner(memory, 1)) {
            for (int call = 1; call <= RECORDS; call++) {
                int failing = call;
                hashes.set(0);
                Bag<Integer> bag = Bag.from(NUMBERS, PARTITIONS);
                Delayed<List<Pair<Integer, Long>>> counts =
                        bag.countBy(n -> n % 5).entries().fold(Folds.toList());
                Delayed<List<Pair<Integer, List<Integer>>>> groups = bag.groupBy(n -> {
                            if (hashes.incrementAndGet() == failing) {
                                throw new IOException("call " + failing);
                            }
                            return n % 5;
                        })
                        .entries()
                        .fold(Folds.toList());
                Results all = Delayed.computeAll(runner, counts, groups);
                assertThat(all.get(counts))
                        .allSatisfy(entry -> assertThat(entry.second()).isEqualTo(8L));
                assertThat(all.get(groups))
                        .allSatisfy(entry -> assertThat(entry.second()).hasSize(8));
                assertNothingIsLeft(runner);
            }
        }
    }

    @Test
    void theNumberIsChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Runner.local().retries(-1))
                .withMessage("retries(-1): 0 or more are needed");
    }
}
