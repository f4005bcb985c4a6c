package dev.bag.io.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bag.io.codec.GzipAheadTest.Outcome;
import dev.bag.io.codec.gzip.Eager;
import dev.bag.io.file.InputFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members, and the chunks of dictzip, that helpers inflate ahead are what the reader makes alone, which is the oracle. */
@Tag("once")
class GzipMembersAheadTest {

    private static final int SLAB = 20_000;

    @TempDir
    Path directory;

    private final Random random = new Random(9);

    @Test
    @Tag("P1")
    @Tag("P3")
    void readsMembersInPiecesOfAnyLength() throws Exception {
        for (Map.Entry<String, byte[]> kind : kinds().entrySet()) {
            InputFile input = written(kind.getValue());
            Outcome alone = GzipAheadTest.alone(input, Limits.DEFAULT);
            assertThat(alone.error()).as(kind.getKey()).isEmpty();
            for (int pieceBytes = 20; pieceBytes < 40_000; pieceBytes += 1 + pieceBytes / 2) {
                for (int gap : new int[] {0, 1000}) {
                    assertThat(GzipAheadTest.ahead(input, Limits.DEFAULT, pieceBytes, gap, SLAB))
                            .as("%s in pieces of %s with gaps of %s", kind.getKey(), pieceBytes, gap)
                            .isEqualTo(alone);
                    GzipAhead again = GzipAheadTest.ahead(input, pieceBytes, gap, SLAB);
                    assertThat(GzipAheadTest.outcome(input, Limits.DEFAULT, again, 5000))
                            .as("%s by its places", kind.getKey())
                            .isEqualTo(alone);
                }
            }
        }
        assertThat(Eager.memoryTaken()).isZero();
    }

