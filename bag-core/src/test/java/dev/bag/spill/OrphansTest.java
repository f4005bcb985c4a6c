package dev.bag.spill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bag.serial.Codecs;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a dead process has left is deleted by the next; what a live one uses is not. */
class OrphansTest {

    @TempDir
    Path temp;

    /** Runs in a JVM of its own: spills a record, says where, and waits until it is told to end. */
    static final class Spiller {
        public static void main(String[] args) throws IOException {
            try (SpillDirectory spill = new SpillDirectory(Path.of(args[0]))) {
                SpillFile file = spill.newFile();
                Codecs codecs = new Codecs();
                Spilled.write(file, codecs, List.of("mine"));
                System.out.println(file.path());
                System.in.read();
                System.out.println(Spilled.read(file, codecs, 0, file.size()));
            }
        }
    }

    private Process startSpiller() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Spiller.class.getName(),
                        temp.toString())
                .redirectErrorStream(true)
                .start();
    }

    private void spillHere() throws IOException {
        try (SpillDirectory spill = new SpillDirectory(temp)) {
            spill.newFile();
        }
    }

    @Test
    void theFolderOfALiveProcessStaysAndThatOfAKilledOneGoes() throws Exception {
        Process process = startSpiller();
        try (BufferedReader output = process.inputReader()) {
            Path file = Path.of(output.readLine());
            spillHere();
            assertThat(file).exists();
            process.destroyForcibly().waitFor();
            assertThat(file).exists();
            spillHere();
            assertThat(temp).isEmptyDirectory();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aProcessThatOthersLookedAtCanStillReadAndCleansUp() throws Exception {
        Process process = startSpiller();
        try (BufferedReader output = process.inputReader()) {
            output.readLine();
            spillHere();
            process.getOutputStream().close();
            assertThat(output.readLine()).isEqualTo("[mine]");
            assertThat(process.waitFor()).isZero();
            assertThat(temp).isEmptyDirectory();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aFolderWithoutALockFileGoesWhenItIsOld() throws Exception {
        Path young = Files.createDirectory(temp.resolve("bag-spill-1-young"));
        Path old = Files.createDirectory(temp.resolve("bag-spill-1-old"));
        Path other = Files.createDirectory(temp.resolve("somebody-elses"));
        Files.createFile(old.resolve("1"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        spillHere();
        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(other).exists();
    }

    @Test
    void whatALinkInsideAnOrphanPointsToStays() throws Exception {
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Path precious = Files.createFile(outside.resolve("precious"));
        Path orphan = Files.createDirectory(temp.resolve("bag-spill-1-x"));
        Files.createFile(temp.resolve("bag-spill-1-x.lock"));
        Files.createSymbolicLink(orphan.resolve("link"), outside);
        spillHere();
        assertThat(orphan).doesNotExist();
        assertThat(precious).exists();
    }

    @Test
    @Timeout(60)
    void whatOnlyHasTheNameOfALockFileIsLeftAlone() throws Exception {
        Path folder = Files.createDirectory(temp.resolve("bag-spill-1-a.lock"));
        Path target = Files.createFile(temp.resolve("target"));
        Path link = Files.createSymbolicLink(temp.resolve("bag-spill-1-b.lock"), target);
        Path pipe = temp.resolve("bag-spill-1-c.lock");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
        spillHere();
        assertThat(temp.toFile().list())
                .containsExactlyInAnyOrder("bag-spill-1-a.lock", "bag-spill-1-b.lock", "bag-spill-1-c.lock", "target");
        assertThat(folder).isDirectory();
        assertThat(link).isSymbolicLink();
    }

    @Test
    void anEarlierProcessOfTheSameNumberIsDead() throws Exception {
        String name = "bag-spill-" + ProcessHandle.current().pid() + "-x";
        Path orphan = Files.createDirectory(temp.resolve(name));
        Path lock = Files.createFile(temp.resolve(name + ".lock"));
        spillHere();
        assertThat(orphan).exists();
        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
        spillHere();
        assertThat(orphan).doesNotExist();
        assertThat(lock).doesNotExist();
    }
}
