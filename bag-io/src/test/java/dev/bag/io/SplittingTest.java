package dev.bag.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.io.file.InputFile;
import dev.bag.io.parts.TextFormat;
import dev.bag.io.split.FileSlice;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However a file is cut into partitions and buffers, the partitions joined are the file. */
@Tag("P1")
@Tag("P14")
class SplittingTest {

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @CsvSource(
            nullValues = "-",
            value = {
                // charset, delimiter, any line end, alphabet
                "-, -, false, ab\\n\\r",
                "-, -, true, ab\\n\\r",
                "-, -, false, aé漢😀\\n\\r",
                "-, -, true, aé漢\\n\\r",
                "UTF-8, ab, false, abc\\n",
                "UTF-8, aab, false, ab\\n",
                "UTF-8, é, false, aéè",
                "UTF-8, aa, false, ab",
                "UTF-16LE, -, false, aĊ਀\\n\\r",
                "UTF-16BE, -, true, aĊ਀\\n\\r",
                "UTF-16, ab, false, abĊ",
                "UTF-32LE, -, false, a😀\\n\\r",
                "UTF-32BE, ab, true, ab😀",
                "ISO-8859-1, -, false, aé\\n\\r",
                "windows-1252, é, false, aéè",
                "IBM037, -, false, ab\\n\\r",
                "Shift_JIS, -, false, a漢ソ表\\n\\r",
                "Shift_JIS, A, false, Aアソ表",
                "GB18030, -, true, aé漢😀\\n\\r",
                "Big5, -, false, a漢功\\n\\r",
                "EUC-JP, -, false, a漢ソ\\n\\r",
                "ISO-2022-JP, -, false, a漢ソ\\n\\r",
                "ISO-2022-KR, -, true, a한\\n\\r",
            })
    void neverLosesOrDoublesALine(String charset, String delimiter, boolean anyLineEnd, String alphabet)
            throws Exception {
        boolean universal = anyLineEnd && delimiter == null;
        TextFormat format = Texts.format(charset, delimiter, universal);
        Charset bytes = Charset.forName(charset == null ? "UTF-8" : charset);
        Random random = new Random(charset == null ? 4 : charset.hashCode());
        for (int round = 0; round < 12; round++) {
            String text = randomText(random, alphabet.replace("\\n", "\n").replace("\\r", "\r"), round);
            Path file = Files.write(directory.resolve(round + ".txt"), text.getBytes(bytes));
            List<String> expected = Texts.oracle(text, delimiter, universal);
            int size = (int) Files.size(file);
            for (int blockSize = 1; blockSize <= size + 1; blockSize++) {
                for (int chunkLength = 1; chunkLength <= size + 1; chunkLength++) {
                    assertThat(Texts.lines(file, format, blockSize, chunkLength))
                            .as("%s, blocks of %s, buffers of %s", text, blockSize, chunkLength)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void neverLosesOrDoublesALineForAnySetOfOffsets() throws Exception {
        for (String text : List.of("a\n\r\n\nbc\n", "\n\n\n\n\n\n\n", "abcdefgh", "\r\n\r\na\r\r\n")) {
            Path file = Files.writeString(directory.resolve("offsets.txt"), text);
            InputFile input = Texts.input(file);
            List<String> expected = Texts.oracle(text, null, false);
            for (int set = 0; set < 1 << text.length() - 1; set++) {
                List<Integer> offsets = new ArrayList<>(List.of(0));
                for (int i = 0; i < text.length() - 1; i++) {
                    if ((set & 1 << i) != 0) {
                        offsets.add(i + 1);
                    }
                }
                offsets.add(text.length());
                List<String> lines = new ArrayList<>();
                for (int k = 0; k + 1 < offsets.size(); k++) {
                    FileSlice piece = new FileSlice(input, offsets.get(k), offsets.get(k + 1));
                    lines.addAll(Texts.lines(Texts.part(Texts.format(null, null, false), 3, piece)));
                }
                assertThat(lines).as("%s at %s", text, offsets).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"UTF-8, 3", "UTF-16LE, 2", "UTF-16BE, 2", "UTF-32LE, 4", "UTF-32BE, 4"})
    void removesAByteOrderMarkHoweverTheFileIsCut(String charset, int markLength) throws Exception {
        String text = "\ufeffa\n\n\ufeffb\r\nc";
        Path file = Files.write(directory.resolve("mark.txt"), text.getBytes(Charset.forName(charset)));
        List<String> expected = List.of("a", "", "\ufeffb", "c");
        for (int blockSize = 1; blockSize <= Files.size(file); blockSize++) {
            assertThat(Texts.lines(file, TextFormat.DEFAULT, blockSize, 4)).isEqualTo(expected);
            assertThat(Texts.lines(file, Texts.format(charset, null, false), blockSize, 4))
                    .isEqualTo(expected);
        }
        Path mark = Files.write(directory.resolve("only.txt"), "\ufeff".getBytes(Charset.forName(charset)));
        assertThat(Files.size(mark)).isEqualTo(markLength);
        assertThat(Texts.lines(mark, TextFormat.DEFAULT, 1, 1)).isEmpty();
    }

    @Test
    void doesNotDependOnTheLengthOfABufferInALongerFile() throws Exception {
        Random random = new Random(5);
        String text = randomText(random, "abcdefghijklmnopqrstuvwxyzé\n\r", 3000);
        Path file = Files.writeString(directory.resolve("long.txt"), text);
        List<String> expected = Texts.oracle(text, null, false);
        for (int chunkLength = 1; chunkLength < 200; chunkLength++) {
            assertThat(Texts.lines(file, TextFormat.DEFAULT, 1000, chunkLength)).isEqualTo(expected);
        }
    }

    @Test
    void readsChunksInAnyOrderOnceTheyAreDetached() throws Exception {
        String text = randomText(new Random(6), "abcdef\n", 2000);
        Path file = Files.writeString(directory.resolve("detached.txt"), text);
        for (int chunkLength : new int[] {1, 10, 100, 1000}) {
            List<Chunk<String>> detached = new ArrayList<>();
            try (Chunks<String> chunks =
                    Texts.whole(file, TextFormat.DEFAULT, chunkLength).open()) {
                for (Chunk<String> chunk = chunks.nextChunk(); chunk != null; chunk = chunks.nextChunk()) {
                    chunk.detach();
                    detached.add(chunk);
                }
            }
            List<List<String>> lines = new ArrayList<>();
            for (int i = detached.size() - 1; i >= 0; i--) {
                lines.add(0, drain(detached.get(i)));
                detached.get(i).release();
            }
            assertThat(lines.stream().flatMap(List::stream)).isEqualTo(Texts.oracle(text, null, false));
        }
    }

    @Test
    void keepsDetachedChunksWhileOthersAreReleased() throws Exception {
        String text = randomText(new Random(7), "abcdef\n", 5000);
        Path file = Files.writeString(directory.resolve("recycled.txt"), text);
        List<String> lines = new ArrayList<>();
        List<Chunk<String>> inFlight = new ArrayList<>();
        try (Chunks<String> chunks = Texts.whole(file, TextFormat.DEFAULT, 50).open()) {
            int number = 0;
            for (Chunk<String> chunk = chunks.nextChunk(); chunk != null; chunk = chunks.nextChunk()) {
                if (number++ % 3 != 0) {
                    chunk.detach();
                    inFlight.add(chunk);
                } else {
                    inFlight.add(chunk);
                    for (Chunk<String> each : inFlight) {
                        lines.addAll(drain(each));
                        each.release();
                    }
                    inFlight.clear();
                }
            }
        }
        for (Chunk<String> each : inFlight) {
            lines.addAll(drain(each));
        }
        assertThat(lines).isEqualTo(Texts.oracle(text, null, false));
    }

    private static List<String> drain(Chunk<String> chunk) throws Exception {
        List<String> lines = new ArrayList<>();
        for (String line = chunk.next(); line != null; line = chunk.next()) {
            lines.add(line);
        }
        return lines;
    }

    private static String randomText(Random random, String alphabet, int length) {
        int[] characters = alphabet.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        IntStream.range(0, length).forEach(i -> text.appendCodePoint(characters[random.nextInt(characters.length)]));
        return text.toString();
    }
}
