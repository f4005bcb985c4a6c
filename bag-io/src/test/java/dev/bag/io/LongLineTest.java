package dev.bag.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.io.parts.TextFormat;
import dev.bag.io.parts.TextPart;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.SourceException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("P13")
class LongLineTest {

    @TempDir
    Path directory;

    @Test
    void isAnErrorWithItsOffset() throws Exception {
        Path file = Files.writeString(directory.resolve("long.txt"), "a\n" + "x".repeat(11) + "\nb\n");
        assertThatThrownBy(() -> Texts.lines(part(file, 10, 1000)))
                .isInstanceOf(SourceException.class)
                .hasMessage(file + ", line 2: the line that begins at byte 2 has more than 10 bytes.\n"
                        + "  If it is meant to be so long, raise the limit with maxLineLength(...).");
    }

    @Test
    void isTheSameErrorHoweverLongTheBufferIs() throws Exception {
        String text =
                "a\n" + "x".repeat(11) + "\r\n" + "y".repeat(10) + "\r\n" + "z".repeat(300) + "\nb\n" + "v".repeat(12);
        List<String> expected = List.of("a", "too long at 2", "yyyyyyyyyy", "too long at 27", "b", "too long at 330");
        Path file = Files.writeString(directory.resolve("long.txt"), text);
        for (int chunkLength = 1; chunkLength < 500; chunkLength++) {
            assertThat(linesAndErrors(part(file, 10, chunkLength)))
                    .as("buffers of %s", chunkLength)
                    .isEqualTo(expected);
        }
    }

    @Test
    void mayBeAsLongAsTheLimit() throws Exception {
        for (String end : List.of("\n", "\r\n", "")) {
            Path file = Files.writeString(directory.resolve("long.txt"), "x".repeat(1000) + end);
            for (int chunkLength = 1; chunkLength < 1100; chunkLength += 7) {
                assertThat(Texts.lines(part(file, 1000, chunkLength))).containsExactly("x".repeat(1000));
            }
        }
    }

    @Test
    void isDroppedUpToItsEndWithAnyLineEnd() throws Exception {
        String text = "x".repeat(50) + "\r" + "y\r\n" + "z".repeat(50) + "\r\nv\r" + "w".repeat(50) + "\r";
        Path file = Files.writeString(directory.resolve("long.txt"), text);
        TextFormat format = new TextFormat(null, null, true, Malformed.REPORT.treatment, 10);
        for (int chunkLength = 1; chunkLength < 200; chunkLength++) {
            assertThat(linesAndErrors(Texts.whole(file, format, chunkLength)))
                    .as("buffers of %s", chunkLength)
                    .containsExactly("too long at 0", "y", "too long at 54", "v", "too long at 108");
        }
    }

    @Test
    void isDroppedUpToALongDelimiter() throws Exception {
        String delimiter = "-------- the next record begins here -------->";
        String text = "x".repeat(300) + delimiter + "y" + delimiter + "z".repeat(11) + delimiter + "v";
        for (String charset : List.of("UTF-8", "UTF-16LE", "UTF-32BE")) {
            byte[] bytes = text.getBytes(Charset.forName(charset));
            int unit = bytes.length / text.length();
            Path file = Files.write(directory.resolve("long.txt"), bytes);
            for (int maxLineBytes = unit; maxLineBytes <= 10 * unit; maxLineBytes++) {
                TextFormat format = new TextFormat(charset, delimiter, false, Malformed.REPORT.treatment, maxLineBytes);
                for (int chunkLength = 1; chunkLength < 500; chunkLength += 13) {
                    assertThat(linesAndErrors(Texts.whole(file, format, chunkLength)))
                            .as("%s, lines of %s, buffers of %s", charset, maxLineBytes, chunkLength)
                            .containsExactly(
                                    "too long at 0",
                                    "y",
                                    "too long at " + (300 + 2 * delimiter.length() + 1) * unit,
                                    "v");
                }
            }
        }
    }

    @Test
    void mayBeShorterThanACharacter() throws Exception {
        Path file = Files.write(directory.resolve("wide.txt"), "ab\ncd\n".getBytes(Charset.forName("UTF-32LE")));
        TextFormat format = new TextFormat("UTF-32LE", null, true, Malformed.REPORT.treatment, 1);
        for (int chunkLength = 1; chunkLength < 40; chunkLength++) {
            assertThat(linesAndErrors(Texts.whole(file, format, chunkLength)))
                    .containsExactly("too long at 0", "too long at 12");
        }
    }

    private static List<String> linesAndErrors(TextPart<String> part) throws Exception {
        List<String> seen = new ArrayList<>();
        try (Chunks<String> chunks = part.open()) {
            for (Chunk<String> chunk = chunks.nextChunk(); chunk != null; chunk = chunks.nextChunk()) {
                String line = "";
                while (line != null) {
                    try {
                        line = chunk.next();
                        if (line != null) {
                            seen.add(line);
                        }
                    } catch (SourceException e) {
                        seen.add("too long at " + e.location().offset().getAsLong());
                    }
                }
            }
        }
        return seen;
    }

    private static TextPart<String> part(Path file, int maxLineBytes, int chunkLength) throws IOException {
        return Texts.whole(
                file, new TextFormat(null, null, false, Malformed.REPORT.treatment, maxLineBytes), chunkLength);
    }
}
