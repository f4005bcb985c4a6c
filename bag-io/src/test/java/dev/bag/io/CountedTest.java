package dev.bag.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.io.parts.TextFormat;
import dev.bag.io.parts.TextPart;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.SourceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines that are counted, not read: as many as are read, with the same errors at the same places. */
@Tag("P14")
class CountedTest {

    private static final List<byte[]> PIECES = List.of(
            bytes("a"),
            bytes("\n"),
            bytes("\r\n"),
            bytes("0123456789"),
            bytes("é漢"),
            bytes("\ufffd"),
            new byte[] {(byte) 0xc3},
            new byte[] {(byte) 0xff, '('});

    @TempDir
    Path directory;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Lines until the end or an error, which is the last of them: each read, or {@code read} of a chunk and the rest counted. */
    private static List<String> lines(TextPart<String> part, int read) throws Exception {
        List<String> lines = new ArrayList<>();
        try (Chunks<String> chunks = part.open()) {
            for (Chunk<String> chunk = chunks.nextChunk(); chunk != null; chunk = chunks.nextChunk()) {
                int inChunk = 0;
                for (String line = chunk.next(); line != null; line = chunk.next()) {
                    lines.add("line");
                    long rest = ++inChunk == read ? chunk.countRest() : -1;
                    for (long i = 0; i < rest; i++) {
                        lines.add("line");
                    }
                }
            }
        } catch (SourceException e) {
            lines.add(e.getMessage());
        }
        return lines;
    }

    private static long counted(TextPart<String> part) throws Exception {
        long counted = 0;
        try (Chunks<String> chunks = part.open()) {
            for (Chunk<String> chunk = chunks.nextChunk(); chunk != null; chunk = chunks.nextChunk()) {
                long rest = chunk.countRest();
                counted += Math.max(0, rest);
                while (rest < 0 && chunk.next() != null) {
                    counted++;
                }
                assertThat(chunk.next()).isNull();
            }
        }
        return counted;
    }

    @Test
    void areAsManyAsAreReadWithTheSameErrors() throws Exception {
        Random random = new Random(1);
        for (int round = 0; round < 400; round++) {
            Path file = file(random, 2 + round % (PIECES.size() - 1));
            for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.US_ASCII, Charset.forName("GBK"))) {
                for (Malformed malformed : Malformed.values()) {
                    TextFormat format = new TextFormat(
                            charset.name(), null, false, malformed.treatment, round % 2 == 0 ? 1_000 : 12);
                    TextPart<String> part = Texts.whole(file, format, 1 + random.nextInt(80));
                    List<String> expected = lines(part, 0);
                    for (int read = 1; read < 4; read++) {
                        assertThat(lines(part, read))
                                .as(
                                        "%s %s of %s",
                                        charset,
                                        malformed,
                                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                                .isEqualTo(expected);
                    }
                    if (expected.isEmpty() || expected.get(expected.size() - 1).equals("line")) {
                        assertThat(counted(part)).isEqualTo(expected.size());
                    }
                }
            }
        }
    }

    @Test
    void areCountedByCount() throws IOException {
        Path file = Files.writeString(directory.resolve("counted.txt"), "a\né\n\nb");
        assertThat(TextFiles.read(file.toString()).count().compute()).isEqualTo(4);
        assertThat(TextFiles.read(file.toString(), file.toString())
                        .named("lines")
                        .count()
                        .compute())
                .isEqualTo(8);
        assertThat(TextFiles.read(file.toString()).limit(2).count().compute()).isEqualTo(2);
    }

    private Path file(Random random, int kinds) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int i = random.nextInt(60); i > 0; i--) {
            text.writeBytes(PIECES.get(random.nextInt(kinds)));
        }
        return Files.write(directory.resolve("text.txt"), text.toByteArray());
    }
}
