package dev.bag.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bag.Bag;
import dev.bag.BagException;
import dev.bag.Delayed;
import dev.bag.Runner;
import dev.bag.source.SinkException;
import dev.bag.value.Utf8;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever fails, an earlier output stays as it was, and nothing of the new one is left. */
@Tag("P36")
class TextWriteFailuresTest {

    private static final int PARTITIONS = 4;
    private static final Runner RUNNER = Runner.local().threads(3).build();
    private static final Runner RETRYING = Runner.local().threads(2).retries(3).build();

    @TempDir
    Path directory;

    private Path out;
    private Map<String, String> before = Map.of();
    private final TextWriteOptions overwrite = TextFiles.writeOptions().overwrite();
    private final AtomicInteger seen = new AtomicInteger();

    /** An output of both kinds, with more files than the new one. */
    @BeforeEach
    void writeAnEarlierOutput() throws IOException {
        out = directory.resolve("out");
        Bag<String> old = Bag.from(numbers(30), PARTITIONS + 3).map(n -> "old " + n);
        TextFiles.write(old, out + "/part-*.txt.gz");
        TextFiles.write(old, out + "/one.txt.zst");
        before = Folder.contents(directory);
    }

    @AfterAll
    static void close() {
        RUNNER.close();
        RETRYING.close();
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private Bag<String> bag() {
        return Bag.from(numbers(1000), PARTITIONS).map(n -> "new " + n);
    }

    private static List<String> targets() {
        return List.of("/part-*.txt.gz", "/one.txt.zst", "/part-*.txt");
    }

    private void assertUntouched() throws IOException {
        assertThat(Folder.contents(directory)).isEqualTo(before);
    }

    private static BagException failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable run) {
        return catchThrowableOfType(BagException.class, run);
    }

    private Bag<String> failingAt(int record) {
        return bag().peek(text -> {
            if (text.equals("new " + record)) {
                throw new IOException("number " + record);
            }
        });
    }

    @Test
    void aTaskThatFailsLeavesNothing() throws IOException {
        for (Runner runner : List.of(Runner.inline(), RUNNER, RETRYING)) {
            for (String target : targets()) {
                for (int record : new int[] {0, 249, 500, 999}) {
                    assertThat(failure(() -> overwrite.write(failingAt(record), out + target, runner)))
                            .hasMessageContaining("number " + record);
                    assertUntouched();
                }
            }
        }
    }

    @Test
    @Tag("P5")
    void aTaskThatIsRunAgainBeginsAnew() throws IOException {
        for (String target : targets()) {
            Set<String> failed = ConcurrentHashMap.newKeySet();
            Bag<String> flaky = bag().peek(text -> {
                if (text.endsWith("37") && failed.add(text)) {
                    throw new IOException("now and then");
                }
            });
            overwrite.write(flaky, out + target, RETRYING);
            assertThat(failed).hasSize(10); // two or three in each partition
            assertThat(TextFiles.read(out + target).compute()).isEqualTo(bag().compute());
            assertThat(Folder.names(out)).noneMatch(name -> name.endsWith(".tmp"));
        }
    }

    @Test
    void anotherResultOfTheRunThatFailsLeavesNothing() throws IOException {
        for (Runner runner : List.of(Runner.inline(), RUNNER)) {
            for (String target : targets()) {
                Bag<String> bag = bag();
                Delayed<Written> written = overwrite.writeLater(bag, out + target);
                List<Delayed<?>> failing = List.of(
                        bag.map(text -> Integer.valueOf(text)).count().map(n -> Integer.valueOf("x" + n)),
                        bag.fold(() -> 0L, (n, text) -> n + 1, (a, b) -> {
                            throw new IllegalStateException("merge");
                        }),
                        bag.sorted().map(text -> 1 / (text.length() - 5)).count(),
                        bag.count().map(n -> Integer.valueOf("x" + n)),
                        Delayed.call(() -> {
                            throw new IOException("elsewhere");
                        }));
                for (Delayed<?> other : failing) {
                    assertThat(failure(() -> Delayed.computeAll(runner, written, other)))
                            .isNotNull();
                    assertUntouched();
                }
            }
        }
    }

    @Test
    @Tag("P21")
    void aRunThatIsCancelledLeavesNothing() throws Exception {
        for (String target : targets()) {
            Runner runner = Runner.local().threads(3).build();
            CountDownLatch waiting = new CountDownLatch(2);
            Bag<String> slow = bag().peek(text -> {
                if (text.endsWith("99")) {
                    waiting.countDown();
                    new CountDownLatch(1).await();
                }
            });
            CompletableFuture<Written> future =
                    overwrite.writeLater(slow, out + target).computeAsync(runner);
            waiting.await();
            future.cancel(true);
            assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
            runner.close(); // waits for the thread that ends the run
            assertUntouched();
        }
    }

