package dev.bag.io.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.bag.io.file.FileBytes;
import dev.bag.io.file.InputFile;
import dev.bag.io.units.UnitCodec;
import dev.bag.io.units.Units;
import dev.bag.source.SourceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files of units in every format but bzip2: wherever a file is cut, the units of its pieces are what is read when it is read
 * whole; and where that fails, a piece fails.
 */
@Tag("once")
@Tag("P1")
@Tag("P8")
class UnitWalkTest {

    private static final Limits PASS_OVER = new Limits(1000, 1 << 20, false, true);

    private static final int INDEPENDENT = 0x20;
    private static final int BLOCK_CHECKSUMS = 0x10;
    private static final int CONTENT_SIZE = 0x08;
    private static final int CONTENT_CHECKSUM = 0x04;

    private final Random random = new Random(17);

    /**
     * A file.
     *
     * @param units how many units a piece can begin with, as far as it is known
     * @param isAllChecked whether a piece that reads no whole frame checks all that a reader of the whole file does
     */
    private record Sample(String what, String name, byte[] file, int units, boolean isAllChecked) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Sample> samples() throws IOException {
        byte[] a = "first\nsec".getBytes(UTF_8);
        byte[] b = "ond\n".repeat(20).getBytes(UTF_8);
        byte[] c = "\nthird line, which is longer\n".getBytes(UTF_8);
        byte[] none = {};
        byte[] skippable = UnitFiles.skippable(7, "skipped".getBytes(UTF_8));
        return Stream.of(
                sample("BGZF", "x.gz", UnitFiles.written("x.gz", a, b, none, c), 4),
                sample(
                        "BGZF, a member of unknown length, BGZF, zeros",
                        "x.gz",
                        Decompressed.join(
                                UnitFiles.written("x.gz", a),
                                Decompressed.gzip(b),
                                UnitFiles.written("x.gz", c, a),
                                new byte[30]),
                        3),
                sample("MiGz", "x.gz", UnitFiles.members("MZ", a, none, b, c), 4),
                sample("pgzip", "x.gz", UnitFiles.members("IG", a, b, none, c), 4),
                sample(
                        "members of unknown length",
                        "x.gz",
                        Decompressed.join(Decompressed.gzip(a), Decompressed.gzip(b)),
                        1),
                sample("zstd as written", "x.zst", UnitFiles.written("x.zst", a, b, none, c), 4),
                sample(
                        "zstd and skipped frames",
                        "x.zst",
                        Decompressed.join(
                                skippable, UnitFiles.zstd(a, none), skippable, UnitFiles.zstd(b, c), skippable),
                        7),
                sample("pzstd", "x.zst", UnitFiles.pzstd(a, b, c), 3),
                sample(
                        "a frame to be skipped that looks like one of pzstd",
                        "x.zst",
                        Decompressed.join(UnitFiles.skippable(0, new byte[] {9, 0, 0, 0}), UnitFiles.zstd(a, b, c)),
                        4),
                sample("blocks of xz", "x.xz", UnitFiles.xz(a, b, c), 3),
                sample(
                        "streams of xz",
                        "x.xz",
                        Decompressed.join(
                                UnitFiles.xz(a, b), new byte[8], UnitFiles.xz(), UnitFiles.xz(c), new byte[4]),
                        3),
                sample(
                        "blocks of lz4 with checksums",
                        "x.lz4",
                        UnitFiles.lz4(INDEPENDENT | BLOCK_CHECKSUMS, a, b, c, a),
                        4),
                new Sample(
                        "blocks of lz4 with checksums and one of all",
                        "x.lz4",
                        UnitFiles.lz4(INDEPENDENT | BLOCK_CHECKSUMS | CONTENT_CHECKSUM | CONTENT_SIZE, a, b, c),
                        3,
                        false),
                sample("blocks of lz4 without checksums", "x.lz4", UnitFiles.lz4(INDEPENDENT, a, c, b), 3),
                sample(
                        "frames of lz4 of all kinds",
                        "x.lz4",
                        Decompressed.join(
                                UnitFiles.lz4(INDEPENDENT | CONTENT_CHECKSUM, a, b),
                                skippable,
                                UnitFiles.lz4(CONTENT_SIZE | INDEPENDENT, c, a),
                                UnitFiles.lz4(INDEPENDENT | BLOCK_CHECKSUMS),
                                UnitFiles.lz4(CONTENT_CHECKSUM, a),
                                UnitFiles.lz4(INDEPENDENT | BLOCK_CHECKSUMS, b, c)),
                        7),
                sample(
                        "chunks of snappy",
                        "x.snappy",
                        Decompressed.join(
                                UnitFiles.snappy(32, b),
                                new byte[] {(byte) 0xfe, 2, 0, 0, 1, 1},
                                UnitFiles.snappy(40, c)),
                        7));
    }

