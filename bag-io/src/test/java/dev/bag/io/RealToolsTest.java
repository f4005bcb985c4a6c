package dev.bag.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that the tools of other projects make, of each of their levels: whole, in pieces, and two behind each other. */
class RealToolsTest {

    private static final int LINES = 4_000;

    @TempDir
    private Path folder;

    private List<String> write() throws IOException {
        Random random = new Random(1);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            lines.add(
                    i % 50 == 0
                            ? ""
                            : "line " + i + ' '
                                    + Integer.toString(random.nextInt(1 << i % 30), 36)
                                            .repeat(i % 9));
        }
        Files.write(folder.resolve("in.txt"), lines);
        return lines;
    }

    private void run(String command) throws Exception {
        String tool = command.substring(0, command.indexOf(' '));
        assumeTrue(status("command -v " + tool + " > /dev/null") == 0, tool + " is not installed");
        assertThat(status(command)).as(command).isZero();
    }

    private int status(String command) throws Exception {
        return new ProcessBuilder("sh", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start()
                .waitFor();
    }

    @ParameterizedTest
    @Tag("P1")
    @Tag("P9")
    @ValueSource(
            strings = {
                "gzip -1 < in.txt > out.gz",
                "gzip -6 < in.txt > out.gz",
                "gzip -9 < in.txt > out.gz",
                "pigz -1 -b 128 -p 2 < in.txt > out.gz",
                "pigz -9 -i -b 128 -p 2 < in.txt > out.gz",
                "pigz -11 < in.txt > out.gz",
                "bgzip -c in.txt > out.gz",
                "dictzip -k in.txt && mv in.txt.dz out.gz",
                "bgzip -l 9 -c in.txt > out.gz",
                "bzip2 -1 < in.txt > out.bz2",
                "bzip2 -9 < in.txt > out.bz2",
                "pbzip2 -1 -b1 -p2 -c in.txt > out.bz2",
                "lbzip2 -1 -n2 < in.txt > out.bz2",
                "xz -0 < in.txt > out.xz",
                "xz -6 < in.txt > out.xz",
                "xz -9e < in.txt > out.xz",
                "xz -1 -T2 --block-size=50KiB < in.txt > out.xz",
                "xz -2 --check=sha256 < in.txt > out.xz",
                "xz -2 --check=none < in.txt > out.xz",
                "zstd -1 < in.txt > out.zst",
                "zstd -19 < in.txt > out.zst",
                "zstd --ultra -22 < in.txt > out.zst",
                "zstd --fast=5 --no-check < in.txt > out.zst",
                "zstd -3 -T2 --long=27 < in.txt > out.zst",
                "pzstd -p 2 -c in.txt > out.zst",
                "lz4 -1 in.txt out.lz4",
                "lz4 -9 in.txt out.lz4",
                "lz4 -B4 -BX in.txt out.lz4",
                "lz4 -B4 -BD in.txt out.lz4",
                "lz4 -B5 --no-frame-crc in.txt out.lz4",
                "lz4 -1 --content-size in.txt out.lz4"
            })
    void readsWhatCompressorsMake(String command) throws Exception {
        List<String> lines = write();
        run(command);
        String extension = command.substring(command.lastIndexOf('.'));
        String once = folder.resolve("out" + extension).toString();
        assertThat(TextFiles.read(once).compute()).isEqualTo(lines);
        assertThat(TextFiles.options().blockSize("3kB").read(once).compute()).isEqualTo(lines);
        assertThat(TextFiles.options().blockSize("3kB").readUtf8(once).count().compute())
                .isEqualTo(LINES);

        Path twice = folder.resolve("twice" + extension);
        assertThat(status("cat out" + extension + " out" + extension + " > twice" + extension))
                .isZero();
        List<String> both = new ArrayList<>(lines);
        both.addAll(lines);
        assertThat(TextFiles.options().blockSize("3kB").read(twice).compute()).isEqualTo(both);
    }

    @ParameterizedTest
    @Tag("P1")
    @ValueSource(
            strings = {
                "zip -0 out.zip in.txt said2",
                "zip -9 out.zip in.txt said2",
                "zip -Z bzip2 out.zip in.txt said2",
                "7z a -mx=1 out.7z in.txt said2",
                "7z a -mx=9 -ms=on out.7z in.txt said2",
                "7z a -m0=BZip2 out.7z in.txt said2",
                "7z a -tzip -mm=Deflate64 out.zip in.txt said2",
                "tar -cf out.tar in.txt said2",
                "tar --format=ustar -cf out.tar in.txt said2",
                "tar --format=pax -cf out.tar in.txt said2",
                "tar -czf out.tgz in.txt said2"
            })
    void readsWhatArchiversMake(String command) throws Exception {
        List<String> lines = write();
        Files.writeString(folder.resolve("said2"), "one\ntwo\n", UTF_8);
        run(command);
        String name = command.replaceAll(".* (out\\.\\w+) .*", "$1");
        String archive = folder.resolve(name).toString();
        assertThat(TextFiles.read(archive + "!/in.txt").compute()).isEqualTo(lines);
        assertThat(Archives.read(archive).map(ArchiveEntry::name).compute())
                .containsExactlyInAnyOrder("in.txt", "said2");
        List<String> both = new ArrayList<>(lines);
        both.addAll(List.of("one", "two"));
        assertThat(TextFiles.read(archive).compute()).isEqualTo(both);
    }
}