    @Test
    @Tag("P21")
    void aCallerThatIsInterruptedLeavesNothing() throws Exception {
        for (String target : targets()) {
            CountDownLatch waiting = new CountDownLatch(1);
            Bag<String> slow = bag().peek(text -> {
                if (text.endsWith("99")) {
                    waiting.countDown();
                    new CountDownLatch(1).await();
                }
            });
            List<Boolean> flags = new ArrayList<>();
            Thread caller = new Thread(() -> {
                assertThat(failure(() -> overwrite.write(slow, out + target, RUNNER)))
                        .isNotNull();
                flags.add(Thread.currentThread().isInterrupted());
            });
            caller.start();
            waiting.await();
            caller.interrupt();
            caller.join();
            assertUntouched();
            assertThat(flags).containsExactly(true);
        }
    }

    @Test
    void aRunnerThatIsClosedLeavesNothing() throws Exception {
        Runner runner = Runner.local().threads(2).build();
        CountDownLatch waiting = new CountDownLatch(1);
        Bag<String> slow = bag().peek(text -> {
            waiting.countDown();
            new CountDownLatch(1).await();
        });
        Thread caller = new Thread(() -> failure(() -> overwrite.write(slow, out + "/part-*.txt.gz", runner)));
        caller.start();
        waiting.await();
        runner.close();
        caller.join();
        assertUntouched();
    }

    @Test
    void aFileThatExistsIsAnErrorBeforeAnythingIsRead() throws IOException {
        for (String target : List.of("/part-*.txt.gz", "/one.txt.zst")) {
            String file = out + target.replace("*", "0");
            BagException failure =
                    failure(() -> TextFiles.write(bag().peek(text -> seen.incrementAndGet()), out + target, RUNNER));
            assertThat(failure)
                    .hasMessage(
                            file + ": the file exists already.\n  Choose another name, delete it, or replace the whole"
                                    + " output with writeOptions().overwrite().")
                    .hasCauseInstanceOf(SinkException.class);
            assertThat(failure.operator()).isEqualTo("write");
            assertThat(seen).hasValue(0);
            assertUntouched();
        }
        Files.delete(out.resolve("part-0.txt.gz"));
        assertThat(failure(() -> TextFiles.write(bag(), out + "/part-*.txt.gz")))
                .as("one of more digits, or of a larger number, is there")
                .hasMessageStartingWith(out + "/part-1.txt.gz: the file exists already.");
    }

    @Test
    void foldersThatWereMadeAreTakenAway() throws IOException {
        assertThat(failure(() -> TextFiles.write(failingAt(3), directory + "/a/b/c/part-*.txt", RUNNER)))
                .isNotNull();
        assertUntouched();
        assertThat(failure(() -> TextFiles.write(failingAt(3), out + "/d/one.txt", RUNNER)))
                .isNotNull();
        assertUntouched();
    }

    @Test
    void foldersThatSeveralOutputsShareAreTakenAwayByTheLastOne() throws IOException {
        List<Delayed<?>> outputs = new ArrayList<>();
        for (String name : List.of("/new/a-*.txt", "/new/b.txt", "/new/deeper/c.txt", "/new/../new/d.txt")) {
            outputs.add(TextFiles.writeLater(bag(), directory + name));
        }
        outputs.add(failingAt(500).count());
        assertThat(failure(() -> Delayed.computeAll(RUNNER, outputs.toArray(Delayed<?>[]::new))))
                .isNotNull();
        assertUntouched();
        outputs.remove(outputs.size() - 1);
        Delayed.computeAll(RUNNER, outputs.toArray(Delayed<?>[]::new));
        assertThat(Folder.names(directory.resolve("new"))).contains("a-0.txt", "b.txt", "deeper/c.txt", "d.txt");
    }

    @Test
    void namesMayBeAsLongAsTheFileSystemLets() throws IOException {
        String name = "漢".repeat(80) + "\ud83d\ude00";
        TextFiles.write(bag(), out + "/" + name + "*.gz", RUNNER);
        assertThat(TextFiles.read(out + "/" + name + "*.gz").compute()).isEqualTo(bag().compute());
        assertThat(failure(() -> TextFiles.write(bag(), out + "/" + "x".repeat(300), RUNNER)))
                .hasMessageContaining("File name too long");
        assertThat(Folder.names(out)).noneMatch(each -> each.endsWith(".tmp"));
    }

