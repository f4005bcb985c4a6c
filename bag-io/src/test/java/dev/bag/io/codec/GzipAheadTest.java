package dev.bag.io.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bag.io.codec.gzip.Eager;
import dev.bag.io.codec.gzip.Lookahead;
import dev.bag.io.file.ByteInput;
import dev.bag.io.file.FileBytes;
import dev.bag.io.file.InputFile;
import dev.bag.source.SourceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What helpers inflate ahead is what the reader makes alone, which is the oracle. */
@Tag("once")
class GzipAheadTest {

    private static final int SOME_SLAB = 20_000;

    @TempDir
    Path directory;

    private final Random random = new Random(4);

    /** What comes out of a file: text, and then an error or nothing. */
    record Outcome(int length, long crc, String error) {
        static Outcome of(byte[] text) {
            CRC32 crc = new CRC32();
            crc.update(text);
            return new Outcome(text.length, crc.getValue(), "");
        }
    }

    @Test
    @Tag("P1")
    @Tag("P3")
    void readsEveryKindOfFileInPiecesOfAnyLength() throws Exception {
        for (Map.Entry<String, byte[]> kind : kinds().entrySet()) {
            byte[] file = kind.getValue();
            InputFile input = written(file);
            Outcome alone = alone(input, Limits.DEFAULT);
            assertThat(alone.error).as(kind.getKey()).isEmpty();
            for (int[] way : new int[][] {{150, 0}, {3000, 3000}, {30_000, 0}}) {
                assertThat(ahead(input, Limits.DEFAULT, way[0], way[1], SOME_SLAB))
                        .as(
                                "%s of %s bytes in pieces of %s with gaps of %s",
                                kind.getKey(), file.length, way[0], way[1])
                        .isEqualTo(alone);
            }
        }
    }

    @Test
    void takesMostOfATextFromItsPieces() throws Exception {
        InputFile input = written(gzip(log(3_000_000), 6, 0));
        GzipAhead ahead = ahead(input, 40_000, 0, 100_000);
        assertThat(outcome(input, Limits.DEFAULT, ahead, 5000)).isEqualTo(alone(input, Limits.DEFAULT));
        assertThat(Eager.piecesTaken(ahead.lookahead())).isGreaterThan((int) (input.byteCount() / 80_000));
        assertThat(Eager.memoryTaken()).isZero();
    }

    @Test
    @Tag("P8")
    void failsWithEveryPrefixAsTheReaderAlone() throws Exception {
        byte[] file = Decompressed.join(gzip(log(1800), 6, 500), gzip(log(700), 9, 300), gzip(log(10), 1, 0));
        for (int length = 1; length < file.length; length++) {
            InputFile input = written(Arrays.copyOf(file, length));
            assertThat(ahead(input, Limits.DEFAULT, 300, 0, 4096))
                    .as("cut at %s", length)
                    .isEqualTo(alone(input, Limits.DEFAULT));
        }
    }

    @Test
    @Tag("P8")
    void failsWithFlippedBitsAsTheReaderAlone() throws Exception {
        byte[] file = Decompressed.join(gzip(log(3000), 6, 600), gzip(log(2000), 9, 500));
        for (int i = 0; i < file.length; i++) {
            byte[] flipped = file.clone();
            flipped[i] ^= (byte) (1 << random.nextInt(8));
            InputFile input = written(flipped);
            assertThat(ahead(input, Limits.DEFAULT, 300, 0, 4096))
                    .as("byte %s", i)
                    .isEqualTo(alone(input, Limits.DEFAULT));
        }
    }

    @Test
    @Tag("P8")
    void handsOutAllTextBeforeAnErrorWhateverTheBufferLength() throws Exception {
        byte[] file = gzip(log(60_000), 6, 7000);
        for (int i = 0; i < 40; i++) {
            byte[] spoilt = file.clone();
            Arrays.fill(spoilt, 1000 + 100 * i, 1008 + 100 * i, (byte) 0xff);
            InputFile input = written(spoilt);
            Outcome first = outcome(input, Limits.DEFAULT, null, 1);
            for (int bufferLength : new int[] {10, 1000, 100_000}) {
                assertThat(outcome(input, Limits.DEFAULT, null, bufferLength)).isEqualTo(first);
            }
        }
    }

