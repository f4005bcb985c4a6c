package dev.bag.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.Bag;
import dev.bag.Progress;
import dev.bag.ProgressState;
import dev.bag.Runner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many bytes of a file are read, while it is. */
@Timeout(60)
class BytesReadTest {

    private static final int LINES = 60_000;
    private static final int LINE = 120;

    @TempDir
    private Path folder;

    /** Little of them can be compressed. */
    private static final List<String> ALL = lines();

    private static List<String> lines() {
        Random random = new Random(1);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            lines.add(random.ints(LINE, ' ', 127)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString());
        }
        return lines;
    }

    private Path write(String name) throws IOException, InterruptedException {
        if (name.endsWith(".bz2")) {
            Path plain = write(name.substring(0, name.length() - 4));
            Folder.assertRuns("bzip2", "-1", plain.toString());
            return folder.resolve(name);
        }
        Path file = folder.resolve(name);
        TextFiles.write(Bag.from(ALL, 1), file.toString());
        return file;
    }

    /**
     * @param blockSize the size of the pieces into which a file is cut that can be
     * @param inOrder whether an operator takes the records in order
     */
    @ParameterizedTest
    @CsvSource({
        "a.txt, 64MB, false",
        "a.txt, 64MB, true",
        "a.txt.gz, 64MB, false",
        "a.txt.gz, 64MB, true",
        "a.txt.zst, 64MB, false",
        "a.txt.bz2, 64MB, false",
        "a.txt.bz2, 1MB, false",
        "a.txt, 1MB, true"
    })
    void areToldInTheMiddleOfAFile(String name, String blockSize, boolean inOrder) throws Exception {
        Path file = write(name);
        long size = Files.size(file);
        List<ProgressState> states = new CopyOnWriteArrayList<>();
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        Progress progress = Progress.to(state -> {
            states.add(state);
            if (reached.getCount() == 0) {
                told.countDown();
            }
        });
        String last = ALL.get(LINES / 3);
        try (Runner runner = Runner.local().threads(1).progress(progress).build()) {
            Bag<String> bag = TextFiles.options().blockSize(blockSize).read(file);
            Bag<String> read = bag.peek(line -> {
                if (line.equals(last)) {
                    reached.countDown();
                    assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
                }
            });
            assertThat((inOrder ? read.skip(1) : read).count().compute(runner)).isEqualTo(LINES - (inOrder ? 1 : 0));
        }
        ProgressState middle = states.stream()
                .filter(state -> state.bytesRead() > 0)
                .findFirst()
                .orElseThrow();
        assertThat(middle.bytesInAll()).hasValue(size);
        assertThat(middle.bytesRead()).isBetween(size / 6, size - 1);
        assertThat(states.get(states.size() - 1).bytesRead()).isEqualTo(size);
        assertThat(states.stream().map(ProgressState::bytesRead)).isSorted();
    }

    @Test
    void ofSeveralFilesAreThoseOfAll() throws Exception {
        write("a.txt.gz");
        write("b.txt");
        Files.write(folder.resolve("empty.txt"), new byte[0]);
        long size = Files.size(folder.resolve("a.txt.gz")) + Files.size(folder.resolve("b.txt"));
        List<ProgressState> states = new CopyOnWriteArrayList<>();
        CountDownLatch told = new CountDownLatch(1);
        Progress progress = Progress.to(state -> {
            states.add(state);
            told.countDown();
        });
        for (Bag<?> bag : List.of(
                TextFiles.options().filesPerPartition(3).read(folder.toString()),
                TextFiles.options().filesPerPartition(3).readWithSource(folder.toString()),
                WholeFiles.options().filesPerPartition(3).read(folder.toString()))) {
            states.clear();
            try (Runner runner = Runner.local().threads(1).progress(progress).build()) {
                bag.peek(record -> assertThat(told.await(20, TimeUnit.SECONDS)).isTrue())
                        .count()
                        .compute(runner);
            }
            assertThat(states).as("%s", bag).allMatch(state -> state.bytesRead() <= size);
        }
    }
}
