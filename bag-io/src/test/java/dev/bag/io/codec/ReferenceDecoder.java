package dev.bag.io.codec;

import com.github.luben.zstd.ZstdInputStream;
import dev.bag.source.SourceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.z.ZCompressorInputStream;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.XZInputStream;
import org.xerial.snappy.SnappyError;
import org.xerial.snappy.SnappyFramedInputStream;
import org.xerial.snappy.SnappyInputStream;

/** What a library makes of a compressed file, and where it may differ from ours. */
final class ReferenceDecoder {

    private static final int MOST_KIBIBYTES = 8 << 10;

    private final BuiltInCodec codec;

    ReferenceDecoder(BuiltInCodec codec) {
        this.codec = codec;
    }

    private InputStream open(byte[] file) throws IOException {
        InputStream in = new ByteArrayInputStream(file);
        return switch (codec) {
            case GZIP ->
                GzipCompressorInputStream.builder()
                        .setInputStream(in)
                        .setDecompressConcatenated(true)
                        .get();
            case BZIP2 -> new BZip2CompressorInputStream(in, true);
            case XZ -> new XZInputStream(in, MOST_KIBIBYTES);
            case LZMA -> new LZMAInputStream(in, MOST_KIBIBYTES);
            case ZSTD -> new ZstdInputStream(in);
            case LZ4 -> new FramedLZ4CompressorInputStream(in, true);
            case SNAPPY ->
                Signatures.snappyFramed(file, 0, file.length)
                        ? new SnappyFramedInputStream(in)
                        : new SnappyInputStream(in);
            case Z -> new ZCompressorInputStream(in, MOST_KIBIBYTES);
            case ZLIB -> new InflaterInputStream(in);
        };
    }

    /** Throws an error if what ours decoded or refused contradicts the library. */
    void compare(byte[] file, byte[] seen, int most, SourceException refused) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Throwable failure = null;
        boolean ended = false;
        try (InputStream in = open(file)) {
            byte[] buffer = new byte[1 << 16];
            int count = 0;
            while (count >= 0 && all.size() < most) {
                count = in.read(buffer, 0, buffer.length);
                all.write(buffer, 0, Math.max(0, count));
            }
            ended = count < 0;
        } catch (IOException | RuntimeException | SnappyError | StackOverflowError e) {
            failure = e;
        }
        byte[] expected = all.toByteArray();
        int common = Math.min(seen.length, expected.length);
        if (!Arrays.equals(seen, 0, common, expected, 0, common)) {
            throw difference("other bytes", expected, seen, failure, refused);
        }
        if (refused == null && failure == null && seen.length != expected.length && !readsLess()) {
            throw difference("another length", expected, seen, null, null);
        }
        if (refused == null && failure != null && !refusesMore(file)) {
            throw difference("not refused", expected, seen, failure, null);
        }
        if (refused != null && ended && !acceptsMore(refused)) {
            throw difference("refused", expected, seen, null, refused);
        }
    }

    /** The JDK reads the first of several streams. */
    private boolean readsLess() {
        return codec == BuiltInCodec.ZLIB;
    }

    /**
     * The libraries do not know all forms of these formats; those of gzip and bzip2 no zeros behind the end, and that of lz4 no
     * last sequence whose length of a match, which it has not, is not 0.
     */
    private boolean refusesMore(byte[] file) {
        return switch (codec) {
            case GZIP, BZIP2 -> file[file.length - 1] == 0;
            case LZ4 -> true;
            case SNAPPY ->
                !Signatures.snappyFramed(file, 0, file.length) && !Signatures.snappyJava(file, 0, file.length);
            default -> false;
        };
    }

    /** The libraries of some formats take what is cut for whole; and all pass over something, or know no limits. */
    private boolean acceptsMore(SourceException refused) {
        return switch (codec) {
            case LZ4, SNAPPY, Z, ZLIB -> true;
            case GZIP, BZIP2, XZ, LZMA, ZSTD -> {
                String message = refused.getMessage();
                yield message.contains("bytes that are not ")
                        || message.contains("this is not ")
                        || message.contains("the file has 0 bytes")
                        || message.contains("checksum of the header")
                        || message.contains("codecMemory");
            }
        };
    }

    private static AssertionError difference(
            String what, byte[] expected, byte[] seen, Throwable failure, SourceException refused) {
        AssertionError error = new AssertionError(
                what + ": " + seen.length + " bytes, then " + refused + "; the library: " + expected.length
                        + " bytes, then " + failure,
                failure);
        if (refused != null) {
            error.addSuppressed(refused);
        }
        return error;
    }
}