    @Test
    void recoversWhereAPieceBeginsInsideOfABlock() throws Exception {
        byte[] inner = gzip(log(400_000), 6, 3000);
        byte[] outer = gzip(Decompressed.join(log(50_000), inner, log(50_000), inner), 0, 0);
        byte[] mixed = Decompressed.join(gzip(log(100_000), 6, 0), outer, gzip(log(100_000), 6, 0));
        for (byte[] file : new byte[][] {outer, mixed}) {
            InputFile input = written(file);
            for (int pieceBytes : new int[] {300, 3000, 30_000}) {
                assertThat(ahead(input, Limits.DEFAULT, pieceBytes, pieceBytes, SOME_SLAB))
                        .isEqualTo(alone(input, Limits.DEFAULT));
            }
        }
    }

    @Test
    @Tag("P16")
    void stopsABombWhereTheReaderAloneDoes() throws Exception {
        byte[] zeros = new byte[70 << 20];
        byte[] text = Decompressed.join(log(2_000_000), zeros, log(1_000_000));
        InputFile input = written(gzip(text, 6, 0));
        Limits limits = Limits.DEFAULT.withRatio(40);
        Outcome alone = alone(input, limits);
        assertThat(alone.error).contains("this may be a decompression bomb");
        assertThat(ahead(input, limits, 30_000, 10_000, 100_000)).isEqualTo(alone);
        assertThat(outcome(input, limits, null, 60_001)).isEqualTo(alone);
    }

    @Test
    void treatsTrailingBytesAsTheReaderAlone() throws Exception {
        byte[] member = gzip(log(30_000), 6, 1000);
        for (String more : new String[] {"\0\0", "x", "\0more", "\u001f"}) {
            InputFile input = written(Decompressed.join(member, more.getBytes(UTF_8)));
            for (Limits limits : new Limits[] {Limits.DEFAULT, Limits.DEFAULT.withTrailingBytes()}) {
                assertThat(ahead(input, limits, 1000, 0, 4096)).isEqualTo(alone(input, limits));
            }
        }
    }

    @Test
    void readsASecondTimeByThePlacesThatTheFirstReaderFound() throws Exception {
        for (Map.Entry<String, byte[]> kind : kinds().entrySet()) {
            InputFile input = written(kind.getValue());
            Outcome alone = alone(input, Limits.DEFAULT);
            ahead(input, Limits.DEFAULT, 3000, 3000, SOME_SLAB);
            for (int gap : new int[] {0, 5000}) {
                GzipAhead again = ahead(input, 3000, gap, SOME_SLAB);
                assertThat(outcome(input, Limits.DEFAULT, again, 4000))
                        .as(kind.getKey())
                        .isEqualTo(alone);
            }
        }
    }

    @Test
    @Tag("P17")
    void forgetsThePlacesOfAFileThatHasChanged() throws Exception {
        InputFile input = written(gzip(log(300_000), 6, 1000));
        ahead(input, Limits.DEFAULT, 3000, 0, SOME_SLAB);
        Path path = Path.of(input.name());
        FileTime first = Files.getLastModifiedTime(path);
        assertThat(input.findings().index()).isNotNull();
        Files.setLastModifiedTime(path, FileTime.fromMillis(first.toMillis() + 1));
        assertThat(input.findings().index()).isNull();
    }

    @Test
    @Tag("P38")
    void leavesNothingBehindWhereverItIsClosed() throws Exception {
        InputFile input = written(gzip(log(2_000_000), 6, 20_000));
        byte[] buffer = new byte[10_000];
        for (int reads = 0; reads < 100; reads += 7) {
            Lookahead lookahead = Eager.withThreads(
                    (from, length) -> GzipAhead.read(input, from, length), input.byteCount(), null, 9000);
            try (FileBytes bytes = FileBytes.open(input);
                    GzipInput gzip = new GzipInput(bytes, Limits.DEFAULT, of(input, lookahead))) {
                for (int i = 0; i < reads; i++) {
                    gzip.read(buffer, 0, buffer.length);
                }
            }
            assertThat(Eager.memoryTaken()).isZero();
        }
    }

