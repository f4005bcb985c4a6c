package dev.bag;

import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.testing.Tmpfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing can be spilled, or user code fails while something is: the run fails and says why, and the next one works. */
@Tag("P31")
class SpillFaultsTest {

    private static final String WHERE_ELSE = "hoose another folder with Runner.local().tempDirectory(...),"
            + " or give the runner more memory with memory(...).";

    @RegisterExtension
    final SpillFolder folder = new SpillFolder();

    private static Bag<String> texts(int count) {
        return Bag.range(0, count, 16).map(SpillFaultsTest::text);
    }

    private static String text(long number) {
        return "%020d".formatted(number).repeat(40);
    }

    /** Whatever failed before, {@code runner} has nothing left of it, and spills and sorts. */
    private void assertUsable(Runner runner) {
        folder.assertClean();
        assertThat(texts(200).sorted(Comparator.reverseOrder()).compute(runner))
                .isEqualTo(texts(200).compute().stream()
                        .sorted(Comparator.reverseOrder())
                        .toList());
        folder.assertClean();
    }

    @Test
    void aFullDiskIsAnErrorThatNamesTheFileAndWhatToDo() throws Throwable {
        Runner runner = folder.runner(1, "100kB");
        Tmpfs.whileMounted(folder.path(), "size=1m", () -> {
            BagException failure =
                    failure(() -> texts(5_000).sorted().map(String::length).compute(runner));
            assertThat(failure.getMessage())
                    .matches("sorted failed \\(partition \\d+ of 16\\): SpillException: cannot spill to "
                            + Pattern.quote(folder.path() + "/bag-spill-") + "[-0-9a-z]+/1"
                            + Pattern.quote(": No space left on device. Free some space there, c" + WHERE_ELSE)
                            + "\n  chain: range 0\\.\\.5000 > map > sorted > map > compute");
            assertThat(failure.getCause()).isInstanceOf(IOException.class);
            assertUsable(runner);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aFullDiskFailsEveryShuffleAndLeavesNothingBehind(Shuffle shuffle) throws Throwable {
        for (int threads : new int[] {1, 3}) {
            Runner runner = folder.runner(threads, "100kB");
            Tmpfs.whileMounted(folder.path(), "size=1m", () -> {
                BagException failure = failure(() -> shuffle.of(texts(5_000), text -> text)
                        .map(record -> 1)
                        .count()
                        .compute(runner));
                assertThat(failure.getCause()).hasMessageContaining("No space left on device");
                assertUsable(runner);
            });
        }
    }

    @Test
    void aFolderInWhichNothingCanBeMadeIsAnErrorThatNamesIt() throws Throwable {
        Runner runner = folder.runner(1, "100kB");
        Map<String, String> faults = new LinkedHashMap<>();
        faults.put("ro", "Read-only file system");
        faults.put("nr_inodes=1", "No space left on device");
        faults.put("nr_inodes=2", "No space left on device");
        for (Map.Entry<String, String> fault : faults.entrySet()) {
            Tmpfs.whileMounted(folder.path(), fault.getKey(), () -> {
                assertThat(failure(() -> texts(5_000).groupBy(text -> text).compute(runner))
                                .getCause())
                        .hasMessage("cannot spill to " + folder.path() + ": " + fault.getValue() + ". C" + WHERE_ELSE);
                folder.assertClean();
            });
        }
        assertUsable(runner);
    }

    @Test
    void aFolderThatIsNotThereIsAnErrorThatNamesIt() throws IOException {
        Path missing = folder.path().resolve("missing");
        Runner runner = folder.runner(1, "100kB", missing);
        Bag<Integer> lengths = texts(1_000).sorted().map(String::length);
        BagException failure = failure(() -> lengths.compute(runner));
        assertThat(failure.operator()).isEqualTo("sorted");
        assertThat(failure.getCause())
                .hasMessage("cannot spill to " + missing + ": there is no such folder or file. C" + WHERE_ELSE);
        folder.assertClean();
        Files.createDirectory(missing);
        assertThat(lengths.compute(runner)).hasSize(1_000).containsOnly(800);
        Files.delete(missing);
    }

    @Test
    void aRunThatFitsIntoMemoryNeedsNoFolder() {
        Runner runner = folder.runner(2, "10MB", folder.path().resolve("missing"));
        assertThat(texts(1_000).distinct().count().compute(runner)).isEqualTo(1_000);
    }

    private record Holder(int number, Thread thread) {}

    private static Bag<Holder> unspillable() {
        return Bag.range(0, 3_000, 3).map(n -> new Holder(n.intValue(), Thread.currentThread()));
    }

    @Test
    void aClassThatCannotBeSpilledIsAnErrorThatNamesItAndWhatToDo() {
        Comparator<Holder> backwards = Comparator.comparingInt(holder -> -holder.number());
        Map<String, Bag<?>> plans = Map.of(
                "sorted", unspillable().sorted(backwards),
                "groupBy", unspillable().groupBy(Holder::number).entries(),
                "distinctBy", unspillable().distinctBy(Holder::number),
                "repartition", unspillable().repartition(7));
        for (int threads : new int[] {1, 4}) {
            Runner small = folder.runner(threads, "4kB");
            Runner large = folder.runner(threads, "100MB");
            plans.forEach((operator, plan) -> {
                BagException failure = failure(() -> plan.compute(small));
                assertThat(failure.operator()).isEqualTo(operator);
                assertThat(failure.getCause())
                        .hasMessageStartingWith("a record of class " + Holder.class.getName() + " cannot be written to"
                                + " disk: module java.base does not open java.lang to unnamed module @")
                        .hasMessageEndingWith(", which hides the fields of java.lang.Thread. Use a record, an enum or a"
                                + " class of plain fields instead, or give the runner more memory with memory(...),"
                                + " so that nothing is spilled.");
                folder.assertClean();
                assertThat(plan.compute(large)).hasSize(3_000);
                folder.assertClean();
            });
            assertUsable(small);
        }
    }

    /** User code that ends with an error, after something was spilled. */
    private final class Faulty {

        private final Class<? extends Error> error;

        Faulty(Class<? extends Error> error) {
            this.error = error;
        }

        String fail(String text) {
            return folder.files().isEmpty() ? text : text + forever(0) + tooMuch();
        }

        private int forever(int depth) {
            return error == StackOverflowError.class ? forever(depth + 1) + 1 : 0;
        }

        private int tooMuch() {
            return error == OutOfMemoryError.class ? new long[Integer.MAX_VALUE].length : 0;
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("P22")
    void anErrorOfUserCodeInARunThatSpillsFailsTheRunOnly(Shuffle shuffle) {
        for (Class<? extends Error> error : List.of(StackOverflowError.class, OutOfMemoryError.class)) {
            Faulty faulty = new Faulty(error);
            Runner runner = folder.runner(2, "50kB");
            Bag<String> texts = texts(3_200);
            for (Bag<?> failing : List.of(
                    shuffle.of(texts.map(faulty::fail), text -> text),
                    shuffle.of(texts, text -> text).map(record -> faulty.fail("")))) {
                BagException failure = failure(() -> failing.map(record -> 0).compute(runner));
                assertThat(failure.getCause()).isInstanceOf(error);
                assertUsable(runner);
            }
        }
    }
}