    @Test
    void whatIsInTheWayOfTheLastStepsIsAnErrorToo() throws IOException {
        Files.createDirectories(directory.resolve("blocked/_SUCCESS/x"));
        Map<String, String> blocked = Folder.contents(directory.resolve("blocked"));
        assertThat(failure(() -> TextFiles.write(bag(), directory + "/blocked/part-*.txt", RUNNER)))
                .hasMessageStartingWith(directory + "/blocked/part-*.txt: cannot be put in its place: ")
                .hasMessageEndingWith("Nothing was written. Mend that, or choose another place.");
        assertThat(Folder.contents(directory.resolve("blocked"))).isEqualTo(blocked);
    }

    @Test
    void twoOutputsOfARunMayNotHaveTheSameName() throws IOException {
        Delayed<Written> first = overwrite.writeLater(bag(), out + "/part-*.txt.gz");
        Delayed<Written> second = overwrite.writeLater(bag(), out + "/./part-*.txt.gz");
        assertThat(failure(() -> Delayed.computeAll(RUNNER, first, second)))
                .hasMessage(out + "/./part-*.txt.gz: another output is being written there.\n"
                        + "  Give each a name of its own.");
        assertUntouched();
        Delayed.computeAll(RUNNER, first, overwrite.writeLater(bag(), out + "/other-*.txt.gz"));
    }

    @Test
    void aFolderInTheWayIsNotReplaced() throws IOException {
        Files.createDirectories(out.resolve("part-2.txt"));
        assertThat(failure(() -> overwrite.write(bag(), out + "/part-*.txt")))
                .hasMessage(out + "/part-2.txt: this is no regular file, and is not replaced.\n  Choose another name.");
        Files.writeString(directory.resolve("file"), "");
        assertThat(failure(() -> overwrite.write(bag(), directory + "/file/part-*.txt")))
                .hasMessageStartingWith(
                        directory + "/file/part-*.txt: cannot be written: " + directory + "/file exists");
        assertThat(Folder.names(directory)).noneMatch(name -> name.endsWith(".tmp"));
    }

    /** A file that appears while the run goes on is not replaced either, and those that were renamed before it go. */
    @Test
    void aFileThatAppearsMeanwhileIsNotReplaced() throws IOException {
        Path late = directory.resolve("late/part-2.txt");
        Bag<String> bag = bag().peek(text -> {
            if (text.equals("new 999")) {
                Files.writeString(late, "of another program");
            }
        });
        assertThat(failure(() -> TextFiles.write(bag, directory + "/late/part-*.txt", RUNNER)))
                .hasMessageStartingWith(late + ": the file exists already.");
        assertThat(Folder.contents(directory.resolve("late"))).isEqualTo(Map.of("part-2.txt", "of another program"));
    }

    @Test
    @Tag("P31")
    void aFullDiskIsAnErrorThatNamesTheFile() throws Exception {
        Path small = Files.createDirectory(directory.resolve("small"));
        Folder.whileTmpfs(small, "size=1m", () -> {
            Bag<String> large = Bag.range(0, 200_000, 4).map(n -> Long.toString(n * 0x9E3779B97F4A7C15L, 36));
            for (String target :
                    List.of("/part-*.txt", "/part-*.gz", "/part-*.zst", "/part-*.bz2", "/one.txt", "/one.gz")) {
                BagException failure = failure(() -> TextFiles.write(large, small + target, RUNNER));
                assertThat(failure.getMessage())
                        .startsWith(small + target.substring(0, 5))
                        .endsWith(": cannot be written: No space left on device.\n"
                                + "  Nothing was written. Mend that, or choose another place.");
                assertThat(Folder.names(small)).isEmpty();
            }
            assertThat(TextFiles.write(bag(), small + "/part-*.txt", RUNNER).records())
                    .isEqualTo(1000);
        });
    }

    @Test
    void aFolderThatCannotBeWrittenToIsAnError() throws Exception {
        Path readOnly = Files.createDirectory(directory.resolve("readOnly"));
        Folder.whileTmpfs(readOnly, "ro", () -> {
            for (String target : List.of("/part-*.txt", "/new/part-*.txt", "/one.gz")) {
                assertThat(failure(() -> TextFiles.write(bag(), readOnly + target, RUNNER)))
                        .hasMessageContaining("Read-only file system");
            }
        });
    }

