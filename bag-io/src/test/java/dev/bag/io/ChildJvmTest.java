package dev.bag.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.github.luben.zstd.Zstd;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds only in a JVM of its own: little memory, missing jars, a quick start. */
class ChildJvmTest {

    @TempDir
    Path directory;

    @Test
    @Tag("P13")
    void aGibibyteWithoutALineEndIsACleanErrorInASmallHeap() throws Exception {
        Path file = directory.resolve("zeros.txt");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 30);
        }
        for (String collector : List.of("-XX:+UseSerialGC", "-XX:+UseG1GC", "-XX:+UseParallelGC")) {
            assertThat(new ChildJvm().with("-Xmx64m").with(collector).run(CountLines.class, file.toString()))
                    .matches("(?s)\\Q" + file + "\\E, line 1: the line that begins at byte 0 has more than"
                            + " [78],[0-9]{3},[0-9]{3} bytes\\.\n"
                            + "  If it is meant to be so long, raise the limit with maxLineLength\\(\\.\\.\\.\\)\\.\n");
        }
    }

    @Test
    @Tag("P13")
    void aLineAsLongAsTheLimitFitsInASmallHeap() throws Exception {
        Path file = directory.resolve("long.txt");
        Files.writeString(file, "x".repeat(7_000_000) + "\n" + "é".repeat(3_500_000) + "\n");
        assertThat(new ChildJvm().with("-Xmx64m").run(CountLines.class, file.toString()))
                .isEqualTo("lines: 2\n");
    }

    @Test
    @Tag("P16")
    void aBombIsACleanErrorInASmallHeap() throws Exception {
        Path file = directory.resolve("zeros.gz");
        Process gzip = new ProcessBuilder("sh", "-c", "head -c 100000000 /dev/zero | gzip -9 > " + file).start();
        assumeThat(gzip.waitFor()).isZero();
        assertThat(new ChildJvm().with("-Xmx64m").run(CountLines.class, file.toString()))
                .contains("the line that begins at byte 0 has more than ");
    }

    @Test
    void aMissingJarIsNamed() throws Exception {
        Path file = directory.resolve("events.zst");
        Files.write(file, Zstd.compress("a\nb\n".getBytes()));
        assertThat(new ChildJvm().run(CountLines.class, file.toString()))
                .isEqualTo(file + ": zstd needs com.github.luben:zstd-jni on the class path. Add it, or recompress the"
                        + " file.\n");
        assertThat(new ChildJvm().withJarOf(Zstd.class).run(CountLines.class, file.toString()))
                .endsWith("lines: 2\n");
        Path xz = Files.write(directory.resolve("events.xz"), new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0});
        assertThat(new ChildJvm().run(CountLines.class, xz.toString()))
                .isEqualTo(xz + ": xz needs org.tukaani:xz on the class path. Add it, or recompress the file.\n");
    }

    @Test
    void aSmallTextFileLoadsNothingThatItDoesNotNeed() throws Exception {
        Path file = Files.writeString(directory.resolve("small.log"), "a line\n".repeat(100));
        String loaded = new ChildJvm().with("-Xlog:class+load:stdout").run(CountLines.class, file.toString());
        assertThat(loaded).contains("lines: 100", "dev.bag.io.format.LineCursor$AsciiCursor");
        assertThat(loaded.lines().filter(line -> line.contains("dev.bag.io.")))
                .noneMatch(line -> line.contains("GzipInput")
                        || line.contains("zip2")
                        || line.contains("Library")
                        || line.contains("Glob"));
        assertThat(loaded)
                .doesNotContain(
                        "org.apache.commons",
                        "org.tukaani",
                        "com.github.luben",
                        "com.fasterxml",
                        "java.util.ServiceLoader",
                        "java.util.Formatter",
                        "java.util.regex");
    }
}
