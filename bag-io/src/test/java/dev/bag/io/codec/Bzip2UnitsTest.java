package dev.bag.io.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.io.codec.bzip2.BlockSignature;
import dev.bag.io.file.FileBytes;
import dev.bag.io.file.InputFile;
import dev.bag.io.file.Numbers;
import dev.bag.io.units.Units;
import dev.bag.source.SourceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Wherever a file is cut, the units of its pieces are those of the file. */
@Tag("P1")
@Tag("P8")
class Bzip2UnitsTest {

    private static final Path PATH = Path.of("x.bz2");
    private static final Limits PASS_OVER = new Limits(1000, 1 << 20, false, true);

    private final Random random = new Random(13);

    @Test
    void piecesAreTheFileForEverySizeOfPieces() throws Exception {
        byte[] file = smallStreams(12);
        byte[] text = whole(file);
        for (int size = 1; size <= file.length; size++) {
            assertThat(pieces(file, Limits.DEFAULT, evenCuts(file.length, size)))
                    .as("pieces of %s", size)
                    .isEqualTo(text);
        }
    }

    @Test
    void piecesAreTheFileForEveryCut() throws Exception {
        for (byte[] file : List.of(smallStreams(3), Bzip2InputTest.compress(words(120_000), 1))) {
            byte[] text = whole(file);
            int step = file.length > 10_000 ? 397 : 1;
            for (int cut = 1; cut < file.length; cut += step) {
                assertThat(pieces(file, Limits.DEFAULT, 0, cut, file.length))
                        .as("cut at %s", cut)
                        .isEqualTo(text);
            }
        }
    }

    @Test
    void piecesOfLongStreamsAreTheFileForCutsAtRandom() throws Exception {
        byte[] file = Decompressed.join(
                Bzip2InputTest.compress(words(350_000), 1), Bzip2InputTest.compress(words(250_000), 2));
        byte[] text = whole(file);
        for (int round = 0; round < 8; round++) {
            int[] cuts =
                    random.ints(1 + random.nextInt(6), 1, file.length).sorted().toArray();
            assertThat(pieces(file, Limits.DEFAULT, withEnds(cuts, file.length)))
                    .isEqualTo(text);
        }
    }

    /** Only the checksum of a stream that begins in an earlier piece, and its digit, are not checked in pieces. */
    @Test
    void piecesOfFilesWithAFlippedBitAreTheFileOrFail() throws Exception {
        byte[] file = smallStreams(3);
        byte[] text = whole(file);
        int[][] cuts = {
            {0, file.length / 2, file.length},
            {0, file.length / 3, file.length / 3 * 2, file.length},
            evenCuts(file.length, 30)
        };
        for (int bit = 0; bit < 8 * file.length; bit++) {
            byte[] flipped = file.clone();
            flipped[bit / 8] ^= (byte) (0x80 >> bit % 8);
            for (int[] each : cuts) {
                try {
                    assertThat(pieces(flipped, Limits.DEFAULT, each))
                            .as("bit %s", bit)
                            .isEqualTo(text);
                } catch (SourceException e) {
                    assertThat(e.getMessage()).startsWith("x.bz2: ");
                }
            }
        }
    }

    @Test
    void piecesOfEveryPrefixAreThePrefixOrFail() throws Exception {
        byte[] file = smallStreams(4);
        for (int length = 1; length < file.length; length++) {
            byte[] prefix = Arrays.copyOf(file, length);
            byte[] text;
            try {
                text = whole(prefix);
            } catch (SourceException e) {
                text = null;
            }
            for (int size : new int[] {7, 50, Math.max(1, length / 2)}) {
                int[] cuts = evenCuts(length, size);
                if (text == null) {
                    assertThatThrownBy(() -> pieces(prefix, Limits.DEFAULT, cuts))
                            .as("%s bytes in pieces of %s", length, size)
                            .isInstanceOf(SourceException.class);
                } else {
                    assertThat(pieces(prefix, Limits.DEFAULT, cuts)).isEqualTo(text);
                }
            }
        }
    }

    @Test
    void aSignatureInsideOfABlockIsNoBlock() throws Exception {
        byte[] signature = {0x31, 0x41, 0x59, 0x26, 0x53, 0x59};
        for (int before : new int[] {10, 11, 200}) {
            byte[] symbols = Decompressed.join(symbols(before), signature, symbols(100), signature, symbols(300));
            CraftedBlock.Crafted crafted = CraftedBlock.file(symbols);
            byte[] file = Decompressed.join(crafted.file(), Bzip2InputTest.compress(words(50), 1), crafted.file());
            byte[] text = whole(file);
            assertThat(text).startsWith(crafted.text());
            for (int cut = 1; cut < file.length; cut++) {
                assertThat(pieces(file, Limits.DEFAULT, 0, cut, file.length)).isEqualTo(text);
            }
        }
    }

