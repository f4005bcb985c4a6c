package dev.bag;

import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.testing.Eventually;
import dev.bag.testing.ProbedSource;
import dev.bag.testing.Runners;
import dev.bag.value.Pair;
import dev.bag.value.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bags that are computed once and read many times. */
class PersistTest {

    @TempDir
    Path folder;

    private Runner runner(String memory) {
        return Runner.local().threads(2).memory(memory).tempDirectory(folder).build();
    }

    private static long usedBytes(Runner runner) {
        return SpillFolder.workspace(runner).usedBytes();
    }

    private List<Path> files() {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(path -> !path.equals(folder)).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void assertNothingIsLeft(Runner runner) {
        assertThat(usedBytes(runner)).isZero();
        assertThat(files()).isEmpty();
    }

    private static List<? extends List<?>> partitions(Bag<?> bag, Runner runner) {
        return bag.mapPartitions(records -> {
                    List<Object> all = new ArrayList<>();
                    records.forEachRemaining(all::add);
                    return List.of(all).iterator();
                })
                .compute(runner);
    }

    private static List<Long> numbers(int count) {
        return LongStream.range(0, count).boxed().toList();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("P1")
    @Tag("P2")
    @Tag("P7")
    void thePartitionsAreThoseOfTheOracle(Storage storage) {
        try (Runner tiny = runner("1B");
                Runner small = runner("4kB");
                Runner inline = Runner.inline()) {
            List<Runner> runners = List.of(tiny, small, inline, Runners.SEVEN);
            for (int seed = 0; seed < 60; seed++) {
                RandomPlans plans = new RandomPlans(seed);
                List<RandomPlans.Grown> grown = plans.grow(4 + seed % 16);
                for (Runner runner : runners) {
                    RandomPlans.Grown last = grown.get(grown.size() - 1 - seed % 3);
                    try (Persisted<Integer> persisted = last.bag().persist(storage, runner)) {
                        checkPersisted(persisted.bag(), last.partitions(), runner, plans);
                        checkPersisted(persisted.bag(), last.partitions(), Runners.TWO, plans);
                    }
                }
            }
            assertNothingIsLeft(tiny);
            assertNothingIsLeft(small);
            assertNothingIsLeft(inline);
        }
    }

    private static void checkPersisted(
            Bag<Integer> bag, List<List<Object>> expected, Runner runner, RandomPlans plans) {
        assertThat(bag.partitionCount()).isEqualTo(expected.size());
        assertThat(partitions(bag, runner)).as("%s of%n%s", bag, plans.story()).isEqualTo(expected);
        assertThat(bag.stream(runner).toList())
                .isEqualTo(expected.stream().flatMap(List::stream).toList());
        Bag<Pair<Integer, Integer>> shuffled = bag.product(bag.distinct().limit(3))
                .concat(bag.groupBy(n -> n % 3).mapValues(List::size).entries());
        assertThat(partitions(shuffled, runner))
                .as("%s of%n%s", shuffled, plans.story())
                .isEqualTo(plans.oracle().partitions(shuffled.plan()));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("P3")
    void itsSizeDoesNotDependOnTheMemoryThereWas(Storage storage) {
        Bag<List<String>> words = Bag.range(0, 3000, 20)
                .map(n -> Collections.nCopies((int) (n % 7), "word".repeat((int) (n % 90))))
                .filter(list -> list.size() != 3);
        Set<Integer> sizes = new HashSet<>();
        for (String memory : List.of("1B", "4kB", "100kB", "1GB")) {
            try (Runner runner = runner(memory);
                    Persisted<List<String>> persisted = words.persist(storage, runner)) {
                sizes.add(persisted.bag().repartitionBySize("1B").partitionCount());
            }
        }
        assertThat(sizes).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void theInputIsReadOnceAndTheFunctionsAreCalledOnce(Storage storage) {
        try (Runner runner = runner("1MB")) {
            ProbedSource<Integer> source =
                    ProbedSource.pipelined(List.of(List.of(List.of(1, 2), List.of(3)), List.of(List.of(4))));
            AtomicInteger calls = new AtomicInteger();
            Bag<Integer> bag = Bag.from(source).map(n -> n * calls.incrementAndGet() / calls.get());
            try (Persisted<Integer> persisted = bag.persist(storage, runner)) {
                assertThat(source.probe().opened).hasValue(2);
                for (int i = 0; i < 3; i++) {
                    assertThat(persisted.bag().compute(runner)).hasSize(4);
                    assertThat(persisted.bag().count().compute(Runners.ONE)).isEqualTo(4);
                }
                Delayed<Long> count = persisted.bag().count();
                Delayed<Long> sum = persisted.bag().sumLong(n -> 1);
                assertThat(Delayed.computeAll(count, sum).get(sum)).isEqualTo(4);
            }
            assertThat(calls).hasValue(4);
            assertThat(source.probe().opened).hasValue(2);
            source.probe().assertClean();
        }
    }

    @Test
    void inMemoryTheRecordsAreTheSameObjects() {
        try (Runner runner = runner("1MB")) {
            List<Object> records = Stream.generate(Object::new).limit(1_000).toList();
            try (Persisted<Object> persisted = Bag.from(records, 7).persist(runner)) {
                List<Object> read = persisted.bag().compute(runner);
                assertThat(read).hasSize(1_000);
                for (int i = 0; i < read.size(); i++) {
                    assertThat(read.get(i)).isSameAs(records.get(i));
                }
                assertThat(usedBytes(runner)).isPositive();
                assertThat(files()).isEmpty();
            }
            assertNothingIsLeft(runner);
        }
    }

    @Test
    void onDiskTheyTakeNoMemory() {
        try (Runner runner = runner("100MB")) {
            try (Persisted<Long> persisted = Bag.from(numbers(300_000), 7).persist(Storage.DISK, runner)) {
                assertThat(usedBytes(runner)).isZero();
                assertThat(files().stream()
                                .mapToLong(file -> file.toFile().length())
                                .sum())
                        .isGreaterThan(300_000);
                assertThat(persisted.bag().sumLong(n -> n).compute(runner)).isEqualTo(44_999_850_000L);
                assertThat(usedBytes(runner)).isZero();
            }
            assertNothingIsLeft(runner);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsKeptOfNothing(Storage storage) {
        try (Runner runner = runner("1MB");
                Persisted<Integer> persisted =
                        Bag.from(List.of(1, 2, 3), 3).filter(n -> n > 3).persist(storage, runner)) {
            assertThat(persisted.bag().partitionCount()).isEqualTo(3);
            assertThat(persisted.bag().compute(runner)).isEmpty();
            assertNothingIsLeft(runner);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClosedOneCannotBeRead(Storage storage) {
        try (Runner runner = runner("1MB")) {
            Persisted<Integer> persisted =
                    Bag.from(List.of(1, 2, 3), 3).map(n -> n).persist(storage, runner);
            Bag<Integer> bag = persisted.bag().filter(n -> n > 1);
            assertThat(bag.compute(runner)).containsExactly(2, 3);
            persisted.close();
            persisted.close();
            assertNothingIsLeft(runner);
            BagException failure = failure(() -> bag.count().compute(Runners.ONE));
            assertThat(failure).hasMessage("""
                    persisted(3 records > map) failed (partition 1 of 3): IllegalStateException: the persisted bag was \
                    closed. Close it after the last run that reads it
                      chain: persisted(3 records > map) > filter > count""");
            assertThat(failure.getCause()).isInstanceOf(IllegalStateException.class);
            assertThat(failure(() -> persisted.bag().compute(runner)).getCause())
                    .isInstanceOf(IllegalStateException.class);
            assertThat(persisted).hasToString("Persisted[3 partitions: 3 records > map], closed");
        }
    }

    @Test
    void whoReadsFromDiskWhileItIsClosedIsTold() {
        try (Runner runner = runner("1MB")) {
            Persisted<Long> persisted = Bag.from(numbers(100_000), 1).persist(Storage.DISK, runner);
            BagException failure = failure(() -> persisted
                    .bag()
                    .peek(n -> {
                        if (n == 10) {
                            persisted.close();
                        }
                    })
                    .count()
                    .compute(runner));
            assertThat(failure).hasMessageContaining("the persisted bag was closed");
            assertNothingIsLeft(runner);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("P38")
    void aForgottenOneGoes(Storage storage) {
        try (Runner runner = runner("1MB")) {
            Bag<Long> bag = forgotten(storage, runner);
            for (int i = 0; i < 3; i++) {
                System.gc();
                assertThat(bag.sumLong(n -> n).compute(runner)).isEqualTo(499_500);
            }
            bag = Bag.empty();
            // files go while they are looked for
            Eventually.await()
                    .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                    .untilAsserted(() -> {
                        System.gc();
                        assertNothingIsLeft(runner);
                    });
            assertThat(bag.compute()).isEmpty();
        }
    }

    private static Bag<Long> forgotten(Storage storage, Runner runner) {
        return Bag.from(numbers(1_000), 3).persist(storage, runner).bag().map(n -> n);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("P19")
    @Tag("P38")
    void aFailureLeavesNothing(Storage storage) {
        try (Runner runner = runner("10kB")) {
            Bag<Long> bag = Bag.from(numbers(10_000), 8)
                    .map(n -> {
                        if (n == 9_000) {
                            throw new IOException("no more");
                        }
                        return n;
                    })
                    .named("parse");
            BagException failure = failure(() -> bag.persist(storage, runner));
            assertThat(failure.operator()).isEqualTo("parse");
            assertThat(failure.getCause()).isInstanceOf(IOException.class).hasMessage("no more");
            assertNothingIsLeft(runner);
        }
    }

    @Test
    void recordsThatCannotBeWrittenAreKeptInMemoryOnly() {
        Bag<Runnable> bag = Bag.from(List.of(1, 2, 3)).map(n -> () -> {});
        try (Runner runner = runner("1MB")) {
            assertThat(failure(() -> bag.persist(Storage.DISK, runner)))
                    .hasMessageStartingWith("persist failed")
                    .hasMessageContaining("cannot be written to disk");
            assertNothingIsLeft(runner);
            try (Persisted<Runnable> persisted = bag.persist(runner)) {
                Bag.from(numbers(200_000)).distinct().count().compute(runner); // needs all the memory there is
                assertThat(persisted.bag().compute(runner)).hasSize(3);
            }
            assertNothingIsLeft(runner);
        }
    }

    @Test
    void anotherRunThatNeedsMemoryPushesThemToDisk() {
        try (Runner runner = runner("4MB")) {
            try (Persisted<Long> persisted = Bag.from(numbers(50_000), 4).persist(runner)) {
                long used = usedBytes(runner);
                assertThat(used).isGreaterThan(50_000 * 16);
                assertThat(files()).isEmpty();
                assertThat(Bag.from(numbers(400_000))
                                .groupBy(n -> n)
                                .keys()
                                .count()
                                .compute(runner))
                        .isEqualTo(400_000);
                assertThat(files()).isNotEmpty();
                assertThat(usedBytes(runner)).isLessThan(used);
                assertThat(persisted.bag().compute(runner)).isEqualTo(numbers(50_000));
            }
            assertNothingIsLeft(runner);
        }
    }

    @Test
    void manyRunsReadWhileOthersSpill() {
        try (Runner runner = runner("1MB");
                Persisted<Long> persisted = Bag.from(numbers(20_000), 5).persist(runner)) {
            List<CompletableFuture<?>> runs = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                Runner other = i % 2 == 0 ? runner : Runners.SEVEN;
                runs.add(persisted
                        .bag()
                        .computeAsync(other)
                        .thenAccept(all -> assertThat(all).isEqualTo(numbers(20_000))));
                runs.add(persisted.bag().sorted((a, b) -> Long.compare(b, a)).computeAsync(runner));
            }
            assertThat(runs).allSatisfy(CompletableFuture::join);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void theyOutliveTheirRunner() {
        Persisted<Long> persisted;
        try (Runner runner = runner("10kB")) {
            persisted = Bag.from(numbers(10_000), 3).persist(runner);
        }
        try (persisted) {
            assertThat(persisted.bag().sumLong(n -> n).compute(Runners.TWO)).isEqualTo(49_995_000);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void aTaskMayPersist() {
        try (Runner runner = runner("100kB")) {
            List<Long> sums = Bag.range(0, 20, 20)
                    .map(n -> {
                        try (Persisted<Long> persisted = Bag.range(0, 1_000, 3).persist(Storage.DISK)) {
                            return persisted.bag().sumLong(m -> m * n).compute();
                        }
                    })
                    .compute(runner);
            assertThat(sums).hasSize(20).startsWith(0L, 499_500L);
            assertNothingIsLeft(runner);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("P26")
    void aHundredThousandPartitionsMayBeKept(Storage storage) {
        try (Runner runner = runner("100MB");
                Persisted<Long> persisted = Bag.range(0, 1_000_000, 100_000).persist(storage, runner)) {
            assertThat(persisted.bag().partitionCount()).isEqualTo(100_000);
            assertThat(persisted.bag().sumLong(n -> n).compute(runner)).isEqualTo(499_999_500_000L);
            assertThat(persisted.bag().partition(77_777).compute(runner))
                    .containsExactlyElementsOf(
                            LongStream.range(777_770, 777_780).boxed()::iterator);
        }
    }

    @Test
    void itIsOfTheSameSizeWhereverItIs() {
        try (Runner runner = runner("1MB");
                Persisted<Long> memory = Bag.from(numbers(1_000), 4).persist(runner)) {
            Bag<Long> bySize = memory.bag().repartitionBySize("4kB");
            assertThat(bySize.partitionCount()).isBetween(4, 20);
            assertThat(bySize.compute(runner)).isEqualTo(numbers(1_000));
        }
    }

    @Test
    void keyedBagsArePersistedAsTheirEntries() {
        KeyedBag<Integer, Long> keyed = Bag.of(3, 1, 3).frequencies();
        try (Persisted<Pair<Integer, Long>> inMemory = keyed.persist(Runners.TWO);
                Persisted<Pair<Integer, Long>> onDisk = keyed.persist(Storage.DISK, Runners.TWO);
                Persisted<Pair<Integer, Long>> byDefault = keyed.persist();
                Persisted<Pair<Integer, Long>> onDiskByDefault = keyed.persist(Storage.DISK)) {
            assertThat(List.of(inMemory, onDisk, byDefault, onDiskByDefault))
                    .allSatisfy(
                            persisted -> assertThat(persisted.bag().compute()).isEqualTo(keyed.compute()));
        }
    }

    @Test
    void itSaysWhatItIs() throws IOException {
        Bag<Integer> bag = Bag.of(1, 2, 3).map(n -> n).filter(n -> n > 0);
        try (Persisted<Integer> persisted = bag.persist();
                Persisted<Integer> again = persisted.bag().map(n -> n).persist(Storage.DISK)) {
            assertThat(persisted).hasToString("Persisted[3 partitions: 3 records > map > filter]");
            assertThat(persisted.bag()).hasToString("Bag[3 partitions: persisted(3 records > map > filter)]");
            assertThat(again.bag().filter(n -> n > 1))
                    .hasToString("Bag[3 partitions: persisted(persisted(3 records > map > filter) > m… > filter]");
            assertThat(persisted.bag().explain()).isEqualTo("""
                    stage 1: 3 tasks
                      read persisted(3 records > map > filter), 3 partitions
                      fold into compute
                    """);
            try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
                Object part = ((dev.bag.plan.Leaf.Read<Integer>) persisted.bag().plan())
                        .parts()
                        .get(0);
                assertThatThrownBy(() -> out.writeObject(part))
                        .isInstanceOf(NotSerializableException.class)
                        .hasMessageContaining("lives in this process only");
            }
        }
    }
}
