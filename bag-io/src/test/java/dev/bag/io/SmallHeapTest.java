package dev.bag.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tukaani.xz.XZInputStream;

/** Whatever a file is compressed with, what is in flight fits beside what operators keep, in a JVM with 64 MB. */
@Tag("once")
@Tag("P30")
class SmallHeapTest {

    private static final int BYTES_PER_LINE = 80;
    private static final int LINES = 100_000_000 / BYTES_PER_LINE;

    /**
     * For every operator: 24 MB of text. As strings, of 120 bytes each, that is 36 MB: more than the 32 MB that a runner
     * takes of such a heap by default, and more than the heap has room for beside two chunks for each thread, a decoder, and
     * the tables and buffers that are open. So each operator that keeps records goes to disk.
     */
    private static final int LINES_FOR_ALL = 24_000_000 / BYTES_PER_LINE;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"1", "4"})
    void repartitionsAGzipFile(int threads) throws Exception {
        assertRuns(compressed(LINES, "gzip", "-1"), threads, LINES, List.of(SmallHeap.Operator.REPARTITION));
    }

    @Test
    void keepsCopiesOfViews() throws Exception {
        assertKeepsCopiesOfViews(LINES, "-Xmx64m");
    }

    @Test
    @Tag("long")
    void keepsCopiesOfViewsOfLargeFiles() throws Exception {
        assertKeepsCopiesOfViews(6 * LINES, "-Xmx96m");
    }

    private void assertKeepsCopiesOfViews(int lines, String heap) throws Exception {
        List<SmallHeap.Operator> operators =
                List.of(SmallHeap.Operator.RARE_VIEWS, SmallHeap.Operator.RECORDS_OF_VIEWS);
        assertRuns(text(lines), 2, lines, operators, heap);
    }

    static List<Arguments> filesAndThreads() {
        List<Arguments> arguments = new ArrayList<>();
        for (String command : List.of(
                "",
                "gzip -6",
                "bzip2 -9",
                // as much memory as the default of xz asks for, but quickly made
                "xz --lzma2=preset=0,dict=8MiB",
                "zstd -9 --single-thread",
                "lz4 -1")) {
            for (int threads : new int[] {1, 2, 4}) {
                arguments.add(Arguments.of(command, threads));
            }
        }
        return arguments;
    }

    @ParameterizedTest
    @MethodSource("filesAndThreads")
    @Tag("long")
    void runsEveryOperator(String command, int threads) throws Exception {
        Path file = command.isEmpty() ? text(LINES_FOR_ALL) : compressed(LINES_FOR_ALL, command.split(" "));
        assertRuns(file, threads, LINES_FOR_ALL, List.of(SmallHeap.Operator.values()));
    }

    @Test
    @Tag("P16")
    void refusesAnXzFileThatAsksForTooMuch() throws Exception {
        Path text = Files.writeString(directory.resolve("small.txt"), "0 a\n");
        Path file = compress(text, "xz", "-9");
        assertThat(run(file, 1, List.of(SmallHeap.Operator.COUNT), "-Xmx64m"))
                .isEqualTo(file + ": the xz decoder would need 65 MiB of memory, more than the limit of 16 MiB.\n"
                        + "  To read it anyway, raise the limit with codecMemory(...).\n");
    }

    private static void assertRuns(Path file, int threads, int lines, List<SmallHeap.Operator> operators)
            throws IOException, InterruptedException {
        assertRuns(file, threads, lines, operators, "-Xmx64m");
    }

    private static void assertRuns(Path file, int threads, int lines, List<SmallHeap.Operator> operators, String heap)
            throws IOException, InterruptedException {
        String expected = operators.stream()
                .map(operator -> operator + " " + lines + "\n")
                .collect(Collectors.joining());
        assertThat(run(file, threads, operators, heap))
                .as("%s, %s threads", file.getFileName(), threads)
                .isEqualTo(expected);
    }

    private static String run(Path file, int threads, List<SmallHeap.Operator> operators, String heap)
            throws IOException, InterruptedException {
        ChildJvm child = new ChildJvm().with(heap);
        for (Class<?> type : List.of(Zstd.class, XZInputStream.class, Kryo.class)) {
            child.withJarOf(type);
        }
        List<String> arguments = new ArrayList<>(List.of(file.toString(), Integer.toString(threads)));
        operators.forEach(operator -> arguments.add(operator.name()));
        return child.run(SmallHeap.class, arguments.toArray(String[]::new));
    }

    private Path text(int lines) throws IOException {
        Path text = directory.resolve("lines.txt");
        try (Writer out = Files.newBufferedWriter(text)) {
            for (long i = 0; i < lines; i++) {
                String line = Long.toString(10_000_000_000L + i * 7919 % lines).substring(1) + " "
                        + Long.toHexString(i * 0x9e3779b97f4a7c15L);
                out.write(line + " ".repeat(BYTES_PER_LINE - 1 - line.length()) + "\n");
            }
        }
        return text;
    }

    private Path compressed(int lines, String... command) throws Exception {
        return compress(text(lines), command);
    }

    private static Path compress(Path text, String... command) throws Exception {
        Path file = text.resolveSibling(text.getFileName() + "." + command[0]);
        List<String> all = Stream.concat(Stream.of(command), Stream.of("-c", text.toString()))
                .toList();
        try {
            Process process =
                    new ProcessBuilder(all).redirectOutput(file.toFile()).start();
            assumeThat(process.waitFor()).isZero();
        } catch (IOException e) {
            assumeThat(e).as("%s is not installed", command[0]).isNull();
        }
        return file;
    }
}
