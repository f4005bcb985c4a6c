package dev.bag.spark.hadoop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.bag.Bag;
import dev.bag.Runner;
import dev.bag.io.TextFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What java.nio.file says of file systems is so of those of Hadoop. */
class HadoopProviderTest {

    @TempDir
    private Path here;

    private Path folder;
    private Path other;

    @BeforeEach
    void open() throws IOException {
        folder = new HadoopFiles(initialized(new Disk())).getPath(here.toString());
        other = new HadoopFiles(initialized(new ObjectStore())).getPath(here.toString());
    }

    private static Disk initialized(Disk disk) throws IOException {
        disk.initialize(disk.getUri(), new Configuration());
        return disk;
    }

    @AfterEach
    void mend() {
        Disk.FAILS_AFTER.set(Integer.MAX_VALUE);
        Disk.appendFails = false;
    }

    private Path file(String name) throws IOException {
        return Files.writeString(folder.resolve(name), "text of " + name);
    }

    @Test
    void namesOfAllCharactersComeBack() throws IOException {
        for (String name : List.of("a b", "100%", "a%20b", "ü😀", "a:b", "#?&", "~", "[x]{y}*", "a\\b")) {
            Path file = file(name);
            assertThat(Files.readString(here.resolve(name))).isEqualTo("text of " + name);
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
                assertThat(found).containsExactly(file);
            }
            URI uri = URI.create(file.toUri().toString());
            assertThat(file.getFileSystem().getPath(uri.getPath())).isEqualTo(file);
            Files.delete(file);
        }
    }

    @Test
    void patternsAreThoseOfTheDefaultFileSystem() {
        List<String> names = List.of(
                "a", "ab", "b", "ü", "😀", "😀.x", "x.kept", "x.info", "^", "!", "[", "-", "&", "}", "a,b", "a\\");
        for (String glob : List.of(
                "*",
                "?",
                "??",
                "a*",
                "*😀*",
                "😀*",
                "[ab]",
                "[!ab]",
                "[^a]",
                "[a-c]",
                "[[]",
                "[&&b]",
                "*.{kept,info}",
                "a,b",
                "}",
                "a\\*",
                "a\\\\",
                "\\[",
                "{a,ü}*",
                "[-a]",
                "**")) {
            for (String name : names) {
                assertThat(folder.getFileSystem()
                                .getPathMatcher("glob:" + glob)
                                .matches(folder.getFileSystem().getPath(name)))
                        .as("%s %s", glob, name)
                        .isEqualTo(FileSystems.getDefault()
                                .getPathMatcher("glob:" + glob)
                                .matches(Path.of(name)));
            }
        }
        for (String glob : List.of("[a", "{a", "a\\", "[a/b]", "{a,{b}}")) {
            assertThatThrownBy(() -> folder.getFileSystem().getPathMatcher("glob:" + glob))
                    .as(glob)
                    .isInstanceOf(PatternSyntaxException.class);
        }
    }

    @Test
    void namesAreJoinedAndCompared() throws IOException {
        assertThat(folder.getFileSystem().getPath("", "a", "", "b").toString()).isEqualTo("a/b");
        assertThat(List.of(folder, other).stream().sorted().toList()).containsExactly(folder, other);
        assertThatThrownBy(() -> Files.newDirectoryStream(file("a"))).isInstanceOf(NotDirectoryException.class);
    }

    @Test
    void aFileIsReadFromAnyPosition() throws IOException {
        Path file = file("a");
        SeekableByteChannel channel = Files.newByteChannel(file);
        ByteBuffer direct = ByteBuffer.allocateDirect(4);
        assertThat(channel.position(5).read(direct)).isEqualTo(4);
        assertThat(direct.flip()).isEqualTo(ByteBuffer.wrap("of a".getBytes(UTF_8)));
        assertThat(channel.read(direct.clear())).isEqualTo(-1);
        assertThat(channel.position(100).read(direct)).isEqualTo(-1);
        assertThatThrownBy(() -> channel.position(-1)).isInstanceOf(IllegalArgumentException.class);
        channel.close();
        channel.close();
        assertThatThrownBy(() -> channel.read(direct)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> channel.position(0)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(channel::size).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void aFileIsMovedOntoItselfOrElsewhere() throws IOException {
        Path file = file("a");
        Files.move(file, folder.resolve("x/../a"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(Files.readString(file)).isEqualTo("text of a");
        assertThatThrownBy(() -> Files.move(file, other.resolve("b"), StandardCopyOption.ATOMIC_MOVE))
                .isInstanceOf(AtomicMoveNotSupportedException.class);
        Files.move(file, other.resolve("b"));
        assertThat(Files.readString(other.resolve("b"))).isEqualTo("text of a");
        assertThat(Files.exists(file)).isFalse();
    }

    @Test
    void aFileIsCopied() throws IOException {
        Path file = file("a");
        Path folderThere = Files.createDirectory(other.resolve("there"));
        assertThatThrownBy(() -> Files.copy(file, folderThere)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.list(folderThere)).isEmpty();
        Files.copy(file, folderThere.resolve("b"));
        assertThat(Files.readString(folderThere.resolve("b"))).isEqualTo("text of a");
        Files.writeString(file, "new");
        assertThatThrownBy(() -> Files.copy(file, folderThere.resolve("b")))
                .isInstanceOf(FileAlreadyExistsException.class);
        Files.copy(file, folderThere.resolve("b"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(Files.readString(folderThere.resolve("b"))).isEqualTo("new");
    }

    @Test
    void whatCannotBeOpenedAsWishedIsRefused() throws IOException {
        Path file = file("a");
        assertThatThrownBy(
                        () -> Files.newByteChannel(file, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> Files.newByteChannel(
                        file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING))
                .isInstanceOf(UnsupportedOperationException.class);
        for (Path each : List.of(folder, other)) {
            Path added = each.resolve(each.equals(folder) ? "new" : "other");
            assertThatThrownBy(() -> Files.writeString(added, "x", StandardOpenOption.APPEND))
                    .isInstanceOf(NoSuchFileException.class);
            Files.writeString(added, "x", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            Files.writeString(added, "y", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            assertThat(Files.readString(added)).isEqualTo("xy");
        }
    }

    @Test
    @Tag("P38")
    void anAppendThatFailsLosesNothing() throws IOException {
        Throwable failure = new IOException();
        for (int operations = 0; failure != null; operations++) {
            file("a");
            Disk.FAILS_AFTER.set(operations);
            failure =
                    catchThrowable(() -> Files.writeString(other.resolve("a"), " and more", StandardOpenOption.APPEND));
            mend();
            List<String> texts = new ArrayList<>();
            try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "a*")) {
                for (Path each : left) {
                    texts.add(Files.readString(each));
                    Files.delete(each);
                }
            }
            if (failure == null) {
                assertThat(texts).containsExactly("text of a and more");
            } else if (operations < 3) {
                assertThat(texts).as("nothing was copied").containsExactly("text of a");
            } else {
                assertThat(texts).contains("text of a and more");
            }
        }
    }

    @Test
    void hdfsThatHasNoNodesToAppendWithSaysWhatToSet() {
        Disk.appendFails = true;
        Bag<String> lines = Bag.range(0, 400, 3).map(x -> "line " + x);
        assertThatThrownBy(() -> TextFiles.write(lines, folder.resolve("out.txt"), Runner.inline()))
                .hasMessageStartingWith(folder.resolve("out.txt").toUri() + ": cannot be written: HDFS"
                        + " finds no data node to append with. If it has fewer than there are copies of a file, set"
                        + " spark.hadoop.dfs.client.block.write.replace-datanode-on-failure.policy to NEVER, or"
                        + " spark.hadoop.dfs.replication to their number");
        assertThat(here).isEmptyDirectory();
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> TextFiles.read("s3a://bucket/x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "s3a://bucket/x: s3a needs bag-spark, and the file system of Hadoop for it, on the class path.");
        assertThatThrownBy(() -> TextFiles.read("hdfs://nohost.invalid/x"))
                .hasMessage(
                        "hdfs://nohost.invalid/x: the file system cannot be reached: there is no host nohost.invalid");
        assertThatThrownBy(() -> new HadoopResolver().resolve(URI.create("store:x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("store:x: a URI of Hadoop has a / behind the colon.");
    }

    @Test
    void aHostAloneIsItsRoot() throws IOException {
        assertThat(new HadoopResolver().resolve(URI.create("store://bucket")))
                .hasValueSatisfying(path -> assertThat(path.toString()).isEqualTo("/"));
    }
}
