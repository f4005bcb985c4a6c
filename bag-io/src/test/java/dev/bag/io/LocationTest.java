package dev.bag.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.io.file.InputFile;
import dev.bag.io.parts.TextFormat;
import dev.bag.io.parts.TextPart;
import dev.bag.io.split.FileSlice;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.value.Location;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a record was is told right wherever the file was cut, although nobody counts lines while reading. */
class LocationTest {

    @TempDir
    Path directory;

    private final Random random = new Random(8);

    @Test
    void tellsLineAndOffsetOfEveryRecordOfEveryPiece() throws Exception {
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)) {
            for (boolean anyLineEnd : new boolean[] {false, true}) {
                TextFormat format = Texts.format(charset.name(), null, anyLineEnd);
                String text = text(40);
                Path file = Files.write(directory.resolve("plain.txt"), text.getBytes(charset));
                InputFile input = Texts.input(file);
                List<Location> expected = expected(file, text, anyLineEnd, charset);
                for (int pieces = 1; pieces < 12; pieces++) {
                    List<Location> told = new ArrayList<>();
                    for (int k = 0; k < pieces; k++) {
                        FileSlice piece = new FileSlice(
                                input, input.byteCount() * k / pieces, input.byteCount() * (k + 1) / pieces);
                        told.addAll(locations(Texts.part(format, 7, piece), 0));
                    }
                    assertThat(told).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void tellsOffsetsInTheDecompressedText() throws Exception {
        String text = text(3000);
        Path file = directory.resolve("text.gz");
        Files.write(file, gzip(text));
        List<Location> expected = expected(file, text, false, StandardCharsets.UTF_8);
        assertThat(locations(Texts.whole(file, TextFormat.DEFAULT, 100), 0)).isEqualTo(expected);
    }

    @Test
    void tellsTheSameForDetachedChunksWhoeverIsDoneFirst() throws Exception {
        String text = text(3000);
        Path file = directory.resolve("text.gz");
        Files.write(file, gzip(text));
        List<Location> expected = expected(file, text, false, StandardCharsets.UTF_8);
        for (int inFlight = 1; inFlight < 20; inFlight += 3) {
            assertThat(locations(Texts.whole(file, TextFormat.DEFAULT, 100), inFlight))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void countsChunksThatNobodyWalked() throws Exception {
        String text = text(1000);
        Path file = Files.writeString(directory.resolve("plain.txt"), text);
        List<Location> expected = expected(file, text, false, StandardCharsets.UTF_8);
        try (Chunks<String> chunks = Texts.whole(file, TextFormat.DEFAULT, 50).open()) {
            List<Location> last = new ArrayList<>();
            for (Chunk<String> chunk = chunks.nextChunk(); chunk != null; chunk = chunks.nextChunk()) {
                if (random.nextBoolean()) {
                    chunk.next();
                    last.add(chunk.location().orElseThrow());
                }
            }
            assertThat(expected).containsAll(last);
        }
    }

    @Test
    void tellsTheOffsetEvenIfTheFileHasGone() throws Exception {
        Path file = Files.writeString(directory.resolve("gone.txt"), "a\nb\nc\nd\n");
        InputFile input = Texts.input(file);
        try (Chunks<String> chunks =
                Texts.part(TextFormat.DEFAULT, 7, new FileSlice(input, 4, 8)).open()) {
            Chunk<String> chunk = chunks.nextChunk();
            chunk.next();
            Files.delete(file);
            assertThat(chunk.location()).contains(Location.at(file.toString(), 4));
        }
    }

    /** The locations of all records; {@code inFlight} chunks are walked together, the last one first. */
    private static List<Location> locations(TextPart<String> part, int inFlight) throws Exception {
        List<Location> locations = new ArrayList<>();
        List<Chunk<String>> waiting = new ArrayList<>();
        try (Chunks<String> chunks = part.open()) {
            for (Chunk<String> chunk = chunks.nextChunk(); chunk != null; chunk = chunks.nextChunk()) {
                if (inFlight > 0) {
                    chunk.detach();
                }
                waiting.add(chunk);
                while (waiting.size() > inFlight) {
                    walk(waiting.remove(waiting.size() - 1), locations);
                }
            }
        }
        for (Chunk<String> chunk : waiting) {
            walk(chunk, locations);
        }
        return locations;
    }

    private static void walk(Chunk<String> chunk, List<Location> locations) throws Exception {
        while (chunk.next() != null) {
            locations.add(chunk.location().orElseThrow());
        }
        chunk.release();
    }

    private static List<Location> expected(Path file, String text, boolean anyLineEnd, Charset charset) {
        List<Location> expected = new ArrayList<>();
        int begin = 0;
        while (begin < text.length()) {
            long offset = text.substring(0, begin).getBytes(charset).length;
            expected.add(Location.at(file.toString(), expected.size() + 1, offset));
            String rest = text.substring(begin);
            int first = Texts.oracle(rest, null, anyLineEnd).get(0).length();
            begin += rest.startsWith("\r\n", first) ? first + 2 : first + 1;
        }
        return expected;
    }

    private String text(int length) {
        return random.ints(length, 0, 6)
                .mapToObj(i -> new String[] {"a", "é", "b", "\n", "\r\n", "\r"}[i])
                .reduce("", String::concat);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
