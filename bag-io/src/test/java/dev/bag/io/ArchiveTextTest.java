package dev.bag.io;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.Bag;
import dev.bag.BagException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of the entries of archives, in the order of their names. */
class ArchiveTextTest {

    private static final List<String> FORMATS = List.of("x.zip", "x.jar", "x.tar", "x.tar.gz", "x.tgz", "x.7z");

    @TempDir
    private Path folder;

    private static Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("logs/b10.txt", bytes("b10\n"));
        files.put("logs/b9.txt", bytes("b9"));
        files.put("./a.txt", bytes("a1\na2\n"));
        files.put("logs/empty.txt", new byte[0]);
        files.put("logs/deep/c.txt.gz", gzip(bytes("c1\nc2\n")));
        files.put("../up.txt", bytes("up"));
        files.put("__MACOSX/a.txt", new byte[] {(byte) 0xff});
        files.put("logs/.hidden", new byte[] {(byte) 0xff});
        files.put("utf16.txt", "\ufeffü\n".getBytes(UTF_16LE));
        return files;
    }

    private static final List<String> LINES = List.of("up", "a1", "a2", "b10", "b9", "c1", "c2", "ü");

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        }
        return compressed.toByteArray();
    }

    private Path archive(String name, Map<String, byte[]> files) throws IOException {
        Path file = folder.resolve(name);
        if (name.endsWith(".7z")) {
            try (SevenZOutputFile archive = new SevenZOutputFile(file.toFile())) {
                for (Map.Entry<String, byte[]> each : files.entrySet()) {
                    SevenZArchiveEntry entry = new SevenZArchiveEntry();
                    entry.setName(each.getKey());
                    archive.putArchiveEntry(entry);
                    archive.write(each.getValue());
                    archive.closeArchiveEntry();
                }
            }
            return file;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (name.contains(".t")) {
            try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, 512, "UTF-8")) {
                tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
                for (Map.Entry<String, byte[]> each : files.entrySet()) {
                    TarArchiveEntry entry = new TarArchiveEntry(each.getKey());
                    entry.setSize(each.getValue().length);
                    tar.putArchiveEntry(entry);
                    tar.write(each.getValue());
                    tar.closeArchiveEntry();
                }
            }
        } else {
            try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
                for (Map.Entry<String, byte[]> each : files.entrySet()) {
                    zip.putNextEntry(new ZipEntry(each.getKey()));
                    zip.write(each.getValue());
                }
            }
        }
        return Files.write(file, name.endsWith("gz") ? gzip(bytes.toByteArray()) : bytes.toByteArray());
    }

    private List<String> read(String text) {
        return TextFiles.read(folder + "/" + text).compute();
    }

    @Test
    @Tag("P2")
    void anArchiveMeansItsEntriesInTheOrderOfTheirNames() throws IOException {
        for (String name : FORMATS) {
            archive(name, files());
            assertThat(read(name)).as(name).isEqualTo(LINES);
            assertThat(TextFiles.options()
                            .sortNaturally()
                            .read(folder.resolve(name))
                            .compute())
                    .as(name)
                    .containsSubsequence("b9", "b10");
            assertThat(TextFiles.readUtf8(folder.resolve(name).toUri())
                            .map(Object::toString)
                            .compute())
                    .isEqualTo(LINES);
        }
    }

    @Test
    void aPatternMeansSomeEntries() throws IOException {
        for (String name : FORMATS) {
            archive(name, files());
            assertThat(read(name + "!/")).isEqualTo(LINES);
            assertThat(read(name + "!/logs/*.txt")).as(name).containsExactly("b10", "b9");
            assertThat(read(name + "!/logs/b9.txt")).containsExactly("b9");
            assertThat(read(name + "!/logs")).containsExactly("b10", "b9");
            assertThat(read(name + "!/logs/")).containsExactly("b10", "b9");
            assertThat(read(name + "!/**.gz")).containsExactly("c1", "c2");
            assertThat(read(name + "!/{logs/b[0-9].txt,a.txt}")).containsExactly("a1", "a2", "b9");
            assertThat(read(name + "!/**/b*")).containsExactly("b10", "b9");
            assertThatThrownBy(() -> read(name + "!/*.csv"))
                    .isInstanceOf(BagException.class)
                    .hasMessageContaining(
                            folder.resolve(name) + ": no entry matches \"*.csv\". 9 entries were looked at.\n")
                    .hasMessageContaining("allowEmpty()");
            assertThat(TextFiles.options()
                            .allowEmpty()
                            .read(folder + "/" + name + "!/*.csv")
                            .compute())
                    .isEmpty();
            assertThat(Archives.read(folder + "/" + name + "!/logs/*.txt")
                            .map(ArchiveEntry::name)
                            .compute())
                    .as(name)
                    .containsExactly("logs/b10.txt", "logs/b9.txt", "logs/empty.txt");
        }
        assertThat(read("x.{zip,tar}!/logs/b9.txt")).containsExactly("b9", "b9");
    }

    @Test
    void whatExistsUnderSuchANameIsMeant() throws IOException {
        archive("x.zip", files());
        Files.createDirectories(folder.resolve("y.zip!"));
        Files.writeString(folder.resolve("y.zip!/a.txt"), "plain");
        assertThat(read("y.zip!/a.txt")).containsExactly("plain");
        assertThat(read("y.zip!/*.txt")).containsExactly("plain");
        archive("y.zip!/z.zip", Map.of("in", bytes("inside")));
        assertThat(read("y.zip!/z.zip!/in")).containsExactly("inside");
        assertThatThrownBy(() -> read("none.zip!/a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(folder + "/none.zip!/a: there is no archive " + folder
                        + "/none.zip, and there is no such file");
        assertThatThrownBy(() -> WholeFiles.read(folder + "/x.zip!/a.txt"))
                .hasMessage(
                        folder + "/x.zip!/a.txt: this is an archive, whose entries are read with Archives.read(...),"
                                + " or with TextFiles.read(...) if they are text.");
    }

    @Test
    void namesAndPlacesTellTheEntry() throws IOException {
        Path zip = archive("x.zip", files());
        List<Sourced<String>> lines =
                TextFiles.options().readWithSource(zip + "!/{a,logs/b9}.txt").compute();
        assertThat(lines)
                .containsExactly(
                        new Sourced<>(zip + "!/./a.txt", 1, "a1"),
                        new Sourced<>(zip + "!/./a.txt", 2, "a2"),
                        new Sourced<>(zip + "!/logs/b9.txt", 1, "b9"));
        assertThat(TextFiles.read(zip + "!/logs/*.txt").explain()).contains("x.zip!/logs/*.txt");
        assertThatThrownBy(() ->
                        TextFiles.read(zip).map(line -> 1 / (line.length() - 3)).compute())
                .isInstanceOfSatisfying(BagException.class, e -> {
                    assertThat(e).hasMessageContaining("x.zip!/logs/b10.txt, line 1");
                    assertThat(e.location().orElseThrow().file()).isEqualTo(zip.toString());
                    assertThat(e.location().orElseThrow().entry()).contains("logs/b10.txt");
                    assertThat(e.location().orElseThrow().line()).hasValue(1);
                });
        Path bad = archive("bad.zip", Map.of("a", new byte[] {'a', '\n', (byte) 0xff}));
        assertThatThrownBy(() -> TextFiles.read(bad).compute()).hasMessageContaining("bad.zip!/a, line 2");
    }

    @Test
    void otherFormatsReadArchivesToo() throws IOException {
        Path zip = archive(
                "x.zip",
                new TreeMap<>(Map.of(
                        "b.csv", bytes("k,v\n1,b\n"), "a.csv", bytes("v,k\na,2\n"), "c.json", bytes("{\"v\":3}\n"))));
        assertThat(CsvFiles.read(zip + "!/*.csv").map(row -> row.get("v")).compute())
                .containsExactly("a", "b");
        assertThat(JsonLines.read(zip + "!/*.json")
                        .map(node -> node.get("v").asInt())
                        .compute())
                .containsExactly(3);
        Path bad = archive("bad.zip", Map.of("a.csv", bytes("k\n1,2\n")));
        assertThatThrownBy(() -> CsvFiles.read(bad).compute()).hasMessageContaining("bad.zip!/a.csv, line 2");
    }

    @Test
    void anArchiveInAnArchiveIsNotOpened() throws IOException {
        Path zip = archive("x.zip", Map.of("in/a.tar.gz", bytes("x")));
        assertThatThrownBy(() -> TextFiles.read(zip).compute())
                .isInstanceOf(BagException.class)
                .hasMessageContaining(zip + "!/in/a.tar.gz: this is an archive in an archive, which is not opened.\n"
                        + "  Leave it out with a pattern such as " + zip
                        + "!/**.txt, or read its bytes with Archives.read(...).");
    }

    @Test
    void emptyArchivesHaveNoLines() throws IOException {
        for (String name : FORMATS) {
            archive(name, Map.of());
            assertThat(read(name)).as(name).isEmpty();
        }
    }

    /** The oracle is the list of files, sorted. */
    @ParameterizedTest
    @ValueSource(strings = {"x.zip", "x.tar", "x.tar.gz", "x.7z"})
    @Tag("P1")
    void anArchiveIsCutWithoutLosingALine(String name) throws IOException {
        Random random = new Random(5);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            names.add("n" + i + "/x" + "long".repeat(random.nextInt(40)) + ".txt");
        }
        Collections.shuffle(names, random);
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String each : names) {
            files.put(each, bytes((each + "\n").repeat(random.nextInt(50))));
        }
        List<String> expected = new TreeMap<>(files)
                .values().stream()
                        .flatMap(content -> new String(content, UTF_8).lines())
                        .toList();
        Path file = archive(name, files);
        for (int blocks = 1; blocks < 60; blocks += blocks < 5 ? 1 : 18) {
            long block = Math.max(1, Files.size(file) / blocks);
            Bag<String> lines = TextFiles.options().blockSize(block).read(file);
            assertThat(lines.partitionCount() > 1)
                    .isEqualTo(blocks > 1 && !name.contains("gz") && !name.contains("7z"));
            assertThat(lines.compute()).as("%s blocks", blocks).isEqualTo(expected);
            assertThat(Archives.options()
                            .blockSize(block)
                            .read(file)
                            .map(ArchiveEntry::name)
                            .compute())
                    .as("%s blocks", blocks)
                    .isEqualTo(names);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.zip", "x.tar", "x.tar.gz", "x.7z"})
    @Tag("P8")
    void aCutArchiveIsAnError(String name) throws IOException {
        Map<String, byte[]> small = new LinkedHashMap<>();
        small.put("b".repeat(120), bytes("text\n".repeat(120)));
        small.put("a", bytes("text"));
        small.put("c", bytes("c".repeat(512)));
        byte[] whole = Files.readAllBytes(archive(name, small));
        for (int length = 0; length < whole.length; length += name.equals("x.tar") ? 16 : 1) {
            if (name.equals("x.tar") && length >= whole.length - 512) {
                continue; // of the two records at the end one is enough
            }
            Path cut = Files.write(folder.resolve(name), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> TextFiles.read(cut).count().compute())
                    .as("the first %s bytes of %s", length, whole.length)
                    .isInstanceOf(BagException.class)
                    .hasMessageContaining(name);
        }
    }

    @Test
    @Tag("P16")
    void aBombIsAnError() throws IOException {
        Path file = folder.resolve("bomb.zip");
        byte[] zeros = "\n".repeat(1 << 20).getBytes(UTF_8);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("a.txt"));
            for (int i = 0; i < 80; i++) {
                zip.write(zeros);
            }
        }
        assertThatThrownBy(() ->
                        TextFiles.options().maxRatio(500).read(file).count().compute())
                .hasMessageContaining("bomb.zip!/a.txt: more than")
                .hasMessageContaining("maxRatio");
        assertThat(TextFiles.options().maxRatio(5000).read(file).count().compute())
                .isEqualTo(80L << 20);
    }
}
