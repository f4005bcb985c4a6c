package dev.bag.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.BagException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Codecs that users install; {@code META-INF/services} of the tests names {@link XorCodec}. */
class CompressionCodecTest {

    @TempDir
    Path directory;

    @Test
    void isFoundByTheContentOfAFile() throws Exception {
        Path file = write("x.dat", "a\nb\n");
        assertThat(TextFiles.read(file).compute()).containsExactly("a", "b");
    }

    @Test
    void isNotAskedAboutText() throws Exception {
        Path file = Files.writeString(directory.resolve("x.xor"), "a\nb\n");
        assertThat(TextFiles.read(file).compute()).containsExactly("a", "b");
        Path none = write("y.dat", "a\n");
        assertThat(TextFiles.options()
                        .compression(Compression.NONE)
                        .malformed(Malformed.REPLACE)
                        .read(none)
                        .compute())
                .first()
                .asString()
                .startsWith("\0XOR");
    }

    @Test
    void failsWithFileAndPlace() throws Exception {
        Path file = write("x.xor", "a\nb!\n");
        assertThatThrownBy(() -> TextFiles.read(file).compute())
                .isInstanceOf(BagException.class)
                .hasMessage(file + ": the xor data are corrupt near byte 8 of 9: java.lang.IllegalStateException: an"
                        + " exclamation mark.");
        Path cut = Files.write(directory.resolve("cut.xor"), new byte[] {0, 'X'});
        assertThatThrownBy(() -> TextFiles.read(cut).compute())
                .isInstanceOf(BagException.class)
                .hasMessageStartingWith(cut + ": the xor stream ends too early, at byte 2 of 2.");
    }

    private Path write(String name, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(XorCodec.SIGNATURE);
        for (byte b : text.getBytes(UTF_8)) {
            bytes.write(~b);
        }
        return Files.write(directory.resolve(name), bytes.toByteArray());
    }
}
