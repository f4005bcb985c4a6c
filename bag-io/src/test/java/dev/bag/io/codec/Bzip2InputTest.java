package dev.bag.io.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.bag.io.file.ByteInput;
import dev.bag.io.file.FileBytes;
import dev.bag.io.file.InputFile;
import dev.bag.io.file.Numbers;
import dev.bag.io.units.UnitCodec;
import dev.bag.io.units.Units;
import dev.bag.source.SourceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bzip2 against two other decoders: the program, and commons-compress. */
@Tag("P8")
class Bzip2InputTest {

    private static final Path PATH = Path.of("x.bz2");
    private static final Limits PASS_OVER = new Limits(1000, 1 << 20, false, true);

    private final Random random = new Random(12);

    @Test
    void readsTextsOfEveryLevelAndAroundTheBordersOfBlocks() throws Exception {
        for (int level = 1; level <= 9; level++) {
            int block = level * 100_000 - 19;
            int[] lengths = {0, 1, 5, level == 1 || level == 9 ? block : 1000, level == 1 || level == 4 ? block + 1 : 70
            };
            for (int length : lengths) {
                byte[] text = level % 2 == 0 ? randomBytes(length) : words(length);
                assertThat(read(compress(text, level)))
                        .as("%s bytes, level %s", length, level)
                        .isEqualTo(text);
            }
        }
    }

    @Test
    void readsWhatTheProgramWrites() throws Exception {
        for (byte[] text : List.of(words(920_000), randomBytes(5000), new byte[0], new byte[3_000_000])) {
            byte[] file = program(text, "-c");
            assertThat(read(file)).isEqualTo(text);
            byte[] files = Decompressed.join(file, program(text, "-1c"), program(words(50), "-5c"), file);
            assertThat(read(files)).isEqualTo(program(files, "-dc"));
        }
    }