    @Test
    void takesNearlyAllShortMembersFromItsPieces() throws Exception {
        List<byte[]> members = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            members.add(GzipAheadTest.gzip(log(random.nextInt(3000)), 6, 0));
        }
        assertThat(piecesTaken(joined(members), 2000)).isGreaterThan(400);
    }

    @Test
    void takesNearlyAllChunksFromItsPieces() throws Exception {
        byte[] text = log(1_000_000);
        assertThat(piecesTaken(dictzip(text, 10_000, 0, 0), 10)).isGreaterThan(95);
        assertThat(piecesTaken(Decompressed.join(dictzip(text, 10_000, 0, 0), dictzip(text, 20_000, 0, 0)), 10))
                .isGreaterThan(140);
    }

    private int piecesTaken(byte[] file, int pieceBytes) throws IOException {
        InputFile input = written(file);
        GzipAhead ahead = GzipAheadTest.ahead(input, pieceBytes, 0, SLAB);
        assertThat(GzipAheadTest.outcome(input, Limits.DEFAULT, ahead, 7000))
                .isEqualTo(GzipAheadTest.alone(input, Limits.DEFAULT));
        return Eager.piecesTaken(ahead.lookahead());
    }

    @Test
    @Tag("P8")
    void failsWithEveryPrefixAsTheReaderAlone() throws Exception {
        for (byte[] file : List.of(fewMembers(), dictzip(log(1200), 250, 0, 0))) {
            for (int length = 1; length < file.length; length++) {
                isReadAsAlone(Arrays.copyOf(file, length), "cut at " + length, 60, 300);
            }
        }
    }

    @Test
    @Tag("P8")
    void failsWithFlippedBitsAsTheReaderAlone() throws Exception {
        for (byte[] file : List.of(fewMembers(), dictzip(log(1200), 250, 0, 0))) {
            for (int i = 0; i < 8 * file.length; i += 1 + random.nextInt(20)) {
                byte[] flipped = file.clone();
                flipped[i / 8] ^= (byte) (1 << i % 8);
                isReadAsAlone(flipped, "bit " + i, 60, 300);
            }
        }
    }

    @Test
    void treatsWhatIsBetweenMembersAsTheReaderAlone() throws Exception {
        byte[] some = joined(List.of(member(300), member(200), member(100)));
        for (byte[] between : new byte[][] {{0}, new byte[700], {'x'}, {0, 'x', 0}, {0x1f}, {0x1f, (byte) 0x8b}}) {
            byte[] file = Decompressed.join(some, between, some, between);
            for (Limits limits : new Limits[] {Limits.DEFAULT, Limits.DEFAULT.withTrailingBytes()}) {
                InputFile input = written(file);
                for (int pieceBytes : new int[] {50, 300, 3000}) {
                    assertThat(GzipAheadTest.ahead(input, limits, pieceBytes, 0, SLAB))
                            .isEqualTo(GzipAheadTest.alone(input, limits));
                }
            }
        }
    }

    @Test
    void believesNoTableOfChunksThatIsWrong() throws Exception {
        byte[] text = log(20_000);
        for (int wrongLength = -30; wrongLength <= 30; wrongLength += 4) {
            for (int wrongCount : new int[] {-3, 0, 5}) {
                isReadAsAlone(
                        dictzip(text, 2000, wrongLength, wrongCount), wrongLength + ", " + wrongCount, 10, 1000, 5000);
            }
        }
    }

    @Test
    @Tag("P16")
    void stopsABombOfMembersWhereTheReaderAloneDoes() throws Exception {
        List<byte[]> members = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            members.add(GzipAheadTest.gzip(new byte[1 << 20], 6, 0));
        }
        InputFile input = written(joined(members));
        Limits limits = Limits.DEFAULT.withRatio(40);
        Outcome alone = GzipAheadTest.alone(input, limits);
        assertThat(alone.error()).contains("this may be a decompression bomb");
        assertThat(GzipAheadTest.ahead(input, limits, 3000, 0, 100_000)).isEqualTo(alone);
    }

    @Test
    @Tag("P9")
    void readsWhatDictzipWrites() throws Exception {
        byte[] text = log(1_500_000);
        Path plain = Files.write(directory.resolve("words"), text);
        assumeTrue(
                Decompressed.run(new byte[0], "dictzip", "-k", plain.toString()).isPresent(), "dictzip is needed");
        byte[] file = Files.readAllBytes(directory.resolve("words.dz"));
        InputFile input = written(file);
        assertThat(GzipAheadTest.alone(input, Limits.DEFAULT)).isEqualTo(Outcome.of(text));
        assertThat(piecesTaken(file, 10)).isGreaterThan(20);
        assertThat(piecesTaken(Decompressed.join(file, file), 10)).isGreaterThan(45);
    }

    private void isReadAsAlone(byte[] file, String what, int... pieceBytes) throws IOException {
        InputFile input = written(file);
        Outcome alone = GzipAheadTest.alone(input, Limits.DEFAULT);
        for (int length : pieceBytes) {
            assertThat(GzipAheadTest.ahead(input, Limits.DEFAULT, length, 0, SLAB))
                    .as("%s, pieces of %s", what, length)
                    .isEqualTo(alone);
        }
    }

    private Map<String, byte[]> kinds() throws IOException {
        Map<String, byte[]> kinds = new LinkedHashMap<>();
        byte[] few = fewMembers();
        byte[] stored = GzipAheadTest.gzip(Decompressed.join(few, few, few), 0, 0);
        byte[] looksLikeHeaders = new byte[4000];
        for (int i = 0; i < looksLikeHeaders.length; i += 4) {
            System.arraycopy(new byte[] {0x1f, (byte) 0x8b, 8, (byte) (i % 32)}, 0, looksLikeHeaders, i, 4);
        }
        byte[] alike = GzipAheadTest.gzip(looksLikeHeaders, 0, 0);
        kinds.put("few members", few);
        kinds.put("many members", joined(Collections.nCopies(60, few)));
        kinds.put("members within a stored block", stored);
        kinds.put("between members", Decompressed.join(few, stored, few, stored));
        kinds.put("look-alikes", Decompressed.join(few, alike, few, alike, alike, few));
        kinds.put("zeros at the end", Decompressed.join(few, few, new byte[600]));
        kinds.put("flushed members", Decompressed.join(few, GzipAheadTest.gzip(log(30_000), 6, 900), few));
        kinds.put("a chunk table", dictzip(log(50_000), 1500, 0, 0));
        kinds.put("of one chunk", dictzip(log(500), 1500, 0, 0));
        kinds.put("of none", dictzip(new byte[0], 1500, 0, 0));
        kinds.put("and members", Decompressed.join(few, dictzip(log(9000), 1500, 0, 0), few));
        kinds.put("a chunk table that is wrong", dictzip(log(50_000), 1500, 3, 0));
        return kinds;
    }

    private byte[] fewMembers() throws IOException {
        return joined(List.of(member(400), member(0), member(5), member(900), member(0), member(300), member(200)));
    }

    /** With fields or without. */
    private byte[] member(int length) throws IOException {
        byte[] plain = GzipAheadTest.gzip(log(length), 6, 0);
        byte[] header = GzipInputTest.header(random.nextInt(32) & 0x1e);
        return Decompressed.join(header, Arrays.copyOfRange(plain, 10, plain.length));
    }

    private static byte[] joined(List<byte[]> members) {
        return Decompressed.join(members.toArray(new byte[0][]));
    }

    private byte[] log(int length) {
        return GzipAheadTest.log(length, random);
    }

    private InputFile written(byte[] file) throws IOException {
        Path path = directory.resolve("x.gz");
        Files.write(path, file);
        return new InputFile(path, file.length);
    }

    /**
     * Returns a member with a table of chunks.
     *
     * @param wrongLength how much longer a chunk in the middle is in the table than in the file
     * @param wrongCount how many more chunks it says there are than it has lengths of
     */
    private static byte[] dictzip(byte[] text, int chunkLength, int wrongLength, int wrongCount) {
        Deflater deflater = new Deflater(6, true);
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        ByteArrayOutputStream lengths = new ByteArrayOutputStream();
        byte[] buffer = new byte[2 * chunkLength + 100];
        int count = 0;
        for (int from = 0; from < text.length; from += chunkLength, count++) {
            deflater.setInput(text, from, Math.min(chunkLength, text.length - from));
            int length = deflater.deflate(buffer, 0, buffer.length, Deflater.FULL_FLUSH);
            data.write(buffer, 0, length);
            littleEndian(lengths, length + (count == 2 ? wrongLength : 0), 2);
        }
        deflater.finish();
        data.write(buffer, 0, deflater.deflate(buffer));
        deflater.end();
        CRC32 crc = new CRC32();
        crc.update(text);
        littleEndian(data, crc.getValue(), 4);
        littleEndian(data, text.length, 4);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 4, 0, 0, 0, 0, 2, 3});
        littleEndian(file, 10 + 2L * count, 2);
        file.writeBytes(new byte[] {'R', 'A'});
        littleEndian(file, 6 + 2L * count, 2);
        littleEndian(file, 1, 2);
        littleEndian(file, chunkLength, 2);
        littleEndian(file, count + wrongCount, 2);
        file.writeBytes(lengths.toByteArray());
        file.writeBytes(data.toByteArray());
        return file.toByteArray();
    }

    private static void littleEndian(ByteArrayOutputStream out, long number, int byteCount) {
        for (int i = 0; i < byteCount; i++) {
            out.write((int) (number >>> 8 * i));
        }
    }
}
