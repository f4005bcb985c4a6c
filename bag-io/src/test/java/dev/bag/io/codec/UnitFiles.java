package dev.bag.io.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.bag.io.compress.Compressor;
import dev.bag.io.compress.FileCompression;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.OptionalInt;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZ;
import org.tukaani.xz.XZOutputStream;
import org.xerial.snappy.SnappyFramedOutputStream;

/** Makes small compressed files of several units, for tests: each text becomes a unit. */
public final class UnitFiles {

    private static final int LZ4_HEADER_CHECKSUM_AT = 8;

    private UnitFiles() {}

    /** As this library writes a file. */
    public static byte[] written(String name, byte[]... texts) throws IOException {
        FileCompression compression = FileCompression.of(name, OptionalInt.empty());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int[] frames = {};
        for (byte[] text : texts) {
            Compressor compressor = compression.compressor(out::write);
            compressor.write(text, 0, text.length);
            compressor.finish();
            int[] more = compressor.frames();
            frames = Arrays.copyOf(frames, frames.length + more.length);
            System.arraycopy(more, 0, frames, frames.length - more.length, more.length);
            compressor.close();
        }
        out.writeBytes(compression.ending(frames, out.size() == 0));
        return out.toByteArray();
    }

    /** Members of gzip with an extra field that has a subfield with their length, or with that of their data. */
    public static byte[] members(String name, byte[]... texts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] text : texts) {
            byte[] plain = Decompressed.gzip(text);
            int header = 10;
            int length = plain.length + 10;
            int told = name.equals("MZ") ? plain.length - header - 8 : length;
            ByteBuffer member = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            member.put(plain, 0, 3).put((byte) 4).put(plain, 4, 6);
            member.putShort((short) 8)
                    .put(name.getBytes(US_ASCII))
                    .putShort((short) 4)
                    .putInt(told);
            member.put(plain, header, plain.length - header);
            out.writeBytes(member.array());
        }
        return out.toByteArray();
    }

    /** Frames of zstd with checksums. */
    public static byte[] zstd(byte[]... texts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] text : texts) {
            out.writeBytes(zstdFrame(text));
        }
        return out.toByteArray();
    }

    private static byte[] zstdFrame(byte[] text) {
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            return context.setChecksum(true).compress(text);
        }
    }

    /** A frame of zstd and lz4 that decoders skip. */
    public static byte[] skippable(int number, byte[] content) {
        ByteBuffer frame = ByteBuffer.allocate(8 + content.length).order(ByteOrder.LITTLE_ENDIAN);
        return frame.putInt(0x184D2A50 + number)
                .putInt(content.length)
                .put(content)
                .array();
    }

    /** As pzstd writes it: before each frame one that tells its length. */
    public static byte[] pzstd(byte[]... texts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] text : texts) {
            byte[] frame = Zstd.compress(text);
            ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
            out.writeBytes(skippable(0, length.putInt(frame.length).array()));
            out.writeBytes(frame);
        }
        return out.toByteArray();
    }

    /** A stream of xz, a text a block. */
    public static byte[] xz(byte[]... texts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (XZOutputStream xz = new XZOutputStream(out, new LZMA2Options(0), XZ.CHECK_CRC32)) {
            for (byte[] text : texts) {
                xz.write(text);
                xz.endBlock();
            }
        }
        return out.toByteArray();
    }

    /** Chunks of snappy, so many bytes of a text each. */
    public static byte[] snappy(int blockSize, byte[] text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (SnappyFramedOutputStream snappy = new SnappyFramedOutputStream(out, blockSize, 0.9)) {
            snappy.write(text);
        }
        return out.toByteArray();
    }

    /** A frame of lz4, a text a block, which is stored. */
    public static byte[] lz4(int flags, byte[]... texts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] content = Decompressed.join(texts);
        boolean hasSize = (flags & 0x08) != 0;
        ByteBuffer descriptor = ByteBuffer.allocate(hasSize ? 10 : 2).order(ByteOrder.LITTLE_ENDIAN);
        descriptor.put((byte) (0x40 | flags)).put((byte) 0x40);
        if (hasSize) {
            descriptor.putLong(content.length);
        }
        little(out, 0x184D2204);
        out.writeBytes(descriptor.array());
        out.write(XxHash32.of(descriptor.array(), 0, descriptor.capacity()) >>> LZ4_HEADER_CHECKSUM_AT);
        for (byte[] text : texts) {
            little(out, text.length | 1 << 31);
            out.writeBytes(text);
            if ((flags & 0x10) != 0) {
                little(out, XxHash32.of(text, 0, text.length));
            }
        }
        little(out, 0);
        if ((flags & 0x04) != 0) {
            little(out, XxHash32.of(content, 0, content.length));
        }
        return out.toByteArray();
    }

    private static void little(ByteArrayOutputStream out, int number) {
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array());
    }
}