    @Test
    void aRecordWithTheDelimiterIsNamed() throws IOException {
        Path in = directory.resolve("in.txt");
        Files.writeString(in, "a;b;c\nd\ne;f\n");
        Bag<String> bag = TextFiles.read(in).map(line -> line.replace("e;", "e\n"));
        BagException failure = failure(() -> overwrite.write(bag, out + "/part-*.txt"));
        assertThat(failure)
                .hasMessage("write failed on " + in + ", line 3 (partition 1 of 1): IllegalArgumentException: the"
                        + " record contains the delimiter \"\\n\", at byte 1, and would be read back as more than one."
                        + " Replace it in the record, or choose another with writeOptions().delimiter(...).\n"
                        + "  record: \"e\\nf\"\n  chain: " + in + " > map > write");
        assertThat(failure(() -> overwrite.write(Bag.of(Utf8.of("a\nb")), out + "/part-*.txt")))
                .hasMessageContaining("the record contains the delimiter");
        Bag<Utf8> views = TextFiles.options().delimiter(";").readUtf8(in);
        assertThat(failure(() -> overwrite.write(views, out + "/part-*.txt")))
                .hasMessageContaining("the record contains the delimiter \"\\n\", at byte 1,")
                .hasMessageContaining("record: \"c\\nd\\ne\"");
        assertThat(failure.getStackTrace()[0].getClassName())
                .as("the line that called the action")
                .startsWith(TextWriteFailuresTest.class.getName());
        Files.delete(in);
        assertUntouched();
    }

    @ParameterizedTest
    @CsvSource({"'a\r', '\n'", "xa, aa", "xab, abab", "aXYa, XY", "'a\r\nb', '\r\n'"})
    void aRecordThatWouldNotBeReadBackIsRefused(String record, String delimiter) throws IOException {
        TextWriteOptions options = delimiter.equals("\n") ? overwrite : overwrite.delimiter(delimiter);
        for (Bag<? extends Comparable<?>> bag : List.of(Bag.of(record), Bag.of(Utf8.of(record)))) {
            assertThat(failure(() -> options.write(bag, out + "/part-*.txt"))).hasMessageContaining("the record");
        }
        assertThat(failure(() -> options.charset(ISO_8859_1).write(Bag.of(record), out + "/part-*.txt")))
                .hasMessageContaining("the record");
        assertUntouched();
    }

    @Test
    void aCharacterThatTheCharsetLacksIsNamed() throws IOException {
        assertThat(failure(() -> overwrite
                        .charset(ISO_8859_1)
                        .write(Bag.of("5 ?", "5 €"), out + "/part-*.txt", Runner.inline())))
                .hasMessageContaining(
                        "the charset ISO-8859-1 has no U+20AC, which is character 2 of the record. Replace it,"
                                + " or choose another charset with writeOptions().charset(...).")
                .hasMessageContaining("record: \"5 €\"");
        for (String broken : List.of("a\ud83d", "?\ude00b", "\ud83d\ud83d\ude00")) {
            assertThat(failure(() -> overwrite.write(Bag.of("?", "grün? \ud83d\ude00?", broken), out + "/part-*.txt")))
                    .hasMessageContaining("the record has half of a surrogate pair, U+D");
        }
        assertUntouched();
    }

    @Test
    void aRecordThatIsNoTextIsNamed() throws IOException {
        assertThat(failure(() -> overwrite.write(Bag.of(1, 2), out + "/part-*.txt")))
                .hasMessageContaining("the record is a java.lang.Integer, and only String and Utf8 are written as text."
                        + " Make text of it first, as map(String::valueOf) does.");
        assertUntouched();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "~/x.txt", "a*/x.txt", "*-*.txt", "x.zip", "x-*.tar.gz", "x.lz4", "x.Z", "nope://x/y"})
    void namesThatCannotBeWrittenToAreRefusedAtOnce(String target) {
        assertThatThrownBy(() -> TextFiles.writeLater(Bag.of("a"), target))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(target);
    }

    @ParameterizedTest
    @CsvSource({"x.txt, 3", "x.gz, 10", "x.gz, -1", "x.zst, 0", "x.zst, 23", "x.bz2, 0", "x.xz, 10"})
    void levelsThatAFormatDoesNotHaveAreRefusedAtOnce(String name, int level) {
        assertThatThrownBy(() -> TextFiles.writeOptions()
                        .compressionLevel(level)
                        .writeLater(Bag.of("a"), directory.resolve(name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("compressionLevel(" + level + "): ");
    }

    @Test
    void optionsThatCannotBeAreRefusedAtOnce() {
        assertThatThrownBy(() -> overwrite.delimiter("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> overwrite.charset(ISO_8859_1).delimiter("€"))
                .hasMessage("delimiter(\"€\"): the charset ISO-8859-1 has no such characters");
        assertThatThrownBy(() -> overwrite.charset(java.nio.charset.Charset.forName("ISO-2022-CN")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
