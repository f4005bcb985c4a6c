package dev.bag.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Every reader over a file system of which nothing else is known. */
class BareFileSystemTest {

    private final BareFileSystem fileSystem = new BareFileSystem();

    private Path write(String name, String content) {
        return fileSystem.write(name, content.getBytes(UTF_8));
    }

    @Test
    void readsFilesFoldersAndPatterns() {
        write("/logs/b.txt", "b\n");
        write("/logs/a.txt", "a\n");
        write("/logs/deep/c.csv", "k,v\n1,2\n");
        write("/logs/.hidden", "h\n");
        assertThat(TextFiles.read(fileSystem.getPath("/logs/a.txt")).compute()).containsExactly("a");
        assertThat(TextFiles.read(fileSystem.getPath("/logs")).compute()).containsExactly("a", "b");
        assertThat(TextFiles.read(fileSystem.getPath("/logs/{a,b}.txt")).compute())
                .containsExactly("a", "b");
        assertThat(TextFiles.read(fileSystem.getPath("/**/*.txt")).compute()).containsExactly("a", "b");
        assertThat(CsvFiles.read(fileSystem.getPath("/logs/**/*.csv"))
                        .map(row -> row.get("v"))
                        .compute())
                .containsExactly("2");
        assertThat(WholeFiles.read(fileSystem.getPath("/logs"))
                        .map(FileContent::name)
                        .compute())
                .containsExactly("bare:/logs/a.txt", "bare:/logs/b.txt");
        assertThatThrownBy(() -> TextFiles.read(fileSystem.getPath("/none")))
                .hasMessageContaining("there is no such file");
    }

    @Test
    void cutsFiles() {
        List<String> lines = IntStream.range(0, 30).mapToObj(Integer::toString).toList();
        Path file = write("/x.txt", String.join("\n", lines));
        assertThat(TextFiles.options().blockSize(5).read(file).compute()).isEqualTo(lines);
    }

    @Test
    void readsCompressedFilesAndArchives() throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write("zipped\n".getBytes(UTF_8));
        }
        assertThat(TextFiles.read(fileSystem.write("/x.gz", gzip.toByteArray())).compute())
                .containsExactly("zipped");
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(archive)) {
            zip.putNextEntry(new ZipEntry("in/x.gz"));
            zip.write(gzip.toByteArray());
        }
        Path zip = fileSystem.write("/x.zip", archive.toByteArray());
        assertThat(TextFiles.read(zip).compute()).containsExactly("zipped");
        assertThat(TextFiles.read(fileSystem.getPath("/*.zip!/in/*")).compute()).containsExactly("zipped");
        assertThat(Archives.read(zip).map(ArchiveEntry::archive).compute()).containsExactly("bare:/x.zip");
    }
}
