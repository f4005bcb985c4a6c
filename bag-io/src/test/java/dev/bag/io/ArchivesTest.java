package dev.bag.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bag.Bag;
import dev.bag.BagException;
import dev.bag.Runner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives made by the JDK, by tar and by commons-compress. */
class ArchivesTest {

    @TempDir
    private Path folder;

    private static final Map<String, byte[]> FILES = files();

    private static Map<String, byte[]> files() {
        Random random = new Random(14);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("a.txt", "one\ntwo\n".getBytes(UTF_8));
        files.put("logs/é 😀.txt", "ü".repeat(3000).getBytes(UTF_8));
        files.put("empty", new byte[0]);
        files.put("../x", "not unpacked".getBytes(UTF_8));
        byte[] noise = new byte[70_000];
        random.nextBytes(noise);
        files.put("noise.bin", noise);
        files.put("zeros", new byte[2048]);
        return files;
    }

    static byte[] zip(Map<String, byte[]> files, boolean stored) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("folder/"));
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                if (stored) {
                    CRC32 crc = new CRC32();
                    crc.update(file.getValue());
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(file.getValue().length);
                    entry.setCrc(crc.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    static byte[] tar(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, 512, "UTF-8")) {
            tar.putArchiveEntry(new TarArchiveEntry("folder/"));
            tar.closeArchiveEntry();
            TarArchiveEntry link = new TarArchiveEntry("link", TarConstants.LF_SYMLINK);
            link.setLinkName("a.txt");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    static void sevenZip(Path file, Map<String, byte[]> files) throws IOException {
        try (SevenZOutputFile archive = new SevenZOutputFile(file.toFile())) {
            for (Map.Entry<String, byte[]> each : files.entrySet()) {
                SevenZArchiveEntry entry = new SevenZArchiveEntry();
                entry.setName(each.getKey());
                archive.putArchiveEntry(entry);
                archive.write(each.getValue());
                archive.closeArchiveEntry();
            }
        }
    }

    private static List<String> shown(Map<String, byte[]> files) {
        return files.entrySet().stream()
                .map(file -> file.getKey() + Arrays.hashCode(file.getValue()))
                .toList();
    }

    private static List<String> shown(Bag<ArchiveEntry> entries) {
        return entries.map(entry -> entry.name() + Arrays.hashCode(entry.bytes()))
                .compute();
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    @Test
    @Tag("P1")
    void readsEachFormatAsItsContentSays() throws IOException {
        write("a.zip", zip(FILES, false));
        write("b.jar", zip(FILES, true));
        write("c.data", tar(FILES));
        sevenZip(folder.resolve("d.7z"), FILES);
        for (String name : List.of("a.zip", "b.jar", "c.data", "d.7z")) {
            assertThat(shown(Archives.read(folder.resolve(name)))).as(name).isEqualTo(shown(FILES));
        }
        List<ArchiveEntry> all = Archives.read(folder).compute();
        assertThat(all).hasSize(4 * FILES.size());
        ArchiveEntry second = all.get(1);
        assertThat(second.archive()).isEqualTo(folder.resolve("a.zip").toString());
        assertThat(second.text()).isEqualTo("ü".repeat(3000));
        assertThat(second.length()).isEqualTo(6000);
        assertThat(second.lastModified()).isPresent();
        assertThat(all.get(0).lines()).containsExactly("one", "two");
        assertThat(second).hasToString(folder.resolve("a.zip") + "!/logs/é 😀.txt (6,000 bytes)");
    }

    @ParameterizedTest
    @CsvSource({"gzip, .gz", "bzip2, .bz2", "xz, .xz", "zstd, .zst", "lz4, .lz4"})
    void readsWhatTarAndACompressorMake(String command, String extension) throws Exception {
        Path files = Files.createDirectories(folder.resolve("files/sub"));
        Map<String, byte[]> expected = new LinkedHashMap<>();
        for (int i = 0; i < 30; i++) {
            byte[] content = "line\n".repeat(i * 100).getBytes(UTF_8);
            Files.write(files.resolve(i + ".txt"), content);
            expected.put("sub/" + i + ".txt", content);
        }
        Path archive = folder.resolve("x.tar" + extension);
        String line = "tar -C files -cf - sub | " + command + " -c > x.tar" + extension;
        Process process = new ProcessBuilder("sh", "-c", line)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assumeTrue(process.waitFor() == 0 && Files.size(archive) > 0, command + " is not installed");
        assertThat(shown(Archives.read(archive))).containsExactlyInAnyOrderElementsOf(shown(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--format=v7",
                "--format=gnu --label=volume",
                "--format=gnu --listed-incremental=list",
                "--format=gnu --sparse",
                "--format=posix --sparse --sparse-version=0.1",
                "--format=posix --sparse --sparse-version=1.0",
                "--format=posix --pax-option=globexthdr.name=g,comment:=c"
            })
    @Tag("P1")
    void readsEachKindOfTar(String options) throws Exception {
        Path files = Files.createDirectories(folder.resolve("files/a-folder/of/nothing"));
        Map<String, byte[]> expected = new LinkedHashMap<>();
        for (int i = 0; i < 5; i++) {
            byte[] content = (i + "\n" + "\0".repeat(i * 10_000) + (i % 2 == 0 ? "" : "\n")).getBytes(UTF_8);
            Files.write(folder.resolve("files/" + i + ".txt"), content);
            expected.put(i + ".txt", content);
        }
        String line = "cd files && tar " + options + " -cf ../x.tar a-folder *.txt && gzip -k ../x.tar";
        Process process = new ProcessBuilder("sh", "-c", line)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assumeTrue(process.waitFor() == 0 && Files.exists(folder.resolve("x.tar.gz")), "tar is not installed");
        assertThat(files).exists();
        assertThat(shown(Archives.read(folder.resolve("x.tar")))).isEqualTo(shown(expected));
        assertThat(shown(Archives.read(folder.resolve("x.tar.gz")))).isEqualTo(shown(expected));
        assertThat(shown(Archives.read(folder + "/x.tar!/*"))).isEqualTo(shown(expected));
        assertThat(Archives.options()
                        .blockSize(4096)
                        .read(folder + "/x.tar!/*.txt")
                        .map(ArchiveEntry::name)
                        .compute())
                .containsExactlyElementsOf(expected.keySet());
    }

    @Test
    void aVolumeThatContinuesAnotherIsAnError() throws Exception {
        byte[] archive = tar(Map.of());
        archive[156] = 'M';
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += i >= 148 && i < 156 ? ' ' : archive[i] & 0xff;
        }
        System.arraycopy(String.format("%06o", sum).getBytes(UTF_8), 0, archive, 148, 6);
        Path file = write("second.tar", archive);
        assertThatThrownBy(() -> Archives.read(file).compute())
                .hasMessageContaining("folder/ is continued from another volume");
        assertThatThrownBy(() -> TextFiles.read(file).compute())
                .hasMessageContaining("folder/ is continued from another volume");
    }

    @Test
    void readsZipFilesBehindPrograms() throws IOException {
        for (String program : List.of("#!/bin/sh\nexit\n", "MZ\0\0", "anything")) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write(program.getBytes(UTF_8));
            bytes.write(zip(FILES, true));
            String name = program.startsWith("any") ? "a.zip" : "program";
            assertThat(shown(Archives.read(write(name, bytes.toByteArray())))).isEqualTo(shown(FILES));
        }
        assertThatThrownBy(() -> Archives.read(write("b.zip", "#!/bin/sh\n".getBytes(UTF_8)))
                        .compute())
                .hasMessageContaining("b.zip: this is not an archive of a format that is read");
    }

    @Test
    void zerosAreAnEmptyTarAndNoOtherArchive() throws IOException {
        assertThat(Archives.read(write("zeros.tgz", new byte[10_240])).compute())
                .isEmpty();
        for (String name : List.of("a.txt.zip", "a.txt.7z", "a.tar.zip")) {
            assertThatThrownBy(
                            () -> Archives.read(write(name, new byte[10_240])).compute())
                    .hasMessageContaining(name + ": this is not an archive of a format that is read");
        }
    }

    @Test
    void namesThatAreNotUtf8AreOfTheCharsetOfZip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, Charset.forName("IBM437"))) {
            zip.putNextEntry(new ZipEntry("caf\u00e9"));
            zip.closeEntry();
        }
        assertThat(Archives.read(write("a.zip", bytes.toByteArray()))
                        .map(ArchiveEntry::name)
                        .compute())
                .containsExactly("caf\u00e9");
    }

    @Test
    void groupsSmallArchivesAndKeepsTheirOrder() throws IOException {
        for (int i = 0; i < 9; i++) {
            write("z" + i + ".zip", zip(Map.of("n", Integer.toString(i).getBytes(UTF_8)), false));
        }
        for (int each : new int[] {1, 2, 9}) {
            Bag<ArchiveEntry> entries =
                    Archives.options().filesPerPartition(each).read(folder.resolve("*.zip"));
            assertThat(entries.partitionCount()).isEqualTo((9 + each - 1) / each);
            assertThat(entries.map(ArchiveEntry::text)
                            .collect(Collectors.joining())
                            .compute())
                    .isEqualTo("012345678");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.zip", "x.tar", "x.tar.gz", "x.7z"})
    @Tag("P8")
    void aCutArchiveIsAnError(String name) throws IOException {
        Map<String, byte[]> small = new LinkedHashMap<>();
        small.put("a", new byte[600]);
        small.put("b", "text".getBytes(UTF_8));
        small.put("c", new byte[512]);
        small.put("d", new byte[900]);
        byte[] whole = whole(name, small);
        for (int length = 0; length < whole.length; length += name.equals("x.tar") ? 4 : 1) {
            Path cut = write(name, Arrays.copyOf(whole, length));
            if (name.equals("x.tar") && length >= whole.length - 512) {
                continue; // of the two records at the end one is enough
            }
            assertThatThrownBy(() -> Archives.read(cut).count().compute())
                    .as("the first %s bytes of %s", length, whole.length)
                    .isInstanceOf(BagException.class)
                    .hasMessageContaining(name);
        }
    }

    private byte[] whole(String name, Map<String, byte[]> files) throws IOException {
        if (name.endsWith(".zip")) {
            return zip(files, false);
        }
        if (name.endsWith(".7z")) {
            sevenZip(folder.resolve(name), files);
            return Files.readAllBytes(folder.resolve(name));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(bytes) : bytes) {
            out.write(tar(files));
        }
        return bytes.toByteArray();
    }

    /** Names are not protected by a checksum, contents and the number of entries are. */
    @Test
    @Tag("P8")
    void aFlippedBitOfAZipFileIsAnErrorOrChangesNoContent() throws IOException {
        Map<String, byte[]> small = new LinkedHashMap<>();
        IntStream.range(0, 3)
                .forEach(i -> small.put("name" + i, "content ".repeat(10 + i).getBytes(UTF_8)));
        byte[] whole = zip(small, false);
        List<Integer> contents = Stream.concat(
                        Stream.of(Arrays.hashCode(new byte[0])), // of the folder, if its name says so no more
                        small.values().stream().map(Arrays::hashCode))
                .toList();
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Path file = write("x.zip", flipped);
            List<Integer> read;
            try {
                read = Archives.read(file)
                        .map(entry -> Arrays.hashCode(entry.bytes()))
                        .compute();
            } catch (BagException e) {
                assertThat(e).hasMessageContaining("x.zip");
                continue;
            }
            // A name that ends in a slash is one of a folder, and a flag makes a link of a file.
            assertThat(contents).as("bit %s", bit).containsAll(read);
        }
    }

    @Test
    void refusesWhatItCannotRead() throws IOException {
        Path text = write("x.txt", "no archive".getBytes(UTF_8));
        assertThatThrownBy(() -> Archives.read(text).count().compute())
                .isInstanceOf(BagException.class)
                .hasMessageContaining("x.txt: this is not an archive of a format that is read");
        byte[] encrypted = zip(Map.of("secret", "x".getBytes(UTF_8)), true);
        for (int i = 0; i + 4 < encrypted.length; i++) { // the flag in the directory and before the entry
            boolean local = encrypted[i] == 'P' && encrypted[i + 1] == 'K' && encrypted[i + 2] == 3;
            boolean central = encrypted[i] == 'P' && encrypted[i + 1] == 'K' && encrypted[i + 2] == 1;
            if (local || central) {
                encrypted[i + (local ? 6 : 8)] |= 1;
            }
        }
        Path secret = write("secret.zip", encrypted);
        assertThatThrownBy(() -> Archives.read(secret).count().compute())
                .hasMessageContaining("secret.zip!/secret: the entry is encrypted");
        Path large = write("large.zip", zip(Map.of("zeros", new byte[100_000]), false));
        assertThatThrownBy(() -> Archives.options()
                        .maxEntrySize("99kB")
                        .read(large)
                        .count()
                        .compute())
                .hasMessageContaining("large.zip!/zeros: it has 100,000 bytes, more than the limit of 99,000")
                .hasMessageContaining("maxEntrySize");
        assertThat(Archives.options().maxEntrySize("100kB").read(large).count().compute())
                .isEqualTo(1);
        assertThatThrownBy(() -> Archives.read(folder.resolve("none.zip")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void emptyArchivesHaveNoEntries() throws IOException {
        assertThat(Archives.read(write("a.zip", zip(Map.of(), false))).compute())
                .isEmpty();
        assertThat(Archives.read(write("b.tar", new byte[10_240])).compute()).isEmpty();
        assertThat(Archives.read(write("c.tar", tar(Map.of()))).compute()).isEmpty();
        Path nothing = write("d.zip", new byte[0]);
        assertThatThrownBy(() -> Archives.read(nothing).compute()).isInstanceOf(BagException.class);
        assertThat(Archives.options().allowEmpty().read(nothing).compute()).isEmpty();
    }

    @Test
    void readsZipFilesWithNumbersOf64BitsAndBytesInFront() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write("#!/bin/sh\nexit\n".getBytes(UTF_8));
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            zip.setUseZip64(Zip64Mode.Always);
            zip.setComment("PK".repeat(50));
            for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
                ZipArchiveEntry entry = new ZipArchiveEntry(file.getKey());
                zip.putArchiveEntry(entry);
                zip.write(file.getValue());
                zip.closeArchiveEntry();
            }
        }
        byte[] whole = bytes.toByteArray();
        whole[0] = 'P'; // it is known as a zip file by its first bytes
        whole[1] = 'K';
        whole[2] = 3;
        whole[3] = 4;
        assertThat(shown(Archives.read(write("a.zip", whole)))).isEqualTo(shown(FILES));
    }

    @Test
    void readsMoreEntriesThan16BitsCanCount() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < 66_000; i++) {
                ZipEntry entry = new ZipEntry(Integer.toString(i));
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(0);
                entry.setCrc(0);
                zip.putNextEntry(entry);
            }
        }
        Path file = write("a.zip", bytes.toByteArray());
        Bag<ArchiveEntry> entries = Archives.read(file);
        assertThat(entries.partitionCount()).isGreaterThan(1);
        assertThat(entries.count().compute()).isEqualTo(66_000);
        assertThat(TextFiles.read(file + "!/65999").compute()).isEmpty();
    }

    @Test
    void failuresOfUserCodeNameTheEntry() throws IOException {
        Path file = write("a.zip", zip(FILES, false));
        assertThatThrownBy(() -> Archives.read(file)
                        .map(entry -> 1 / (entry.length() - 6000))
                        .compute())
                .hasMessageContaining("a.zip!/logs/é 😀.txt");
    }

    private static byte[] gzipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream into = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(into)) {
            gzip.write(bytes);
        }
        return into.toByteArray();
    }

    /** Two entries wait for each other: one thread would wait in vain. */
    @ParameterizedTest
    @ValueSource(strings = {"a.tar.gz", "a.7z"})
    void entriesOfAnArchiveThatIsNotCutAreWorkedOnByAllThreads(String name) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < 6; i++) {
            files.put(i + ".txt", new byte[1 << 20]);
        }
        Path file = folder.resolve(name);
        if (name.endsWith(".7z")) {
            sevenZip(file, files);
        } else {
            Files.write(file, gzipped(tar(files)));
        }
        CountDownLatch both = new CountDownLatch(2);
        try (Runner runner = Runner.local().threads(2).build()) {
            assertThat(Archives.read(file)
                            .map(entry -> {
                                both.countDown();
                                return entry.name() + both.await(30, TimeUnit.SECONDS);
                            })
                            .compute(runner))
                    .isEqualTo(files.keySet().stream().map(each -> each + true).toList());
        }
        assertThatThrownBy(() -> Archives.read(file)
                        .map(entry -> 1 / "5.txt".compareTo(entry.name()))
                        .compute())
                .hasMessageContaining(name + "!/5.txt");
    }

    @Test
    @Tag("P14")
    void whatPrecedesABrokenEntryIsReadBeforeThatIsTold() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            files.put(i + ".txt", new byte[i * 100]);
        }
        byte[] tar = tar(files);
        Path file = write("a.tar.gz", gzipped(Arrays.copyOf(tar, tar.length / 2)));
        Set<String> seen = ConcurrentHashMap.newKeySet();
        assertThatThrownBy(() ->
                        Archives.read(file).map(entry -> seen.add(entry.name())).compute())
                .hasMessageContaining("a.tar.gz");
        assertThat(seen).contains("0.txt", "60.txt").doesNotContain("90.txt");
    }
}
