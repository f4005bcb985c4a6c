package dev.bag.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.kryo5.Kryo;
import dev.bag.Bag;
import dev.bag.Delayed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.io.IOUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process is killed while it writes: each file that readers see is whole, and where _SUCCESS is, all are of one output. */
@Tag("P36")
class WriteKilledTest {

    private static final int PARTITIONS = 20;

    @TempDir
    Path directory;

    private static Bag<String> bag(String version) {
        return Bag.from(IntStream.range(0, 6_000).boxed().toList(), PARTITIONS).map(n -> version + " " + n);
    }

    /** Writes over an earlier output, and halts at a step of it. */
    static final class Writes {

        private Writes() {}

        public static void main(String[] args) {
            String target = args[0];
            String step = args[1];
            Bag<String> bag = bag("new");
            if (step.equals("writing")) {
                bag = bag.peek(text -> {
                    if (text.equals("new 3333")) {
                        halt(step);
                    }
                });
            } else if (step.startsWith("renamed ")) {
                Thread watch = new Thread(() -> haltWhenRenamed(Path.of(target).getParent(), step));
                watch.setDaemon(true);
                watch.start();
            }
            Delayed<Written> written = TextFiles.writeOptions().overwrite().writeLater(bag, target);
            // what is needed by no other value is renamed last, so that this comes when all pieces are complete
            Delayed<Long> complete = bag.count().map(count -> {
                if (step.equals("complete")) {
                    halt(step);
                }
                return count;
            });
            Delayed.computeAll(written, complete);
            System.out.println("over");
        }

        private static void haltWhenRenamed(Path folder, String step) {
            int wanted = Integer.parseInt(step.substring("renamed ".length()));
            CountDownLatch none = new CountDownLatch(1);
            while (none.getCount() > 0) {
                try (Stream<Path> files = Files.list(folder)) {
                    long temporary = files.filter(
                                    file -> file.getFileName().toString().endsWith(".tmp"))
                            .count();
                    boolean isBegun = !Files.exists(folder.resolve("_SUCCESS"));
                    if (isBegun && temporary <= PARTITIONS - wanted) {
                        halt(step);
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        private static void halt(String step) {
            System.out.println(step);
            System.out.flush();
            Runtime.getRuntime().halt(9);
        }
    }

    private String write(String target, String step) throws IOException, InterruptedException {
        return new ChildJvm()
                .withJarOf(Kryo.class)
                .withJarOf(CompressorException.class)
                .withJarOf(IOUtils.class)
                .run(Writes.class, target, step);
    }

    @ParameterizedTest
    @ValueSource(strings = {"writing", "complete", "renamed 7"})
    void eachFileIsWholeWhereverTheProcessIsKilled(String step) throws Exception {
        Path folder = directory.resolve("out");
        String target = folder + "/part-*.gz";
        TextFiles.write(bag("old"), target);
        String output = write(target, step);
        boolean isKilled = output.startsWith(step);
        assertThat(isKilled || step.startsWith("renamed")).as(output).isTrue();
        List<List<String>> old = Delayed.all(bag("old").partitions()).compute();
        List<List<String>> now = Delayed.all(bag("new").partitions()).compute();
        int replaced = 0;
        for (int i = 0; i < PARTITIONS; i++) {
            Path part = folder.resolve("part-%02d.gz".formatted(i));
            List<String> lines = TextFiles.read(part).compute();
            assertThat(lines).isIn(old.get(i), now.get(i));
            replaced += lines.equals(now.get(i)) ? 1 : 0;
        }
        if (!step.startsWith("renamed")) {
            assertThat(replaced).isZero();
        }
        if (Files.exists(folder.resolve("_SUCCESS"))) {
            assertThat(replaced).isIn(0, PARTITIONS);
        }
        assertThat(TextFiles.read(folder).count().compute())
                .as("no hidden file is read")
                .isEqualTo(6_000);
        TextFiles.writeOptions().overwrite().write(bag("new"), target);
        assertThat(TextFiles.read(folder).compute()).isEqualTo(bag("new").compute());
    }

    @Test
    void oneFileIsTheOldOneUntilItIsTheNewOne() throws Exception {
        Path file = directory.resolve("one.gz");
        TextFiles.write(bag("old"), file);
        assertThat(write(file.toString(), "complete")).startsWith("complete");
        assertThat(TextFiles.read(file).compute()).isEqualTo(bag("old").compute());
        assertThat(TextFiles.read(directory).count().compute()).isEqualTo(6_000);
        TextFiles.writeOptions().overwrite().write(bag("new"), file);
        assertThat(TextFiles.read(file).compute()).isEqualTo(bag("new").compute());
    }

    @Test
    void zstdIsRefusedAtOnceWhereItsLibraryIsMissing() throws Exception {
        assertThat(write(directory + "/x-*.zst", "none"))
                .contains("x-0.zst: zstd needs com.github.luben:zstd-jni on the class path. Add it, or choose another"
                        + " extension.");
    }
}
