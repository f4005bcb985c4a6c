package dev.bag.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.io.codec.Limits;
import dev.bag.io.file.InputFile;
import dev.bag.io.format.TextRecords;
import dev.bag.io.parts.TextFormat;
import dev.bag.io.parts.TextPart;
import dev.bag.io.split.FileSlice;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.SourceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextPartTest {

    @TempDir
    Path directory;

    @Test
    void canBeSentElsewhere() throws Exception {
        Path file = Files.writeString(directory.resolve("a.txt"), "a\nb\nc\n");
        FileSlice piece = new FileSlice(Texts.input(file), 2, 6);
        TextPart<String> part = copy(Texts.part(Texts.format("UTF-8", null, false), 10, piece));
        assertThat(Texts.lines(part)).containsExactly("b", "c");
    }

    @Test
    void canBeReadAgain() throws Exception {
        Path file = Files.writeString(directory.resolve("a.txt"), "a\nb\n");
        TextPart<String> part = Texts.whole(file, TextFormat.DEFAULT, 10);
        assertThat(Texts.lines(part)).containsExactly("a", "b");
        assertThat(Texts.lines(part)).containsExactly("a", "b");
    }

    @Test
    void joinsItsFilesWithoutJoiningTheirLines() throws Exception {
        InputFile a = Texts.input(Files.writeString(directory.resolve("a.txt"), "a"));
        InputFile b = Texts.input(Files.writeString(directory.resolve("b.txt"), ""));
        InputFile c = Texts.input(Files.writeString(directory.resolve("c.txt"), "c\n\n"));
        TextPart<String> part =
                Texts.part(TextFormat.DEFAULT, 10, FileSlice.whole(a), FileSlice.whole(b), FileSlice.whole(c));
        assertThat(Texts.lines(part)).containsExactly("a", "c", "");
    }

    @Test
    @Tag("P8")
    void handsOutTheWholeLinesOfACutFileBeforeItFails() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write("one\ntwo\nthree\n".getBytes(StandardCharsets.UTF_8));
        }
        byte[] cut = Arrays.copyOf(bytes.toByteArray(), bytes.size() - 9);
        Path file = Files.write(directory.resolve("cut.gz"), cut);
        List<String> lines = new ArrayList<>();
        try (Chunks<String> chunks = Texts.whole(file, TextFormat.DEFAULT, 100).open()) {
            Chunk<String> chunk = chunks.nextChunk();
            for (String line = chunk.next(); line != null; line = chunk.next()) {
                lines.add(line);
            }
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(chunks::nextChunk)
                        .isInstanceOf(SourceException.class)
                        .hasMessageContaining("the gzip stream ends inside a block");
            }
        }
        assertThat(lines).isNotEmpty();
        assertThat(List.of("one", "two", "three")).containsAll(lines);
    }

    @Test
    void saysHowManyBytesOfItsFilesWerePassedOver() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write("one\n".getBytes(StandardCharsets.UTF_8));
        }
        bytes.writeBytes("not gzip".getBytes(StandardCharsets.UTF_8));
        FileSlice a = FileSlice.whole(Texts.input(Files.write(directory.resolve("a.gz"), bytes.toByteArray())));
        FileSlice b = FileSlice.whole(Texts.input(Files.writeString(directory.resolve("b.txt"), "two\n")));
        Limits limits = new Limits(1000, 1 << 20, false, true);
        for (String charset : new String[] {"UTF-8", "ISO-2022-JP"}) {
            TextPart<String> part = new TextPart<>(
                    List.of(a, b, a),
                    Texts.format(charset, null, false),
                    Texts.AUTO.withLimits(limits),
                    10,
                    TextRecords::new);
            try (Chunks<String> chunks = part.open()) {
                while (chunks.nextChunk() != null) {
                    // only walked
                }
                assertThat(chunks.bytesPassedOver()).isEqualTo(16);
            }
        }
    }

    @Test
    void saysWhyAFileIsNotCut() {
        assertThat(note("a.txt.gz", TextFormat.DEFAULT)).isEqualTo("a compressed file is read from its beginning on");
        assertThat(note("a.txt", Texts.format("ISO-2022-JP", null, false)))
                .isEqualTo("text in ISO-2022-JP can only be decoded from its beginning on");
        assertThat(note("a.txt", Texts.format("Shift_JIS", "ab", false)))
                .isEqualTo("the bytes of the delimiter can be parts of other characters in Shift_JIS");
        assertThat(note("a.txt", Texts.format("Shift_JIS", "\n", false))).isEmpty();
        assertThat(note("a.txt", Texts.format(null, "--", false))).isEqualTo("the delimiter can overlap itself");
        assertThat(note("a.txt", Texts.format("UTF-16", "--", false))).isEqualTo("the delimiter can overlap itself");
        assertThat(note("a.txt", TextFormat.DEFAULT)).isEmpty();
    }

    @Test
    void handsChunksOverOnlyIfTheyAreIndependent() {
        assertThat(part("a.gz", TextFormat.DEFAULT).pipelined()).isTrue();
        assertThat(part("a.gz", Texts.format("ISO-2022-JP", null, false)).pipelined())
                .isFalse();
        assertThat(part("a.txt", TextFormat.DEFAULT).pipelined()).isFalse();
    }

    private static String note(String name, TextFormat format) {
        return part(name, format).note().orElse("");
    }

    private static TextPart<String> part(String name, TextFormat format) {
        return Texts.part(format, 10, FileSlice.whole(new InputFile(Path.of(name), 100)));
    }

    @SuppressWarnings("unchecked") // it was one of strings
    private static TextPart<String> copy(TextPart<String> part) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(part);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (TextPart<String>) in.readObject();
        }
    }
}