    private static Sample sample(String what, String name, byte[] file, int units) {
        return new Sample(what, name, file, units, true);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void piecesAreTheFileForEverySizeOfPieces(Sample sample) throws Exception {
        byte[] text = whole(sample.name, sample.file, Limits.DEFAULT);
        int length = sample.file.length;
        for (int size = 1; size <= length; size += 1 + size / 16) {
            assertThat(pieces(sample.name, sample.file, Limits.DEFAULT, evenCuts(length, size)))
                    .as("pieces of %s", size)
                    .isEqualTo(text);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void piecesAreTheFileForEveryTwoCutsInAnyOrder(Sample sample) throws Exception {
        byte[] text = whole(sample.name, sample.file, Limits.DEFAULT);
        int length = sample.file.length;
        for (int first = 1; first < length; first += 1 + random.nextInt(3)) {
            int second = first + random.nextInt(length - first);
            int[] cuts = {0, first, second, length};
            InputFile input = new InputFile(Path.of(sample.name), length);
            byte[][] pieces = new byte[3][];
            List<Integer> order = new ArrayList<>(List.of(0, 1, 2));
            Collections.shuffle(order, random);
            for (int i : order) {
                pieces[i] = piece(sample.file, input, Limits.DEFAULT, cuts[i], cuts[i + 1]);
            }
            assertThat(Decompressed.join(pieces))
                    .as("cut at %s and %s", first, second)
                    .isEqualTo(text);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void eachUnitIsAPieceOfItsOwnIfItIsCutSo(Sample sample) throws Exception {
        InputFile input = new InputFile(Path.of(sample.name), sample.file.length);
        int units = 0;
        for (int i = 0; i < sample.file.length; i++) {
            try (FileBytes bytes = new FileBytes(input, Decompressed.channel(sample.file))) {
                units += codec(bytes).open(bytes, i, i + 1, Limits.DEFAULT) == null ? 0 : 1;
            }
        }
        assertThat(units).isGreaterThanOrEqualTo(sample.units);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aFlippedBitIsReadAsInTheWholeFileOrFails(Sample sample) throws Exception {
        int length = sample.file.length;
        int step = length > 450 || sample.name.endsWith("xz") ? 3 : 1;
        for (int bit = 0; bit < 8 * length; bit += 1 + random.nextInt(step)) {
            byte[] flipped = sample.file.clone();
            flipped[bit / 8] ^= (byte) (0x80 >> bit % 8);
            byte[] text = wholeOrNull(sample.name, flipped);
            int cut = 1 + random.nextInt(length - 1);
            assertSame(sample, flipped, text, "bit " + bit, 0, cut, length);
            if (bit % 7 == 0) {
                assertSame(sample, flipped, text, "bit " + bit, evenCuts(length, 1 + length / 5));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aPrefixIsReadAsAWholeFileOrFails(Sample sample) throws Exception {
        for (int length = 2; length < sample.file.length; length++) {
            byte[] prefix = Arrays.copyOf(sample.file, length);
            byte[] text = wholeOrNull(sample.name, prefix);
            assertSame(sample, prefix, text, length + " bytes", 0, 1 + random.nextInt(length - 1), length);
            assertSame(sample, prefix, text, length + " bytes", evenCuts(length, 1 + length / 4));
        }
    }

    private static void assertSame(Sample sample, byte[] file, byte[] text, String what, int... cuts)
            throws IOException {
        byte[] read;
        try {
            read = pieces(sample.name, file, Limits.DEFAULT, cuts);
        } catch (SourceException e) {
            assertThat(e.getMessage()).startsWith(sample.name + ": ");
            return;
        }
        if (text != null || sample.isAllChecked) {
            assertThat(read).as("%s, cut at %s", what, cuts).isEqualTo(text);
        } else {
            assertThat(read).as("%s, cut at %s", what, cuts).isEqualTo(whole(sample.name, sample.file, Limits.DEFAULT));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void tellsTrailingBytesInOnePiece(Sample sample) throws Exception {
        assumeThat(sample.name).as("every byte is of a chunk").isNotEqualTo("x.snappy");
        byte[] other = "other bytes".getBytes(UTF_8);
        byte[] file = Decompressed.join(sample.file, other);
        byte[] text = whole(sample.name, sample.file, Limits.DEFAULT);
        assumeThat(wholeOrNull(sample.name, file))
                .as("trailing bytes are refused")
                .isNull();
        for (int cut = 1; cut < file.length; cut += 1 + random.nextInt(4)) {
            int[] cuts = {0, cut, file.length};
            if (!sample.what.contains("zeros")) {
                assertThatThrownBy(() -> pieces(sample.name, file, Limits.DEFAULT, cuts))
                        .isInstanceOf(SourceException.class)
                        .hasMessageContaining(" follow the compressed data, at byte ");
            }
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            long passedOver = 0;
            for (int i = 0; i < 2; i++) {
                try (FileBytes bytes = open(sample.name, file)) {
                    read.writeBytes(piece(bytes, PASS_OVER, cuts[i], cuts[i + 1], true));
                    passedOver += bytes.bytesPassedOver();
                }
            }
            assertThat(read.toByteArray()).as("cut at %s", cut).isEqualTo(text);
            assertThat(passedOver).as("cut at %s", cut).isGreaterThanOrEqualTo(other.length);
            assertThat(passedOver).as("cut at %s", cut).isLessThanOrEqualTo(other.length + 30L);
        }
    }

    /** The first member claims to be two, which is no matter; and then to end inside of the second one, where another begins. */
    @Test
    void aLengthThatIsNotTrueIsToldWhereItMatters() throws Exception {
        byte[] text = "a text\n".getBytes(UTF_8);
        byte[] members = UnitFiles.members("IG", text, text, text);
        int length = members.length / 3;
        members[16] += (byte) length;
        assertThat(pieces("x.gz", members, Limits.DEFAULT, 0, length, members.length))
                .isEqualTo("a text\n".repeat(3).getBytes(UTF_8));
        members[16] += 4;
        members[2 * length + 4] = 0x1f; // the time of the third one
        members[2 * length + 5] = (byte) 0x8b;
        assertThat(whole("x.gz", members, Limits.DEFAULT))
                .isEqualTo("a text\n".repeat(3).getBytes(UTF_8));
        assertThatThrownBy(() -> pieces("x.gz", members, Limits.DEFAULT, 0, length, members.length))
                .isInstanceOf(SourceException.class)
                .hasMessage(
                        "x.gz: the gzip file cannot be read in pieces: by the lengths in its headers a member begins at"
                                + " byte " + (2 * length + 4) + " of " + members.length
                                + ", but none does.\n  To read it in one piece, use filesPerPartition(1).");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pzstd -q -p 2 -c",
                "zstd -q -c",
                "xz -0 -T2 --block-size=50KiB -c",
                "xz -0 -c",
                "lz4 -q -B4 -BX -c",
                "lz4 -q -B4 -BD -BX -c",
                "lz4 -q -B4 --no-frame-crc -c",
                "lz4 -q -l -c"
            })
    void readsWhatToolsWrite(String command) throws Exception {
        byte[] text = words(400_000);
        String program = command.substring(0, command.indexOf(' '));
        Optional<byte[]> compressed = Decompressed.run(text, command.split(" "));
        assumeThat(compressed).as("%s is not installed", program).isPresent();
        byte[] twice = Decompressed.join(compressed.orElseThrow(), compressed.orElseThrow());
        String name = "x." + program;
        byte[] expected = Decompressed.join(text, text);
        for (int pieces : new int[] {2, 3, 5, 16}) {
            assertThat(pieces(name, twice, Limits.DEFAULT, evenCuts(twice.length, twice.length / pieces)))
                    .as("%s pieces", pieces)
                    .isEqualTo(expected);
        }
    }

    private byte[] words(int length) {
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = (byte) ("the cat \n".charAt(random.nextInt(9)) + random.nextInt(2) * random.nextInt(3));
        }
        return text;
    }

    private static byte[] whole(String name, byte[] file, Limits limits) throws IOException {
        try (FileBytes bytes = open(name, file)) {
            return Decompressed.read(bytes, Decompression.DEFAULT.withLimits(limits));
        }
    }

    private static byte[] wholeOrNull(String name, byte[] file) throws IOException {
        try {
            return whole(name, file, Limits.DEFAULT);
        } catch (SourceException e) {
            return null;
        }
    }

    private static UnitCodec codec(FileBytes bytes) {
        return Units.of(Decompression.DEFAULT.codecOf(bytes));
    }

    private static byte[] pieces(String name, byte[] file, Limits limits, int... cuts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        InputFile input = new InputFile(Path.of(name), file.length);
        for (int i = 0; i + 1 < cuts.length; i++) {
            all.writeBytes(piece(file, input, limits, cuts[i], cuts[i + 1]));
        }
        return all.toByteArray();
    }

    private static byte[] piece(byte[] file, InputFile input, Limits limits, int from, int to) throws IOException {
        try (FileBytes bytes = new FileBytes(input, Decompressed.channel(file))) {
            return piece(bytes, limits, from, to, false);
        }
    }

    private static byte[] piece(FileBytes bytes, Limits limits, int from, int to, boolean readOn) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (UnitInput input = Units.open(bytes, codec(bytes), from, to, Decompression.DEFAULT.withLimits(limits))) {
            if (input != null) {
                byte[] buffer = new byte[1000];
                int count = input.read(buffer, 0, buffer.length);
                while (count >= 0 && (readOn || !input.isBehindPiece())) {
                    all.write(buffer, 0, input.isBehindPiece() ? 0 : count);
                    count = input.read(buffer, 0, buffer.length);
                }
            }
        }
        return all.toByteArray();
    }

    private static FileBytes open(String name, byte[] file) throws IOException {
        return new FileBytes(new InputFile(Path.of(name), file.length), Decompressed.channel(file));
    }

    private static int[] evenCuts(int length, int size) {
        TreeSet<Integer> cuts = new TreeSet<>(List.of(0, length));
        for (int i = size; i < length; i += size) {
            cuts.add(i);
        }
        return cuts.stream().mapToInt(i -> i).toArray();
    }
}