    @Test
    void readsRunsOfEveryLength() throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int length = 1; length <= 600; length++) {
            text.writeBytes("x".repeat(length).getBytes(UTF_8));
            text.write('y');
            byte[] alone = new byte[length];
            Arrays.fill(alone, (byte) length);
            if (length <= 10 || length % 20 < 2 || length > 250 && length < 270) {
                byte[] file = compress(alone, 1);
                assertThat(read(file)).isEqualTo(alone);
                assertThat(Decompressed.read(PATH, Decompressed.trickle(file), 1))
                        .isEqualTo(alone);
            }
        }
        assertThat(read(compress(text.toByteArray(), 9))).isEqualTo(text.toByteArray());
    }

    @Test
    void readsTextsThatRepeatThemselves() throws Exception {
        for (String part : List.of("a", "ab", "abc", "a line\n", "0123456789".repeat(100))) {
            for (int times : new int[] {1, 2, 3, 100, 120_000 / part.length()}) {
                byte[] text = part.repeat(times).getBytes(UTF_8);
                assertThat(read(compress(text, 1))).isEqualTo(text);
            }
        }
    }

    @Test
    void readsAsOthersDoWhateverTheSymbolsAre() throws Exception {
        for (int round = 0; round < 300; round++) {
            byte[] symbols = randomBytes(1 + random.nextInt(round < 10 ? 20_000 : 300));
            for (int i = 0; i < symbols.length; i++) {
                symbols[i] = symbols[i] == -1 || round % 3 == 0 && i % 7 < 3 ? (byte) (i % 2) : symbols[i];
            }
            CraftedBlock.Crafted crafted = CraftedBlock.file(symbols);
            assertThat(read(crafted.file())).isEqualTo(crafted.text());
            assertThat(commonsCompress(crafted.file())).isEqualTo(crafted.text());
        }
    }

    @Test
    void readsRandomisedBlocks() throws Exception {
        for (int length : new int[] {1, 600, 617, 618, 619, 2000, 90_000}) {
            // Every second byte is another one, so that no run is shortened.
            byte[] text = words(length);
            for (int i = 0; i < length; i += 2) {
                text[i] = (byte) (100 + 4 * (i / 2 % 7));
            }
            byte[] stored = text.clone();
            flipAsOldVersionsDid(stored);
            byte[] file = compress(stored, 1);
            int checksum = CraftedBlock.checksum(text);
            for (int i = 0; i < 4; i++) {
                file[10 + i] = (byte) (checksum >>> 24 - 8 * i);
            }
            file[14] |= (byte) 0x80;
            writeStreamChecksum(file, checksum);
            assertThat(program(file, "-dc")).as("%s bytes", length).isEqualTo(text);
            assertThat(read(file)).as("%s bytes", length).isEqualTo(text);
        }
    }

    /** By the table of commons-compress. */
    private static void flipAsOldVersionsDid(byte[] bytes) throws ReflectiveOperationException {
        Class<?> table = Class.forName("org.apache.commons.compress.compressors.bzip2.Rand");
        java.lang.reflect.Method number = table.getDeclaredMethod("rNums", int.class);
        number.setAccessible(true);
        int index = 0;
        int left = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (left == 0) {
                left = (int) number.invoke(null, index);
                index = (index + 1) % 512;
            }
            left--;
            bytes[i] ^= (byte) (left == 1 ? 1 : 0);
        }
    }

    /** It stands behind the last 48 bits that begin with 0x177245385090, at any bit. */
    private static void writeStreamChecksum(byte[] file, int checksum) {
        for (int bit = 8 * file.length - 80; bit > 8 * file.length - 88; bit--) {
            long end = 0;
            for (int i = bit; i < bit + 48; i++) {
                end = end << 1 | file[i >> 3] >> (7 - (i & 7)) & 1;
            }
            for (int i = 0; end == 0x1772_4538_5090L && i < 32; i++) {
                int at = bit + 48 + i;
                file[at >> 3] &= (byte) ~(0x80 >> (at & 7));
                file[at >> 3] |= (byte) ((checksum >>> 31 - i & 1) << 7 - (at & 7));
            }
        }
    }

    @Test
    void refusesEveryPrefixOfSeveralStreams() throws Exception {
        byte[] first = compress(words(200), 9);
        byte[] file = Decompressed.join(first, compress(new byte[0], 1), compress(words(90), 2));
        List<Integer> whole = List.of(first.length, first.length + 14, file.length);
        for (int length = 1; length <= file.length; length++) {
            byte[] prefix = Arrays.copyOf(file, length);
            if (whole.contains(length)) {
                assertThat(read(prefix)).isEqualTo(commonsCompress(prefix));
            } else {
                String size = Numbers.grouped(length);
                assertThatThrownBy(() -> read(prefix))
                        .as("cut at %s of %s", length, file.length)
                        .isInstanceOf(SourceException.class)
                        .hasMessageMatching("x.bz2: the bzip2 stream ends inside a (header|block|trailer), at byte "
                                + size + " of " + size + "\\. The file is cut short\\.\n.*");
            }
        }
    }

    @Test
    void refusesEveryFlippedBitOfSeveralStreamsOrReadsTheSame() throws Exception {
        byte[] text = words(600);
        byte[] file = Decompressed.join(
                compress(Arrays.copyOf(text, 250), 1), compress(Arrays.copyOfRange(text, 250, 600), 1));
        List<Integer> harmless = new ArrayList<>();
        for (int bit = 0; bit < 8 * file.length; bit++) {
            byte[] flipped = file.clone();
            flipped[bit / 8] ^= (byte) (0x80 >> bit % 8);
            try {
                assertThat(read(flipped)).as("bit %s", bit).isEqualTo(text);
                harmless.add(bit);
            } catch (SourceException e) {
                assertThat(e.getMessage()).startsWith("x.bz2: ");
            }
        }
        // Digits of headers, and codes and selectors that are not used.
        assertThat(harmless).hasSizeLessThan(60);
    }

    @Test
    void refusesBytesChangedAtRandomOrReadsTheSame() throws Exception {
        byte[] text = words(3000);
        byte[] file = compress(text, 1);
        for (int round = 0; round < 1000; round++) {
            byte[] changed = file.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                changed[14 + random.nextInt(file.length - 14)] = (byte) random.nextInt();
            }
            try {
                assertThat(read(changed)).isEqualTo(text);
            } catch (SourceException e) {
                assertThat(e.getMessage()).startsWith("x.bz2: ");
            }
        }
    }

    @Test
    void refusesABlockThatIsLongerThanTheHeaderSays() throws Exception {
        byte[] file = compress(randomBytes(150_000), 2);
        assertThat(read(file)).hasSize(150_000);
        file[3] = '1';
        assertThatThrownBy(() -> read(file))
                .hasMessageMatching("x.bz2: the bzip2 data are corrupt at byte [0-9,]+ of [0-9,]+: a block has more"
                        + " than 100000 bytes\\.");
    }

    @Test
    void saysWhichChecksumIsWrong() throws Exception {
        byte[] block = compress(words(100), 1);
        block[10] ^= 1;
        assertThatThrownBy(() -> read(block))
                .hasMessageMatching(
                        "x.bz2: the bzip2 data are corrupt at byte [0-9]+ of [0-9]+: the checksum of a block"
                                + " is [0-9a-f]+, but [0-9a-f]+ is stored \\(hexadecimal\\)\\.");
        byte[] stream = compress(words(100), 1);
        stream[stream.length - 2] ^= 1;
        assertThatThrownBy(() -> read(stream))
                .hasMessageMatching(
                        "x.bz2: the bzip2 data are corrupt at byte [0-9]+ of [0-9]+: the checksum of a stream"
                                + " is [0-9a-f]+, but [0-9a-f]+ is stored \\(hexadecimal\\)\\.");
    }

    @Test
    void failsAgainWhenReadAgain() throws Exception {
        byte[] file = compress(words(100), 1);
        file[10] ^= 1;
        try (FileBytes bytes = open(file)) {
            ByteInput input = new Bzip2Input(bytes, Limits.DEFAULT, Long.MAX_VALUE);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> input.read(new byte[10], 0, 10)).isInstanceOf(SourceException.class);
            }
            input.close();
        }
    }

    @Test
    void takesZerosBehindTheLastStreamAndNothingElse() throws Exception {
        byte[] text = words(100);
        byte[] file = compress(text, 1);
        for (int zeros : new int[] {1, 511, 70_000}) {
            assertThat(read(Decompressed.join(file, new byte[zeros]))).isEqualTo(text);
        }
        byte[] more = Decompressed.join(file, new byte[3], "more".getBytes(UTF_8));
        assertThatThrownBy(() -> read(more))
                .hasMessage("x.bz2: bytes that are not bzip2 follow the compressed data, at byte "
                        + (file.length + 3) + " of " + more.length
                        + ".\n  Something may have been appended; to pass over it, use ignoreTrailingBytes().");
    }

    @Test
    void passesOverOtherBytesIfAskedTo() throws Exception {
        byte[] text = words(100);
        byte[] file = compress(text, 1);
        for (int length : new int[] {4, 5, 100, 65_530, 65_536, 70_000}) {
            byte[] garbage = randomBytes(length);
            garbage[0] = 'x';
            try (FileBytes bytes = open(Decompressed.join(file, garbage))) {
                assertThat(all(new Bzip2Input(bytes, PASS_OVER, Long.MAX_VALUE)))
                        .isEqualTo(text);
                assertThat(bytes.bytesPassedOver()).isEqualTo(length);
            }
            byte[] block = Decompressed.join(file, garbage, Arrays.copyOf(file, 30));
            int begin = file.length + length + 4;
            try (FileBytes bytes = open(block)) {
                Bzip2Input input = new Bzip2Input(bytes, PASS_OVER, Long.MAX_VALUE);
                assertThatThrownBy(() -> all(input))
                        .hasMessage("x.bz2: another bzip2 block follows, at byte " + Numbers.grouped(begin) + " of "
                                + Numbers.grouped(block.length) + ", behind bytes that are not bzip2, from byte "
                                + Numbers.grouped(file.length) + " on. Passing over them would lose it.\n"
                                + "  The program bzip2recover writes each block of a file to a file of its own.");
            }
        }
    }

    @Test
    void knowsWithWhichBytesATextDoesNotBegin() throws Exception {
        UnitCodec units = Units.of(BuiltInCodec.BZIP2);
        byte[] words = compress("some words\n".getBytes(UTF_8), 9);
        byte[] mark = compress("\ufeffsome words\n".getBytes(UTF_8), 9);
        byte[] tiny = Decompressed.join(compress(new byte[] {-1}, 9), compress(new byte[] {-2}, 9));
        byte[] empty = Decompressed.join(compress(new byte[0], 9), tiny);
        assertThat(units.mayBeginWith(open(words), 0xff, 0xfe)).isFalse();
        assertThat(units.mayBeginWith(open(words), 0xef, 0xbb, 0xbf)).isFalse();
        assertThat(units.mayBeginWith(open(mark), 0xef, 0xbb, 0xbf)).isTrue();
        assertThat(units.mayBeginWith(open(mark), 0xff, 0xfe)).isFalse();
        assertThat(units.mayBeginWith(open(tiny), 0xff, 0xfe)).isTrue();
        assertThat(units.mayBeginWith(open(empty), 0xff, 0xfe)).isTrue();
        assertThat(units.mayBeginWith(open(Arrays.copyOf(words, 20)), 0xff, 0xfe))
                .isTrue();
    }

    static byte[] compress(byte[] text, int level) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (BZip2CompressorOutputStream bzip2 = new BZip2CompressorOutputStream(file, level)) {
            bzip2.write(text);
        }
        return file.toByteArray();
    }

    private static byte[] program(byte[] input, String option) throws IOException, InterruptedException {
        byte[] output = Decompressed.run(input, "bzip2", option).orElse(null);
        assumeThat(output).as("the program bzip2").isNotNull();
        return output;
    }

    private static byte[] commonsCompress(byte[] file) throws IOException {
        return new BZip2CompressorInputStream(new ByteArrayInputStream(file), true).readAllBytes();
    }

    private static FileBytes open(byte[] file) throws IOException {
        return new FileBytes(new InputFile(PATH, file.length), Decompressed.channel(file));
    }

    private static byte[] read(byte[] file) throws IOException {
        return Decompressed.read(PATH, Decompressed.channel(file), 10_000);
    }

    private static byte[] all(ByteInput input) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[1000];
        for (int n = input.read(buffer, 0, 1000); n >= 0; n = input.read(buffer, 0, 1000)) {
            all.write(buffer, 0, n);
        }
        return all.toByteArray();
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] words(int length) {
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = (byte) ("the cat \n".charAt(random.nextInt(9)) + random.nextInt(2) * random.nextInt(3));
        }
        return text;
    }
}
