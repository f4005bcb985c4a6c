package dev.bag.spill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.serial.Codecs;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames: where they end, how they are found, and that damage is noticed. */
class FramesTest {

    private static final int LIMIT = 64 * 1024;
    private static final int HEADER = 8;

    @TempDir
    Path directory;

    private final Codecs codecs = new Codecs();
    private SpillDirectory spill;
    private SpillFile file;

    @BeforeEach
    void makeAFile() throws Exception {
        spill = new SpillDirectory(directory);
        file = spill.newFile();
    }

    @AfterEach
    void deleteAll() throws Exception {
        spill.close();
    }

    @Test
    void anEmptyFileHasNoEntries() throws Exception {
        try (FrameWriter writer = new FrameWriter(file, codecs)) {
            assertThat(writer.endFrame()).isZero();
        }
        assertThat(Spilled.read(file, codecs, 0, 0)).isEmpty();
    }

    @Test
    void entriesOfEverySizeAroundTheLimitComeBack() throws Exception {
        for (int size :
                new int[] {0, 1, 1000, LIMIT / 2, LIMIT - 5, LIMIT - 4, LIMIT - 3, LIMIT, LIMIT + 1, 10 * LIMIT}) {
            List<String> entries = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                entries.add("x".repeat(size + i % 3));
            }
            long from = file.size();
            Spilled.write(file, codecs, entries);
            assertThat(Spilled.read(file, codecs, from, file.size())).isEqualTo(entries);
        }
    }

    @Test
    void aFrameIsCutAtTheEndOfTheEntryThatFillsItAndNowhereElse() throws Exception {
        try (FrameWriter writer = new FrameWriter(file, codecs)) {
            for (int i = 0; i < LIMIT - 1; i++) {
                writer.writeLong(1);
            }
            writer.endEntry();
            assertThat(file.size()).isZero();
            for (int i = 0; i < LIMIT; i++) {
                writer.writeLong(1);
            }
            assertThat(file.size()).isZero();
            writer.endEntry();
            assertThat(file.size()).isEqualTo(HEADER + 2 * LIMIT - 1);
            assertThat(writer.endFrame()).isEqualTo(file.size());
        }
    }

    @Test
    void numbersOfEverySizeComeBack() throws Exception {
        long[] numbers = {0, 1, 127, 128, -1, Long.MAX_VALUE, Long.MIN_VALUE};
        try (FrameWriter writer = new FrameWriter(file, codecs)) {
            for (long number : numbers) {
                writer.writeLong(number);
                writer.writeRecord("r" + number);
                writer.endEntry();
            }
            writer.endFrame();
        }
        try (FrameReader reader = new FrameReader(file, codecs, 0, file.size())) {
            for (long number : numbers) {
                assertThat(reader.hasNext()).isTrue();
                assertThat(reader.readLong()).isEqualTo(number);
                assertThat(reader.readRecord()).isEqualTo("r" + number);
            }
            assertThat(reader.hasNext()).isFalse();
        }
    }

    @Test
    void aReaderBeginsAndEndsAtAnyFrame() throws Exception {
        List<Long> borders = writeFrames(5, 100);
        for (int from = 0; from < borders.size(); from++) {
            for (int to = from; to < borders.size(); to++) {
                List<Object> read = Spilled.read(file, codecs, borders.get(from), borders.get(to));
                assertThat(read).hasSize((to - from) * 100);
                if (to > from) {
                    assertThat(read).startsWith(from * 100).endsWith(to * 100 - 1);
                }
            }
        }
    }

    @Test
    void severalThreadsReadOneFileAtOnce() throws Exception {
        List<Long> borders = writeFrames(200, 50);
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Callable<List<Object>>> tasks = new ArrayList<>();
            for (int frame = 0; frame < 200; frame++) {
                long from = borders.get(frame);
                tasks.add(() -> Spilled.read(file, codecs, from, file.size()));
            }
            List<Future<List<Object>>> results = threads.invokeAll(tasks);
            for (int frame = 0; frame < 200; frame++) {
                assertThat(results.get(frame).get()).hasSize((200 - frame) * 50).startsWith(frame * 50);
            }
        } finally {
            threads.shutdown();
        }
    }

    /** Frames of entries that are their numbers; answers where each begins, and the end. */
    private List<Long> writeFrames(int frames, int entries) throws Exception {
        List<Long> borders = new ArrayList<>(List.of(0L));
        try (FrameWriter writer = new FrameWriter(file, codecs)) {
            for (int i = 0; i < frames * entries; i++) {
                writer.writeRecord(i);
                writer.endEntry();
                if (i % entries == entries - 1) {
                    borders.add(writer.endFrame());
                }
            }
        }
        return borders;
    }

    @Test
    void everyBitThatFlipsIsNoticed() throws Exception {
        writeFrames(2, 20);
        byte[] good = Files.readAllBytes(file.path());
        for (int bit = 0; bit < 8 * good.length; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file.path(), bad);
            assertThatThrownBy(() -> Spilled.read(file, codecs, 0, file.size()))
                    .as("bit %s", bit)
                    .isExactlyInstanceOf(SpillException.class)
                    .hasMessageContaining("the file was changed or damaged");
        }
    }

    @Test
    void aFileThatWasCutIsNoticedAndNamed() throws Exception {
        List<Long> borders = writeFrames(2, 1000);
        try (RandomAccessFile cut = new RandomAccessFile(file.path().toFile(), "rw")) {
            cut.setLength(file.size() - 1);
        }
        assertThat(Spilled.read(file, codecs, 0, borders.get(1))).hasSize(1000);
        assertThatThrownBy(() -> Spilled.read(file, codecs, 0, file.size()))
                .isExactlyInstanceOf(SpillException.class)
                .hasMessage(file.path() + ", byte " + String.format("%,d", borders.get(1) + HEADER)
                        + ": the file was changed or damaged while the run used it. Keep other programs out of this"
                        + " folder, or choose another with Runner.local().tempDirectory(...).");
    }

    @Test
    void aFileThatIsGoneIsNamed() throws Exception {
        writeFrames(1, 1);
        Files.delete(file.path());
        assertThatThrownBy(() -> Spilled.read(file, codecs, 0, file.size()))
                .isExactlyInstanceOf(SpillException.class)
                .hasMessage(file.path() + ", byte 0: what was spilled cannot be read back: " + file.path()
                        + " (No such file or directory). Keep other programs out of this folder, or give the runner more"
                        + " memory with memory(...), so that nothing is spilled.");
    }
}
