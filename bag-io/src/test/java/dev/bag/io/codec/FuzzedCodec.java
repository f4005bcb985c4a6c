package dev.bag.io.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bag.io.file.ByteInput;
import dev.bag.io.file.FileBytes;
import dev.bag.io.file.InputFile;
import dev.bag.io.fuzz.FuzzTarget;
import dev.bag.source.SourceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;
import org.tukaani.xz.XZOutputStream;
import org.xerial.snappy.SnappyFramedOutputStream;
import org.xerial.snappy.SnappyOutputStream;

/**
 * Bytes as a compressed file: they are decoded or refused by an error that names the file and a place in it, whatever
 * lengths they are read in, and to the bytes to which the reference decodes them.
 */
public final class FuzzedCodec implements FuzzTarget {

    /** Larger than any seed, and small enough to read it often. */
    private static final int MOST_BYTES = 1 << 20;

    /** Longer ones are read in one way only. */
    private static final int LONGEST_READ_BY_BYTE = 2000;

    private static final Limits LIMITS = Limits.DEFAULT.withMemoryBytes(8 << 20);

    private final BuiltInCodec codec;
    private final Decompression decompression;
    private final Path path;

    /** What came out of a file, and why no more did; null if that was all, or all that is asked for. */
    private record Seen(byte[] bytes, SourceException refused) {

        @Override
        public String toString() {
            return bytes.length + " bytes" + (refused == null ? "" : ", then " + refused.getMessage());
        }
    }

    /** A target for each format. */
    public FuzzedCodec(BuiltInCodec codec) {
        this.codec = codec;
        this.decompression = Decompression.DEFAULT.withLimits(LIMITS).by(codec);
        this.path = Path.of("x." + nameOf(codec));
    }

    /** Returns the name of a target. */
    public static String nameOf(BuiltInCodec codec) {
        return codec == BuiltInCodec.Z ? "lzw" : codec.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void read(byte[] file) throws Exception {
        Seen seen = seen(file, Decompressed.channel(file), 1 << 16);
        checkPlace(file, seen);
        if (file.length <= LONGEST_READ_BY_BYTE && seen.bytes.length <= LONGEST_READ_BY_BYTE) {
            checkSame(seen, seen(file, Decompressed.trickle(file), 1));
        }
        new ReferenceDecoder(codec).compare(file, seen.bytes, MOST_BYTES, seen.refused);
    }

    /** Before an error there may be more bytes if fewer are asked for at once. */
    private static void checkSame(Seen seen, Seen byByte) {
        int length = seen.refused == null ? byByte.bytes.length : Math.min(seen.bytes.length, byByte.bytes.length);
        boolean same = seen.refused == null ? byByte.refused == null : byByte.refused != null;
        if (!same
                || !Arrays.equals(
                        seen.bytes, 0, seen.refused == null ? seen.bytes.length : length, byByte.bytes, 0, length)) {
            throw new AssertionError("byte by byte: " + byByte + " instead of " + seen);
        }
    }

    private Seen seen(byte[] file, SeekableByteChannel channel, int bufferLength) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[bufferLength];
        try (FileBytes bytes = new FileBytes(new InputFile(path, file.length), channel);
                ByteInput input = decompression.open(bytes)) {
            int count = 0;
            while (count >= 0 && all.size() < MOST_BYTES) {
                count = input.read(buffer, 0, buffer.length);
                if (count == 0) {
                    throw new AssertionError("no bytes and no end");
                }
                all.write(buffer, 0, Math.max(0, count));
            }
            return new Seen(all.toByteArray(), null);
        } catch (SourceException e) {
            return new Seen(all.toByteArray(), e);
        }
    }

    private void checkPlace(byte[] file, Seen seen) {
        SourceException refused = seen.refused;
        if (refused == null) {
            return;
        }
        long offset = refused.location().offset().orElse(0L);
        if (!refused.getMessage().startsWith(path + ": ")
                || !refused.location().file().equals(path.toString())
                || offset < 0
                || offset > file.length) {
            throw new AssertionError("an error without a place", refused);
        }
    }

    /** Streams of text, of bytes that do not compress, and of none; alone and joined. */
    @Override
    public List<byte[]> seeds() throws Exception {
        Random random = new Random(23);
        byte[] noise = new byte[100];
        random.nextBytes(noise);
        byte[] text =
                "10.0.0.1 - - \"GET /index.html HTTP/1.1\" 200 512\n".repeat(5).getBytes(UTF_8);
        List<byte[]> seeds = new ArrayList<>();
        for (byte[] bytes : List.of(text, new byte[300], noise, new byte[0], "a\n".getBytes(UTF_8))) {
            seeds.addAll(written(bytes));
        }
        seeds.add(Decompressed.join(seeds.get(0), seeds.get(seeds.size() - 1)));
        return seeds;
    }

    private List<byte[]> written(byte[] bytes) throws Exception {
        return switch (codec) {
            case GZIP -> List.of(Decompressed.gzip(bytes));
            case BZIP2 -> List.of(through(out -> new BZip2CompressorOutputStream(out, 1), bytes));
            case XZ -> List.of(through(out -> new XZOutputStream(out, new LZMA2Options(0)), bytes));
            case LZMA ->
                List.of(
                        through(out -> new LZMAOutputStream(out, new LZMA2Options(0), bytes.length), bytes),
                        through(out -> new LZMAOutputStream(out, new LZMA2Options(0), -1), bytes));
            case ZSTD ->
                List.of(
                        com.github.luben.zstd.Zstd.compress(bytes),
                        through(out -> new com.github.luben.zstd.ZstdOutputStream(out, 19).setChecksum(true), bytes));
            case LZ4 ->
                installed(
                        bytes,
                        new String[] {"lz4", "-c"},
                        new String[] {"lz4", "-c", "-BD", "-B4", "-BX"},
                        new String[] {"lz4", "-c", "-l"},
                        new String[] {"lz4", "-c", "--content-size", "--no-frame-crc"});
            case SNAPPY ->
                List.of(
                        through(SnappyFramedOutputStream::new, bytes),
                        through(SnappyOutputStream::new, bytes),
                        OtherCodecsTest.hadoop(bytes));
            case Z ->
                List.of(
                        LzwWriter.compress(bytes, 16, true, 0),
                        LzwWriter.compress(bytes, 9, true, 100),
                        LzwWriter.compress(bytes, 12, false, 0));
            case ZLIB -> List.of(through(DeflaterOutputStream::new, bytes));
        };
    }

    /** An empty frame is among them even where the program is not installed. */
    private static List<byte[]> installed(byte[] bytes, String[]... commands) throws Exception {
        List<byte[]> written = new ArrayList<>();
        written.add(new byte[] {4, 0x22, 0x4d, 0x18, 0x60, 0x40, (byte) 0x82, 0, 0, 0, 0});
        for (String[] command : commands) {
            Decompressed.run(bytes, command).ifPresent(written::add);
        }
        return written;
    }

    private interface Opener {
        OutputStream open(OutputStream out) throws IOException;
    }

    private static byte[] through(Opener opener, byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream compressing = opener.open(out)) {
            compressing.write(bytes);
        }
        return out.toByteArray();
    }
}