    @Test
    @Tag("P2")
    void readsWithThreadsAsWithout() throws Exception {
        for (byte[] file : List.of(gzip(log(2_000_000), 6, 0), gzip(log(2_000_000), 1, 50_000))) {
            InputFile input = written(file);
            Outcome alone = alone(input, Limits.DEFAULT);
            for (int round = 0; round < 3; round++) {
                Lookahead lookahead = Eager.withThreads(
                        (from, length) -> GzipAhead.read(input, from, length),
                        input.byteCount(),
                        input.findings().index(),
                        9000);
                assertThat(outcome(input, Limits.DEFAULT, of(input, lookahead), 10_000))
                        .isEqualTo(alone);
            }
        }
    }

    private Map<String, byte[]> kinds() throws Exception {
        Map<String, byte[]> kinds = new LinkedHashMap<>();
        byte[] log = log(120_000);
        byte[] noise = new byte[40_000];
        random.nextBytes(noise);
        for (int level : new int[] {0, 1, 6, 9}) {
            kinds.put("level " + level, gzip(log, level, 0));
            kinds.put("level " + level + " flushed", gzip(log, level, 1500));
        }
        kinds.put("noise", gzip(noise, 6, 2000));
        kinds.put("hardly any entropy", gzip(new byte[800_000], 6, 50_000));
        kinds.put("one period", gzip("0123456789".repeat(20_000).getBytes(UTF_8), 6, 9000));
        kinds.put("no copies", huffmanOnly(log));
        kinds.put("copies from far away", gzip(Decompressed.join(noise, log(20_000), noise, noise), 9, 5000));
        kinds.put("nothing", gzip(new byte[0], 6, 0));
        kinds.put("members", members());
        byte[] plain = gzip(log, 6, 3000);
        kinds.put("fields", Decompressed.join(GzipInputTest.header(0x1e), Arrays.copyOfRange(plain, 10, plain.length)));
        for (String level : new String[] {"-1", "-6", "-9"}) {
            Optional<byte[]> file = Decompressed.run(log, "gzip", "-c", level);
            file.ifPresent(bytes -> kinds.put("gzip " + level, bytes));
        }
        return kinds;
    }

    private byte[] members() throws IOException {
        List<byte[]> members = new ArrayList<>();
        for (int length : new int[] {50_000, 0, 5, 10_000, 0, 0, 40_000, 20_000}) {
            members.add(gzip(log(length), 6, 2000));
        }
        return Decompressed.join(members.toArray(new byte[0][]));
    }

    @Test
    void readsWhatZlibWritesWithOtherStrategiesAndSmallBlocks() throws Exception {
        byte[] log = log(60_000);
        String program = "import sys,zlib\n" + "t=sys.stdin.buffer.read()\n"
                + "c=zlib.compressobj(int(sys.argv[1]),8,31,int(sys.argv[2]),int(sys.argv[3]))\n"
                + "sys.stdout.buffer.write(c.compress(t)+c.flush())\n";
        boolean any = false;
        String[][] ways = {{"1", "0"}, {"1", "3"}, {"8", "4"}};
        for (String[] way : ways) {
            Optional<byte[]> file = Decompressed.run(log, "python3", "-c", program, "6", way[0], way[1]);
            if (file.isPresent()) {
                any = true;
                InputFile input = written(file.get());
                assertThat(ahead(input, Limits.DEFAULT, 2000, 0, SOME_SLAB))
                        .as("memory %s, strategy %s", way[0], way[1])
                        .isEqualTo(Outcome.of(log));
            }
        }
        assumeTrue(any, "python3 is needed");
    }

    static Outcome alone(InputFile input, Limits limits) throws IOException {
        return outcome(input, limits, null, 7000);
    }

    static Outcome ahead(InputFile input, Limits limits, int pieceBytes, int gap, int slab) throws IOException {
        return outcome(input, limits, aheadOf(input, limits, pieceBytes, gap, slab), 7000);
    }

