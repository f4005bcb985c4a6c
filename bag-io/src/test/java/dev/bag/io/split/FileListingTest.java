package dev.bag.io.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.io.file.InputFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileListingTest {

    private static final String HINT =
            "  Names that begin with \".\" or \"_\" are left out. To read nothing without an error, use allowEmpty().";

    @TempDir
    Path directory;

    @BeforeEach
    void fillDirectory() throws IOException {
        for (String name : List.of(
                "b.log",
                "a.log",
                "a10.log",
                "a9.log",
                ".hidden.log",
                "_SUCCESS",
                "c.gz",
                "sub/x.log",
                "sub/deep/y.log",
                "sub/deep/z.gz",
                ".git/w.log",
                "[a].log")) {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, name);
        }
    }

    @Test
    void takesWhatExistsAsItIs() {
        assertThat(find("b.log")).containsExactly("b.log");
        assertThat(find("[a].log")).containsExactly("[a].log");
        assertThat(find(".hidden.log")).containsExactly(".hidden.log");
    }

    @Test
    void sortsTheMatchesOfAPattern() {
        assertThat(find("*.log")).containsExactly("[a].log", "a.log", "a10.log", "a9.log", "b.log");
        assertThat(find("a*.log")).containsExactly("a.log", "a10.log", "a9.log");
        assertThat(find("{b,a}.log")).containsExactly("a.log", "b.log");
    }

    @Test
    void sortsNaturallyIfAsked() {
        FileListing listing = new FileListing(true, false).addAll(directory + "/a*.log");
        assertThat(names(listing)).containsExactly("a.log", "a9.log", "a10.log");
    }

    @Test
    void takesADirectoryForItsFiles() {
        assertThat(find("")).containsExactly("[a].log", "a.log", "a10.log", "a9.log", "b.log", "c.gz");
        assertThat(find("sub")).containsExactly("sub/x.log");
        assertThat(find("s*")).containsExactly("sub/x.log");
        assertThat(find(".git")).containsExactly(".git/w.log");
    }

    @Test
    void findsAtAnyDepth() {
        assertThat(find("**/*.gz")).containsExactly("c.gz", "sub/deep/z.gz");
        assertThat(find("**.gz")).containsExactly("c.gz", "sub/deep/z.gz");
        assertThat(find("sub/**")).containsExactly("sub/deep/y.log", "sub/deep/z.gz", "sub/x.log");
        assertThat(find("**/deep/*.log")).containsExactly("sub/deep/y.log");
        assertThat(find("*/deep")).containsExactly("sub/deep/y.log", "sub/deep/z.gz");
    }

    @Test
    void doesNotFollowLinksDownwards() throws IOException {
        Files.createSymbolicLink(directory.resolve("sub/up"), directory);
        assertThat(find("**/y.log")).containsExactly("sub/deep/y.log");
    }

    @Test
    void followsALinkToAFile() throws IOException {
        Files.createSymbolicLink(directory.resolve("link.txt"), directory.resolve("a.log"));
        assertThat(find("*.txt")).containsExactly("link.txt");
    }

    @Test
    void refusesALinkToNothing() throws IOException {
        Files.createSymbolicLink(directory.resolve("link.txt"), directory.resolve("none"));
        assertThatThrownBy(() -> find("*.txt")).hasMessageContaining("a link to a file that does not exist");
    }

    @Test
    void keepsTheOrderOfSeveralNames() {
        FileListing listing =
                new FileListing(false, false).addAll(directory + "/b.log", directory + "/a*.log", directory + "/b.log");
        assertThat(names(listing)).containsExactly("b.log", "a.log", "a10.log", "a9.log", "b.log");
        assertThat(listing.name()).isEqualTo(directory + "/b.log, " + directory + "/a*.log, " + directory + "/b.log");
    }

    @Test
    void knowsSizes() {
        FileListing listing = new FileListing(false, false).addAll(directory.resolve("sub/x.log"));
        assertThat(listing.files()).extracting(InputFile::byteCount).containsExactly(9L);
    }

    @Test
    void readsPathsAndUris() {
        assertThat(names(new FileListing(false, false).addAll(directory.resolve("c*"))))
                .containsExactly("c.gz");
        URI uri = URI.create(directory.toUri() + "*.gz");
        assertThat(names(new FileListing(false, false).addAll(uri))).containsExactly("c.gz");
        assertThat(names(new FileListing(false, false).addAll(uri.toString()))).containsExactly("c.gz");
    }

    @Test
    void readsAnyFileSystem() throws IOException {
        Path zip = directory.resolve("all.zip");
        try (FileSystem inside = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Files.createDirectories(inside.getPath("/logs/deep"));
            Files.writeString(inside.getPath("/logs/a.log"), "a");
            Files.writeString(inside.getPath("/logs/deep/b.log"), "b");
        }
        try (FileSystem inside = FileSystems.newFileSystem(zip)) {
            FileListing listing = new FileListing(false, false).addAll(inside.getPath("/logs/**/*.log"));
            assertThat(listing.files())
                    .extracting(InputFile::name)
                    .containsExactly("jar:" + zip.toUri() + "!/logs/a.log", "jar:" + zip.toUri() + "!/logs/deep/b.log");
        }
    }

    @Test
    void tellsHowManyNamesItLookedAt() {
        assertThatThrownBy(() -> find("*.txt"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(directory + "/*.txt: no file matches. 10 names were looked at.\n" + HINT);
        assertThatThrownBy(() -> find("none/*.txt"))
                .hasMessage(directory + "/none/*.txt: no file matches. 0 names were looked at.\n" + HINT);
    }

    @Test
    void tellsThatAFileDoesNotExist() {
        assertThatThrownBy(() -> find("none.log"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(directory + "/none.log: there is no such file.\n"
                        + "  To read nothing without an error, use allowEmpty().");
    }

    @Test
    void tellsThatADirectoryHasNoFiles() throws IOException {
        Files.createDirectories(directory.resolve("empty/.hidden"));
        assertThatThrownBy(() -> find("empty"))
                .hasMessage(directory + "/empty: no file matches. 1 name was looked at.\n" + HINT);
    }

    @Test
    void findsNothingWithoutAnErrorIfAllowed() {
        FileListing listing = new FileListing(false, true).addAll(directory + "/*.txt", directory + "/none");
        assertThat(listing.files()).isEmpty();
    }

    @Test
    void namesTheProviderOfAScheme() {
        assertThatThrownBy(() -> new FileListing(false, false).addAll("s3://bucket/x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "s3://bucket/x: s3 needs software.amazon.nio.s3:aws-java-nio-spi-for-s3 on the class path.");
        assertThatThrownBy(() -> new FileListing(false, false).addAll("foo://bucket/x"))
                .hasMessageStartingWith("foo://bucket/x: no java.nio.file provider for the scheme \"foo\"");
        assertThatThrownBy(() -> new FileListing(false, false).addAll("foo:/a b"))
                .hasMessageStartingWith("foo:/a b: this is not a URI, though it begins like one: ");
    }

    private List<String> find(String pattern) {
        return names(new FileListing(false, false).addAll(directory + "/" + pattern));
    }

    private List<String> names(FileListing listing) {
        return listing.files().stream()
                .map(file -> directory.relativize(Path.of(file.name())).toString())
                .toList();
    }
}