    /** The next piece begins inside of a block, and finds another one there before that block's end: it is told. */
    @Test
    void aWholeBlockInsideOfABlockIsNeverTakenForOne() throws Exception {
        byte[] inner = innerBlock();
        byte[] first = Bzip2InputTest.compress(words(50), 1);
        byte[] crafted = CraftedBlock.file(Decompressed.join(symbols(60), inner, symbols(100)))
                .file();
        int innerBit = BlockSignature.find(crafted, 8 * 4 + 1, 8 * (crafted.length - BlockSignature.MARGIN));
        byte[] file = Decompressed.join(first, crafted, crafted);
        byte[] text = whole(file);
        for (int cut = 1; cut < file.length; cut++) {
            int[] cuts = {0, cut, file.length};
            int stream = first.length + (cut < first.length + crafted.length ? 0 : crafted.length);
            int begin = stream + innerBit / 8;
            if (stream + 4 < cut && cut <= begin) {
                assertThatThrownBy(() -> pieces(file, Limits.DEFAULT, cuts))
                        .as("cut at %s", cut)
                        .isInstanceOf(SourceException.class)
                        .hasMessage(
                                "x.bz2: the bzip2 file cannot be read in pieces: inside of a block there is what looks"
                                        + " like another one, at byte " + Numbers.grouped(begin) + " of "
                                        + Numbers.grouped(file.length)
                                        + ".\n  To read it in one piece, use filesPerPartition(1).");
            } else {
                assertThat(pieces(file, Limits.DEFAULT, cuts))
                        .as("cut at %s", cut)
                        .isEqualTo(text);
            }
        }
    }

    @Test
    void countsBytesPassedOverInOnePieceOnly() throws Exception {
        byte[] streams = smallStreams(3);
        byte[] file = Decompressed.join(streams, "other bytes".repeat(20).getBytes(UTF_8));
        byte[] text = whole(streams);
        for (int size = 1; size < file.length; size += 1 + size / 20) {
            long passedOver = 0;
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            int[] cuts = evenCuts(file.length, size);
            for (int i = 0; i + 1 < cuts.length; i++) {
                try (FileBytes bytes = open(file)) {
                    boolean readOn = true;
                    all.writeBytes(piece(bytes, PASS_OVER, cuts[i], cuts[i + 1], readOn));
                    passedOver += bytes.bytesPassedOver();
                }
            }
            assertThat(all.toByteArray()).isEqualTo(text);
            assertThat(passedOver).as("pieces of %s", size).isEqualTo(220);
        }
    }

    @Test
    void refusesABlockBehindOtherBytesInPiecesToo() throws Exception {
        byte[] streams = smallStreams(2);
        byte[] file = Decompressed.join(streams, "other bytes".getBytes(UTF_8), streams);
        for (int cut = 1; cut < file.length; cut++) {
            int[] cuts = {0, cut, file.length};
            assertThatThrownBy(() -> pieces(file, PASS_OVER, cuts)).hasMessageContaining("another bzip2 block follows");
            assertThatThrownBy(() -> pieces(file, Limits.DEFAULT, cuts))
                    .hasMessageContaining("bytes that are not bzip2 follow");
        }
    }

    private static int[] evenCuts(int length, int size) {
        int count = (length + size - 1) / size;
        int[] cuts = new int[count + 1];
        for (int i = 0; i <= count; i++) {
            cuts[i] = Math.min(length, i * size);
        }
        return cuts;
    }

    private static int[] withEnds(int[] cuts, int length) {
        int[] all = new int[cuts.length + 2];
        System.arraycopy(cuts, 0, all, 1, cuts.length);
        all[all.length - 1] = length;
        return all;
    }

    /** The bytes of all pieces joined, each read as far as its neighbour needs. */
    private static byte[] pieces(byte[] file, Limits limits, int... cuts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i + 1 < cuts.length; i++) {
            try (FileBytes bytes = open(file)) {
                all.writeBytes(piece(bytes, limits, cuts[i], cuts[i + 1], false));
            }
        }
        return all.toByteArray();
    }

    private static byte[] piece(FileBytes bytes, Limits limits, int from, int to, boolean readOn) throws IOException {
        UnitInput input = Units.of(BuiltInCodec.BZIP2).open(bytes, from, to, limits);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        if (input != null) {
            byte[] buffer = new byte[1000];
            int count = input.read(buffer, 0, buffer.length);
            while (count >= 0 && (readOn || !input.isBehindPiece())) {
                all.write(buffer, 0, input.isBehindPiece() ? 0 : count);
                count = input.read(buffer, 0, buffer.length);
            }
            input.close();
        }
        return all.toByteArray();
    }

    private static FileBytes open(byte[] file) throws IOException {
        return new FileBytes(new InputFile(PATH, file.length), Decompressed.channel(file));
    }

    private static byte[] whole(byte[] file) throws IOException {
        return Decompressed.read(PATH, Decompressed.channel(file), 1000);
    }

    /** Some of them without any block. */
    private byte[] smallStreams(int count) throws IOException {
        List<byte[]> streams = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            streams.add(Bzip2InputTest.compress(words(i % 3 == 1 ? 0 : 1 + random.nextInt(60)), 1));
        }
        return Decompressed.join(streams.toArray(byte[][]::new));
    }

    /** A block that has no 0xff, as it must be to be embedded. */
    private byte[] innerBlock() throws IOException {
        for (; ; ) {
            byte[] stream = Bzip2InputTest.compress(words(20), 1);
            byte[] block = Arrays.copyOfRange(stream, 4, stream.length);
            if (new String(block, ISO_8859_1).indexOf(0xff) < 0) {
                return block;
            }
        }
    }

    private byte[] symbols(int count) {
        byte[] symbols = new byte[count];
        for (int i = 0; i < count; i++) {
            symbols[i] = (byte) (2 + random.nextInt(250));
        }
        return symbols;
    }

    private byte[] words(int length) {
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = (byte) ("the cat \n".charAt(random.nextInt(9)) + random.nextInt(2) * random.nextInt(3));
        }
        return text;
    }
}