    static GzipAhead ahead(InputFile input, int pieceBytes, int gap, int slab) throws IOException {
        return aheadOf(input, Limits.DEFAULT, pieceBytes, gap, slab);
    }

    private static GzipAhead aheadOf(InputFile input, Limits limits, int pieceBytes, int gap, int slab)
            throws IOException {
        return of(
                input,
                Eager.lookahead(
                        (from, length) -> GzipAhead.read(input, from, length),
                        input.byteCount(),
                        limits.ratio(),
                        input.findings().index(),
                        pieceBytes,
                        gap,
                        slab));
    }

    private static GzipAhead of(InputFile input, Lookahead lookahead) throws IOException {
        return new GzipAhead(input, input.findings(), lookahead);
    }

    static Outcome outcome(InputFile input, Limits limits, GzipAhead ahead, int bufferLength) throws IOException {
        CRC32 crc = new CRC32();
        int length = 0;
        byte[] buffer = new byte[bufferLength];
        try (FileBytes bytes = FileBytes.open(input);
                ByteInput read = new RatioLimit(new GzipInput(bytes, limits, ahead), bytes, limits)) {
            for (int count = 0; count >= 0; count = read.read(buffer, 0, bufferLength)) {
                crc.update(buffer, 0, count);
                length += count;
            }
            String passed = bytes.bytesPassedOver() == 0 ? "" : "passed over " + bytes.bytesPassedOver();
            return new Outcome(length, crc.getValue(), passed);
        } catch (SourceException e) {
            return new Outcome(length, crc.getValue(), e.location() + " " + e.getMessage());
        }
    }

    private InputFile written(byte[] file) throws IOException {
        Path path = directory.resolve("x.gz");
        Files.write(path, file);
        return new InputFile(path, file.length);
    }

    /** Lines that are alike, as those of a log are. */
    private byte[] log(int length) {
        return log(length, random);
    }

    static byte[] log(int length, Random random) {
        StringBuilder text = new StringBuilder(length + 200);
        for (long time = 1_700_000_000; text.length() < length; time += random.nextInt(5)) {
            text.append("10.0.")
                    .append(random.nextInt(256))
                    .append('.')
                    .append(random.nextInt(256))
                    .append(" - - [")
                    .append(time)
                    .append("] \"GET /item/")
                    .append(Integer.toString(random.nextInt(1 << 24), 36))
                    .append(" HTTP/1.1\" 200 ")
                    .append(random.nextInt(100_000))
                    .append('\n');
        }
        return Arrays.copyOf(text.toString().getBytes(UTF_8), length);
    }

    /**
     * Returns a member.
     *
     * @param flushed after how many bytes of text the deflater is flushed, in turn in either way; 0 for never
     */
    static byte[] gzip(byte[] text, int level, int flushed) {
        return member(text, new Deflater(level, true), flushed == 0 ? Math.max(1, text.length) : flushed, flushed > 0);
    }

    private static byte[] huffmanOnly(byte[] text) {
        Deflater deflater = new Deflater(6, true);
        deflater.setStrategy(Deflater.HUFFMAN_ONLY);
        return member(text, deflater, 50_000, true);
    }

    private static byte[] member(byte[] text, Deflater deflater, int step, boolean flush) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(GzipInputTest.header(0));
        byte[] buffer = new byte[10_000];
        for (int from = 0, flushes = 0; from < text.length; from += step, flushes++) {
            deflater.setInput(text, from, Math.min(step, text.length - from));
            int how = !flush ? Deflater.NO_FLUSH : flushes % 3 == 2 ? Deflater.FULL_FLUSH : Deflater.SYNC_FLUSH;
            int count;
            do {
                count = deflater.deflate(buffer, 0, buffer.length, how);
                out.write(buffer, 0, count);
            } while (count == buffer.length || !deflater.needsInput());
        }
        deflater.finish();
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        CRC32 crc = new CRC32();
        crc.update(text);
        for (long number : new long[] {crc.getValue(), text.length}) {
            for (int i = 0; i < 4; i++) {
                out.write((int) (number >>> 8 * i));
            }
        }
        return out.toByteArray();
    }
}
