package dev.bag.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.io.parts.TextFormat;
import dev.bag.io.parts.TextPart;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.SourceException;
import dev.bag.value.Location;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("P14")
class MalformedTest {

    private static final String HINT =
            "\n  Read it with the right charset(...), or with malformed(Malformed.REPLACE) or"
                    + " malformed(Malformed.SKIP).";

    @TempDir
    Path directory;

    @Test
    void isAnErrorWithLineOffsetAndBytes() throws Exception {
        Path file = write("fine\nbroken \u00c3(x\nfine, too\n");
        assertThatThrownBy(() -> Texts.lines(whole(file, Malformed.REPORT)))
                .isInstanceOfSatisfying(
                        SourceException.class,
                        e -> assertThat(e.location()).isEqualTo(Location.at(file.toString(), 2, 5)))
                .hasMessage(file + ", line 2: not UTF-8: c3, followed by 28 78, at byte 12." + HINT);
    }

    @Test
    void doesNotEndTheChunk() throws Exception {
        Path file = write("a\n\u00ff\nb\n");
        List<String> seen = new ArrayList<>();
        try (Chunks<String> chunks = whole(file, Malformed.REPORT).open()) {
            Chunk<String> chunk = chunks.nextChunk();
            seen.add(chunk.next());
            assertThatThrownBy(chunk::next).isInstanceOf(SourceException.class);
            seen.add(chunk.next());
            seen.add(chunk.next());
        }
        assertThat(seen).containsExactly("a", "b", null);
    }

    @Test
    void isReplacedOrSkippedIfAsked() throws Exception {
        Path file = write("a\n\u00c3(\n\u00ff\u00ff\nb");
        assertThat(Texts.lines(whole(file, Malformed.REPLACE))).containsExactly("a", "\ufffd(", "\ufffd\ufffd", "b");
        assertThat(Texts.lines(whole(file, Malformed.SKIP))).containsExactly("a", "b");
    }

    @Test
    void isNotTheReplacementCharacterItself() throws Exception {
        Path file = Files.writeString(directory.resolve("replacement.txt"), "a\ufffdb\n");
        assertThat(Texts.lines(whole(file, Malformed.REPORT))).containsExactly("a\ufffdb");
        assertThat(Texts.lines(whole(file, Malformed.SKIP))).containsExactly("a\ufffdb");
    }

    @ParameterizedTest
    @CsvSource({
        // overlong, a surrogate, above U+10FFFF, a lone continuation, cut sequences of 2, 3 and 4 bytes
        "c0 80",
        "e0 80 80",
        "ed a0 80",
        "f4 90 80 80",
        "80",
        "c3",
        "e6 bc",
        "f0 9f 98",
        "fe",
        "61 e6 bc",
    })
    void isWhatTheStrictDecoderRefuses(String hex) throws Exception {
        for (int before = 0; before < 12; before++) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write("x".repeat(before).getBytes(StandardCharsets.UTF_8));
            for (String b : hex.split(" ")) {
                bytes.write(Integer.parseInt(b, 16));
            }
            bytes.write("\nnext\n".getBytes(StandardCharsets.UTF_8));
            Path file = Files.write(directory.resolve("bad.txt"), bytes.toByteArray());
            assertThatThrownBy(() -> Texts.lines(whole(file, Malformed.REPORT)))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("line 1: not UTF-8: ");
            assertThat(Texts.lines(whole(file, Malformed.SKIP))).containsExactly("next");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "US-ASCII, 'not US-ASCII: e9, at byte 2'",
        "UTF-16LE, 'not UTF-16LE: 3d d8 61 00, at byte 4'",
        "Shift_JIS, 'not Shift_JIS: 80, followed by 78, at byte 2'",
        "ISO-2022-JP, 'not ISO-2022-JP: 80, followed by 78 0a 62, at byte 2'",
    })
    void isFoundInEveryCharset(String charset, String told) throws Exception {
        byte[] bad = switch (charset) {
            case "US-ASCII" -> bytes("a\n\u00e9\nb\n");
            case "UTF-16LE" -> "a\n\ud83da\nb\n".getBytes(Charset.forName("UTF-16LE"));
            default -> bytes("a\n\u0080x\nb\n");
        };
        if (charset.equals("UTF-16LE")) {
            bad[4] = 0x3d; // the encoder has put a question mark
            bad[5] = (byte) 0xd8;
        }
        Path file = Files.write(directory.resolve("bad.txt"), bad);
        assertThatThrownBy(() -> Texts.lines(part(file, charset, Malformed.REPORT)))
                .isInstanceOf(SourceException.class)
                .hasMessage(file + ", line 2: " + told + "." + HINT);
        assertThat(Texts.lines(part(file, charset, Malformed.SKIP))).containsExactly("a", "b");
    }

    @Test
    void refusesACharsetThatContradictsTheByteOrderMark() throws Exception {
        Path file = Files.write(directory.resolve("mark.txt"), "\ufeffa\n".getBytes(StandardCharsets.UTF_16LE));
        assertThatThrownBy(() -> Texts.lines(part(file, "UTF-8", Malformed.REPORT)))
                .isInstanceOf(SourceException.class)
                .hasMessage(file + ": the file begins with the byte order mark of UTF-16LE, but charset(UTF-8) is asked"
                        + " for.\n  Leave charset(...) out: the mark decides. If these bytes are text, say so with"
                        + " otherMarksAreText() of TextFiles.options().");
        assertThat(Texts.lines(part(file, "UTF-16", Malformed.REPORT))).containsExactly("a");
        byte[] longer = "\ufeffa\n".getBytes(Charset.forName("UTF-32LE"));
        Path other = Files.write(directory.resolve("other.txt"), longer);
        assertThatThrownBy(() -> Texts.lines(part(other, "UTF-8", Malformed.REPORT)))
                .hasMessageContaining("the byte order mark of UTF-32LE,");
    }

    @Test
    void takesTheMarkOfAnotherCharsetForText() throws Exception {
        String file = Files.write(directory.resolve("mark.txt"), bytes("\u00ef\u00bb\u00bfa\nb\n"))
                .toString();
        TextReadOptions latin1 = TextFiles.options().charset(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> latin1.read(file).compute()).hasMessageContaining("otherMarksAreText()");
        assertThat(latin1.otherMarksAreText().read(file).compute()).containsExactly("\u00ef\u00bb\u00bfa", "b");
        assertThat(TextFiles.options().otherMarksAreText().read(file).compute()).containsExactly("a", "b");
    }

    private Path write(String latin1) throws IOException {
        return Files.write(directory.resolve("bad.txt"), bytes(latin1));
    }

    private static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static TextPart<String> whole(Path file, Malformed malformed) throws IOException {
        return part(file, null, malformed);
    }

    private static TextPart<String> part(Path file, String charset, Malformed malformed) throws IOException {
        return Texts.whole(file, new TextFormat(charset, null, false, malformed.treatment, Texts.MAX_LINE), 1000);
    }
}
