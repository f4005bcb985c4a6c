package dev.bag.io.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.source.SourceException;
import dev.bag.value.Location;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("P17")
class FileBytesTest {

    private static final String HINT = "\n  Leave out files that are still being written, or build the bag again.";

    @TempDir
    Path directory;

    private Path path;
    private InputFile file;

    @BeforeEach
    void write() throws IOException {
        path = Files.writeString(directory.resolve("x.txt"), "0123456789");
        file = new InputFile(path, 10);
    }

    @Test
    void readsFromAnyPosition() throws Exception {
        try (FileBytes bytes = FileBytes.open(file)) {
            assertThat(bytes.head()).isEqualTo("0123456789".getBytes(UTF_8));
            byte[] buffer = new byte[4];
            bytes.seek(7);
            assertThat(bytes.read(buffer, 1, 2)).isEqualTo(2);
            assertThat(buffer).containsExactly(0, '7', '8', 0);
            assertThat(bytes.position()).isEqualTo(9);
            assertThat(bytes.read(buffer, 0, 4)).isEqualTo(1);
            assertThat(bytes.read(buffer, 0, 4)).isEqualTo(-1);
        }
    }

    @Test
    void noticesThatTheFileHasGrownOrShrunkSinceTheBagWasBuilt() throws Exception {
        Files.writeString(path, "0123456789abc");
        assertThatThrownBy(() -> FileBytes.open(file))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.location()).isEqualTo(Location.of(path.toString())))
                .hasMessage(
                        path + ": the file has changed: its size in bytes was 10 when the bag was built, and is 13 now."
                                + HINT);
        Files.writeString(path, "");
        assertThatThrownBy(() -> FileBytes.open(file))
                .hasMessage(
                        path + ": the file has changed: its size in bytes was 10 when the bag was built, and is 0 now."
                                + HINT);
    }

    @Test
    void noticesThatTheFileHasGone() throws Exception {
        Files.delete(path);
        assertThatThrownBy(() -> FileBytes.open(file))
                .isInstanceOf(SourceException.class)
                .hasMessage(path + ": the file is gone. It had 10 bytes when the bag was built.");
    }

    @Test
    void noticesThatTheFileGrowsWhileItIsRead() throws Exception {
        try (FileBytes bytes = FileBytes.open(file)) {
            byte[] buffer = new byte[10];
            assertThat(bytes.read(buffer, 0, 10)).isEqualTo(10);
            Files.writeString(path, "more", StandardOpenOption.APPEND);
            assertThatThrownBy(() -> bytes.read(buffer, 0, 10))
                    .isInstanceOf(SourceException.class)
                    .hasMessage(path
                            + ": the file has changed: its size in bytes was 10 when the bag was built, and is 14 now."
                            + HINT);
        }
    }

    @Test
    void noticesThatTheFileShrinksWhileItIsRead() throws Exception {
        try (FileBytes bytes = FileBytes.open(file)) {
            byte[] buffer = new byte[10];
            assertThat(bytes.read(buffer, 0, 3)).isEqualTo(3);
            Files.writeString(path, "0");
            assertThatThrownBy(() -> bytes.read(buffer, 0, 10))
                    .isInstanceOf(SourceException.class)
                    .hasMessage(path
                            + ": the file has changed: its size in bytes was 10 when the bag was built, and is 1 now."
                            + HINT);
        }
    }

    @Test
    void reportsADirectoryThatHasTakenThePlaceOfTheFile() throws Exception {
        Files.delete(path);
        Files.createDirectory(path);
        assertThatThrownBy(() -> FileBytes.open(new InputFile(path, Files.size(path))))
                .isInstanceOf(SourceException.class)
                .hasMessage(path + ": the file cannot be read at byte 0: Is a directory");
    }

    @Test
    void isDescribedByItsPathOrUriWhenSerialized() throws Exception {
        InputFile copy = copy(file);
        assertThat(((PathPlace) copy.place()).path()).isEqualTo(path);
        assertThat(copy.byteCount()).isEqualTo(10);
        InputFile relative = copy(new InputFile(Path.of("x.txt"), 10));
        assertThat(((PathPlace) relative.place()).path()).isAbsolute();
        assertThat(relative.name()).isEqualTo("x.txt");
        assertThat(copy(relative).name()).isEqualTo("x.txt");
        Path zip = directory.resolve("x.zip");
        try (FileSystem inside =
                FileSystems.newFileSystem(java.net.URI.create("jar:" + zip.toUri()), Map.of("create", "true"))) {
            Path entry = Files.writeString(inside.getPath("/a.txt"), "a");
            InputFile zipped = copy(new InputFile(entry, 1));
            assertThat(((PathPlace) zipped.place()).path()).isEqualTo(entry);
            assertThat(zipped.name()).isEqualTo("jar:" + zip.toUri() + "!/a.txt");
        }
    }

    private static InputFile copy(InputFile file) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(file);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (InputFile) in.readObject();
        }
    }
}
