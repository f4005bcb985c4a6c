package dev.bag.io.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.source.SourceException;
import dev.bag.value.Location;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GzipInputTest {

    private static final String CUT_HINT =
            ". The file is cut short.\n" + "  If it is still being written, leave it out.";

    @TempDir
    Path directory;

    private final Random random = new Random(9);

    @Test
    @Tag("P9")
    void readsEveryMember() throws Exception {
        byte[] file = Decompressed.join(gzip("one\n"), gzip(""), gzip("two\n"), gzip("three"));
        assertThat(read(file)).isEqualTo("one\ntwo\nthree");
    }

    @Test
    @Tag("P9")
    void readsFromAChannelThatGivesOneByteAtATimeAndNothingNowAndThen() throws Exception {
        byte[] text = someText(5000);
        byte[] file = Decompressed.join(Decompressed.gzip(text), gzip("two\n"), new byte[100]);
        byte[] expected = Decompressed.join(text, "two\n".getBytes(UTF_8));
        for (int bufferLength : new int[] {1, 3, 1000}) {
            assertThat(Decompressed.read(Path.of("x.gz"), Decompressed.trickle(file), bufferLength))
                    .isEqualTo(expected);
        }
    }

    @Test
    void readsWhatGzipWritesAtEveryLevel() throws Exception {
        byte[] text = someText(300_000);
        for (String level : new String[] {"-1", "-6", "-9"}) {
            Optional<byte[]> file = Decompressed.run(text, "gzip", "-c", level);
            if (file.isPresent()) {
                assertThat(readBytes(file.get())).isEqualTo(text);
            }
        }
    }

    @Test
    void readsHeadersWithAllOptionalFields() throws Exception {
        byte[] plain = gzip("text\n");
        byte[] body = Arrays.copyOfRange(plain, 10, plain.length);
        for (int flags = 0; flags < 0x20; flags++) {
            byte[] header = header(flags);
            assertThat(read(Decompressed.join(header, body)))
                    .as("flags %s", flags)
                    .isEqualTo("text\n");
        }
    }

    @Test
    @Tag("P8")
    void refusesEveryPrefix() throws Exception {
        byte[][] members = {Decompressed.gzip(someText(300)), Decompressed.gzip(someText(2)), gzip("three\n")};
        byte[] file = Decompressed.join(members);
        int first = members[0].length;
        int second = first + members[1].length;
        byte[] text = readBytes(file);
        for (int length = 1; length < file.length; length++) {
            byte[] prefix = Arrays.copyOf(file, length);
            if (length == first || length == second) {
                // Nothing in a whole member says that another one follows.
                assertThat(readBytes(prefix)).isEqualTo(Arrays.copyOf(text, length == first ? 300 : 302));
                continue;
            }
            assertThatThrownBy(() -> readBytes(prefix))
                    .as("cut at %s", length)
                    .isInstanceOfSatisfying(
                            SourceException.class,
                            e -> assertThat(e.location()).isEqualTo(Location.at(path().toString(), prefix.length)))
                    .hasMessageMatching("(?s).*x\\.gz: the gzip stream ends inside a (header|block|trailer), at byte "
                            + length + " of " + length + "\\Q" + CUT_HINT + "\\E");
        }
    }

    @Test
    @Tag("P8")
    void refusesEveryFlippedBitThatMeansSomething() throws Exception {
        byte[] text = someText(2000);
        byte[] header = header(0x1e);
        byte[] plain = Decompressed.gzip(text);
        byte[] withFields = Decompressed.join(header, Arrays.copyOfRange(plain, 10, plain.length));
        for (byte[] file : new byte[][] {plain, withFields}) {
            for (int bit = 0; bit < file.length * 8; bit++) {
                byte[] flipped = file.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                String outcome = outcome(flipped, text);
                assertThat(outcome).as("bit %s of byte %s", bit % 8, bit / 8).isIn("error", "exact");
                if (outcome.equals("exact")) {
                    assertThat(bit / 8).isIn(withoutMeaning(file, file == withFields));
                }
            }
        }
    }

    /** Whether it is text, its time, level and system, unless a header checksum covers them; bits behind the last block. */
    private static Set<Integer> withoutMeaning(byte[] file, boolean headerChecked) {
        int endOfBlocks = file.length - 9;
        return headerChecked ? Set.of(endOfBlocks) : Set.of(3, 4, 5, 6, 7, 8, 9, endOfBlocks);
    }

    private String outcome(byte[] file, byte[] text) throws IOException {
        try {
            return Arrays.equals(Decompressed.read(path(), Decompressed.channel(file), 1000), text) ? "exact" : "wrong";
        } catch (SourceException e) {
            assertThat(e.getMessage()).startsWith(path().toString());
            return "error";
        }
    }

    @Test
    @Tag("P8")
    void readsNoLessThanTheJdkDoes() throws Exception {
        for (int round = 0; round < 200; round++) {
            byte[] file = Decompressed.join(Decompressed.gzip(someText(random.nextInt(500))), gzip("b"));
            byte[] damaged = file.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            byte[] expected;
            try (GZIPInputStream oracle = new GZIPInputStream(new ByteArrayInputStream(damaged))) {
                expected = oracle.readAllBytes();
            } catch (IOException e) {
                continue; // it is stricter about nothing that we let pass; see the other tests
            }
            byte[] seen;
            try {
                seen = readBytes(damaged);
            } catch (SourceException e) {
                continue; // the JDK passes over what follows the first member if it is damaged
            }
            assertThat(seen).isEqualTo(expected);
        }
    }

    @Test
    void acceptsZerosAfterTheLastMember() throws Exception {
        for (int zeros : new int[] {1, 7, 512, 100_000}) {
            assertThat(read(Decompressed.join(gzip("a\n"), gzip("b\n"), new byte[zeros])))
                    .isEqualTo("a\nb\n");
        }
    }

    @Test
    void refusesOtherBytesAfterTheLastMemberUnlessAskedToPassOverThem() throws Exception {
        byte[] member = gzip("a\n");
        for (String trailing : new String[] {"x", "xy", "\0\0x", "\u001f"}) {
            byte[] file = Decompressed.join(member, trailing.getBytes(UTF_8));
            assertThatThrownBy(() -> readBytes(file)).isInstanceOf(SourceException.class);
        }
        byte[] file = Decompressed.join(member, "more".getBytes(UTF_8));
        assertThatThrownBy(() -> readBytes(file))
                .hasMessage(path() + ": bytes that are not gzip follow the compressed data, at byte 22 of 26.\n"
                        + "  Something may have been appended; to pass over it, use ignoreTrailingBytes().");
        Limits limits = new Limits(1000, 1 << 20, false, true);
        assertThat(Decompressed.read(path(), Decompressed.AUTO.withLimits(limits)))
                .isEqualTo("a\n".getBytes(UTF_8));
        Files.write(path(), Decompressed.join(member, "\0\0more".getBytes(UTF_8)));
        assertThat(Decompressed.read(path(), Decompressed.AUTO.withLimits(limits)))
                .isEqualTo("a\n".getBytes(UTF_8));
    }

    @Test
    void tellsWhatIsWrong() throws Exception {
        byte[] file = gzip("text\n");
        assertThatThrownBy(() -> readBytes(changed(file, 2, 7)))
                .hasMessage(
                        path() + ": the gzip data are corrupt at byte 3 of 25: the header names compression method 7"
                                + " instead of 8.");
        assertThatThrownBy(() -> readBytes(changed(file, 3, 0x80)))
                .hasMessage(
                        path() + ": the gzip data are corrupt at byte 4 of 25: the header has a reserved flag set.");
        assertThatThrownBy(() -> readBytes(changed(file, 17, file[17] ^ 1)))
                .hasMessageMatching("(?s).*: the gzip data are corrupt at byte 21 of 25: the checksum is [0-9a-f]{1,8},"
                        + " but [0-9a-f]{1,8} is stored \\(hexadecimal\\)\\.");
        assertThatThrownBy(() -> readBytes(changed(file, 21, 6)))
                .hasMessage(
                        path() + ": the gzip data are corrupt at byte 25 of 25: the length modulo 2^32 is 5, but 6 is"
                                + " stored (hexadecimal).");
        assertThatThrownBy(() -> readBytes(changed(file, 10, 7)))
                .hasMessage(path() + ": the gzip data are corrupt at byte 11 of 25: invalid block type.");
    }

    @Test
    void tellsThatAFileIsNotWhatItsNameSays() throws Exception {
        assertThatThrownBy(() -> readBytes("text\n".getBytes(UTF_8)))
                .isInstanceOf(SourceException.class)
                .hasMessage(path() + ": this is not a gzip file: it begins with 74 65 78 74.\n"
                        + "  If it is text in spite of its name, use compression(Compression.NONE).");
        assertThatThrownBy(() -> readBytes(new byte[0]))
                .isInstanceOf(SourceException.class)
                .hasMessage(path() + ": the file has 0 bytes, which even for no data no gzip file has.\n"
                        + "  It may be cut short; to read it as no records, use allowEmpty().");
        Limits limits = new Limits(1000, 1 << 20, true, false);
        assertThat(Decompressed.read(path(), Decompressed.AUTO.withLimits(limits)))
                .isEmpty();
    }

    @Test
    @Tag("P8")
    void countsAMemberOfMoreThan4GiBModulo2To32() throws Exception {
        byte[] file = Decompressed.gzip(new byte[1000]);
        file[file.length - 1] ^= 1; // as if there were 16 MiB more
        assertThatThrownBy(() -> readBytes(file)).hasMessageContaining("the length modulo 2^32 is 3e8");
    }

    /** A header with optional fields, and a checksum if asked for. */
    static byte[] header(int flags) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, (byte) flags, 1, 2, 3, 4, 0, 3});
        if ((flags & 4) != 0) {
            out.writeBytes(new byte[] {5, 0, 'A', 'p', 1, 0, 0});
        }
        if ((flags & 8) != 0) {
            out.writeBytes("name\0".getBytes(ISO_8859_1));
        }
        if ((flags & 16) != 0) {
            out.writeBytes("a comment\0".getBytes(ISO_8859_1));
        }
        if ((flags & 2) != 0) {
            CRC32 crc = new CRC32();
            crc.update(out.toByteArray());
            out.write((int) crc.getValue());
            out.write((int) crc.getValue() >>> 8);
        }
        return out.toByteArray();
    }

    private static byte[] changed(byte[] file, int index, int value) {
        byte[] changed = file.clone();
        changed[index] = (byte) value;
        return changed;
    }

    private static byte[] gzip(String text) {
        return Decompressed.gzip(text.getBytes(UTF_8));
    }

    /** Neither all alike nor all different, so that it has literals and matches. */
    private byte[] someText(int length) {
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = (byte) ("abc \n".charAt(random.nextInt(5)) + random.nextInt(2) * random.nextInt(20));
        }
        return text;
    }

    private Path path() {
        return directory.resolve("x.gz");
    }

    private String read(byte[] file) throws IOException {
        return new String(readBytes(file), UTF_8);
    }

    private byte[] readBytes(byte[] file) throws IOException {
        Files.write(path(), file);
        return Decompressed.read(path());
    }
}
