package dev.bag.spill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bag.serial.Codecs;
import dev.bag.testing.ChildJvm;
import dev.bag.testing.Eventually;
import dev.bag.testing.Tmpfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of a run: when it is there, who may see it, what it says when it cannot be. */
class SpillDirectoryTest {

    private static final String CHOOSE = ". Choose another folder with Runner.local().tempDirectory(...), or give the"
            + " runner more memory with memory(...).";

    @TempDir
    Path temp;

    private final Codecs codecs = new Codecs();

    private static List<Path> in(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    @Test
    void nothingIsMadeBeforeTheFirstFileAndNothingIsLeftBehind() throws Exception {
        SpillDirectory spill = new SpillDirectory(temp);
        assertThat(in(temp)).isEmpty();
        assertThat(spill.fileCount()).isZero();
        SpillFile file = spill.newFile();
        Spilled.write(file, codecs, List.of("a"));
        spill.newFile().close();
        assertThat(in(temp)).hasSize(2);
        assertThat(in(file.path().getParent())).containsExactly(file.path());
        assertThat(spill.fileCount()).isEqualTo(2);
        spill.close();
        spill.close();
        assertThat(in(temp)).isEmpty();
        assertThat(spill.fileCount()).isEqualTo(2);
        assertThatThrownBy(spill::newFile)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("the run that spilled to " + temp + " is over");
    }

    @Test
    void onlyTheOwnerCanLookInside() throws Exception {
        assumeTrue(temp.getFileSystem().supportedFileAttributeViews().contains("posix"));
        try (SpillDirectory spill = new SpillDirectory(temp)) {
            Path file = spill.newFile().path();
            Path folder = file.getParent();
            assertThat(folder.getFileName().toString())
                    .startsWith("bag-spill-" + ProcessHandle.current().pid() + "-");
            assertThat(permissions(folder)).isEqualTo("rwx------");
            assertThat(permissions(file)).isEqualTo("rw-------");
            assertThat(permissions(folder.resolveSibling(folder.getFileName() + ".lock")))
                    .isEqualTo("rw-------");
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void twoRunsHaveAFolderEach() throws Exception {
        try (SpillDirectory one = new SpillDirectory(temp);
                SpillDirectory other = new SpillDirectory(temp)) {
            SpillFile file = one.newFile();
            Spilled.write(file, codecs, List.of("a"));
            assertThat(other.newFile().path().getParent())
                    .isNotEqualTo(file.path().getParent());
            assertThat(Spilled.read(file, codecs, 0, file.size())).containsExactly("a");
        }
        assertThat(in(temp)).isEmpty();
    }

    @Test
    void aClosedFileIsNeitherWrittenNorRead() throws Exception {
        try (SpillDirectory spill = new SpillDirectory(temp)) {
            SpillFile file = spill.newFile();
            Spilled.write(file, codecs, List.of("a"));
            file.close();
            file.close();
            assertThat(file.path()).doesNotExist();
            assertThatThrownBy(() -> Spilled.write(file, codecs, List.of("a")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(file.path() + " is closed");
            assertThatThrownBy(() -> Spilled.read(file, codecs, 0, file.size()))
                    .isInstanceOf(SpillException.class)
                    .hasMessageContaining("the run it belongs to is over");
        }
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        Path missing = temp.resolve("missing");
        assertThatThrownBy(() -> new SpillDirectory(missing).newFile())
                .isExactlyInstanceOf(SpillException.class)
                .hasMessage("cannot spill to " + missing + ": there is no such folder or file" + CHOOSE);
        assertThat(missing).doesNotExist();
    }

    @Test
    void aFolderThatIsAFileIsNamed() throws Exception {
        Path file = Files.createFile(temp.resolve("file"));
        assertThatThrownBy(() -> new SpillDirectory(file).newFile())
                .isExactlyInstanceOf(SpillException.class)
                .hasMessage("cannot spill to " + file + ": Not a directory" + CHOOSE);
    }

    @Test
    void aFolderThatCannotBeWrittenToIsNamed() throws Throwable {
        Tmpfs.whileMounted(temp, "ro", () -> {
            assertThatThrownBy(() -> new SpillDirectory(temp).newFile())
                    .isExactlyInstanceOf(SpillException.class)
                    .hasMessage("cannot spill to " + temp + ": Read-only file system" + CHOOSE);
        });
    }

    @Test
    void aFullDiskIsSaidToBeFullAndGoesOnWhenThereIsSpace() throws Throwable {
        Tmpfs.whileMounted(temp, "size=1m", this::fillTheDisk);
    }

    private void fillTheDisk() throws IOException {
        try (SpillDirectory spill = new SpillDirectory(temp)) {
            SpillFile file = spill.newFile();
            List<String> much = List.of("x".repeat(600_000));
            Spilled.write(file, codecs, much);
            assertThatThrownBy(() -> Spilled.write(file, codecs, much))
                    .isExactlyInstanceOf(SpillException.class)
                    .hasMessage("cannot spill to " + file.path() + ": No space left on device. Free some space there,"
                            + " choose another folder with Runner.local().tempDirectory(...), or give the runner more"
                            + " memory with memory(...).");
            Spilled.write(file, codecs, List.of("y"));
            assertThat(Spilled.read(file, codecs, 0, file.size())).containsExactly(much.get(0), "y");
        }
    }

    @Test
    void anInterruptChangesNothing() throws Exception {
        SpillDirectory spill = new SpillDirectory(temp);
        Thread.currentThread().interrupt();
        try {
            SpillFile file = spill.newFile();
            List<String> records = List.of("a".repeat(100_000), "b");
            Spilled.write(file, codecs, records);
            assertThat(Spilled.read(file, codecs, 0, file.size())).isEqualTo(records);
            file.keepWhileReachable();
            spill.close();
            assertThat(Spilled.read(file, codecs, 0, file.size())).isEqualTo(records);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(in(temp)).isEmpty();
    }

    @Test
    void filesThatNobodyReadsOrWritesAreNotOpen() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/fd")));
        try (SpillDirectory spill = new SpillDirectory(temp)) {
            List<SpillFile> files = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                files.add(spill.newFile());
                Spilled.write(files.get(i), codecs, List.of(i));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(Spilled.read(files.get(i), codecs, 0, files.get(i).size()))
                        .containsExactly(i);
            }
            assertThat(openFiles(files.get(0).path().getParent())).isZero();
        }
    }

    @Test
    void aKeptFileCanBeReadForAsLongAsItIsReachable() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/fd")));
        Path folder = keepAndReadAFile();
        assertThat(in(temp)).isEmpty();
        Eventually.await().until(() -> {
            System.gc();
            return openFiles(folder) == 0;
        });
    }

    private Path keepAndReadAFile() throws IOException {
        SpillDirectory spill = new SpillDirectory(temp);
        SpillFile file = spill.newFile();
        Spilled.write(file, codecs, List.of("a"));
        file.keepWhileReachable();
        try (FrameReader reader = new FrameReader(file, codecs, 0, file.size())) {
            assertThat(reader.hasNext()).isTrue();
            spill.close();
            assertThat(reader.readRecord()).isEqualTo("a");
        }
        assertThat(file.path()).doesNotExist();
        for (int i = 0; i < 10; i++) {
            assertThat(Spilled.read(file, codecs, 0, file.size())).containsExactly("a");
        }
        assertThat(openFiles(file.path().getParent())).isEqualTo(1);
        return file.path().getParent();
    }

    private static long openFiles(Path folder) throws IOException {
        long count = 0;
        for (Path each : in(Path.of("/proc/self/fd"))) {
            try {
                count += Files.readSymbolicLink(each).startsWith(folder) ? 1 : 0;
            } catch (IOException e) {
                // Closed since.
            }
        }
        return count;
    }

    /** Runs in a JVM of its own. */
    static final class NothingToSpill {
        public static void main(String[] args) throws IOException {
            new Codecs();
            new SpillDirectory(Path.of(System.getProperty("java.io.tmpdir"))).close();
        }
    }

    @Test
    void kryoIsNotLoadedBeforeTheFirstRecord() throws Exception {
        ChildJvm.Result result = ChildJvm.run(NothingToSpill.class, List.of("-Xlog:class+load:stdout"));
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).contains("dev.bag.serial.Codecs").doesNotContain("esotericsoftware");
    }

    /** Runs in a JVM of its own. */
    static final class OneRecord {
        private final int number = 5;

        public static void main(String[] args) throws IOException {
            Path temp = Path.of(System.getProperty("java.io.tmpdir"));
            OneRecord read = (OneRecord) Spilled.and(temp, new OneRecord());
            System.out.println(read.number + " " + System.getProperty("kryo.unsafe"));
        }
    }

    @Test
    void noWarningOfTheJvmIsPrinted() throws Exception {
        ChildJvm.Result result = ChildJvm.run(OneRecord.class, List.of());
        assertThat(result.output()).isEqualTo("5 null\n");
    }
}
