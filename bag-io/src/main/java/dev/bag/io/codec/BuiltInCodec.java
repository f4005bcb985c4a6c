package dev.bag.io.codec;

import dev.bag.io.codec.LibraryDecompressors.XzDecompressor;
import dev.bag.io.codec.LibraryDecompressors.ZstdDecompressor;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The compressed formats that need no plug-in. */
public enum BuiltInCodec {
    /** RFC 1952. */
    GZIP(".gz", ".gzip", ".bgz"),
    /** Julian Seward's bzip2. */
    BZIP2(".bz2", ".bz"),
    /** The xz file format 1.2. */
    XZ(".xz"),
    /** RFC 8878. */
    ZSTD(".zst", ".zstd");

    private static final BuiltInCodec[] ALL = values();
    private static final int[] BZIP2_BLOCK = {0x31, 0x41, 0x59, 0x26, 0x53, 0x59};
    private static final int[] BZIP2_END = {0x17, 0x72, 0x45, 0x38, 0x50, 0x90};
    private static final int[] XZ_SIGNATURE = {0xfd, '7', 'z', 'X', 'Z', 0};
    private static final int[] ZSTD_SIGNATURE = {0x28, 0xb5, 0x2f, 0xfd};
    private static final int[] SKIPPABLE_SIGNATURE_TAIL = {0x2a, 0x4d, 0x18};

    private final List<String> extensions;

    BuiltInCodec(String... extensions) {
        this.extensions = List.of(extensions);
    }

    /** The format whose signature these first bytes of a file are, or null. */
    static @Nullable BuiltInCodec byContent(byte[] head) {
        for (BuiltInCodec codec : ALL) {
            if (codec.begins(head)) {
                return codec;
            }
        }
        return null;
    }

    /** The format that the extension of a name stands for, or null. */
    static @Nullable BuiltInCodec byName(String name) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        for (BuiltInCodec codec : ALL) {
            for (String extension : codec.extensions) {
                if (lowerCase.endsWith(extension)) {
                    return codec;
                }
            }
        }
        return null;
    }

    private boolean begins(byte[] head) {
        return switch (this) {
            case GZIP -> beginsGzip(head);
            case BZIP2 -> beginsBzip2(head);
            case XZ -> has(head, 0, XZ_SIGNATURE);
            case ZSTD -> has(head, 0, ZSTD_SIGNATURE) || beginsSkippableFrame(head);
        };
    }

    /** The signature, method 8, and no reserved flag. */
    private static boolean beginsGzip(byte[] head) {
        return head.length >= 4 && head[0] == 0x1f && head[1] == (byte) 0x8b && head[2] == 8 && (head[3] & 0xe0) == 0;
    }

    private static boolean beginsBzip2(byte[] head) {
        boolean signature = head.length >= 4 && head[0] == 'B' && head[1] == 'Z' && head[2] == 'h';
        return signature && head[3] >= '1' && head[3] <= '9' && (has(head, 4, BZIP2_BLOCK) || has(head, 4, BZIP2_END));
    }

    private static boolean beginsSkippableFrame(byte[] head) {
        return head.length > 0 && (head[0] & 0xf0) == 0x50 && has(head, 1, SKIPPABLE_SIGNATURE_TAIL);
    }

    private static boolean has(byte[] head, int from, int[] signature) {
        if (head.length < from + signature.length) {
            return false;
        }
        for (int i = 0; i < signature.length; i++) {
            if ((head[from + i] & 0xff) != signature[i]) {
                return false;
            }
        }
        return true;
    }

    String format() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns how data of the format can be read from inside of a file on; null if they cannot. */
    public @Nullable UnitCodec units() {
        return switch (this) {
            case BZIP2 -> new Bzip2Units();
            case GZIP, XZ, ZSTD -> null;
        };
    }

    ByteInput open(FileBytes file, Limits limits) throws IOException {
        if (file.file().byteCount() > 0) {
            return new RatioLimit(decoder(file, limits), file, limits);
        }
        if (limits.emptyFiles()) {
            return file;
        }
        throw Corruption.empty(file.file(), format());
    }

    private ByteInput decoder(FileBytes file, Limits limits) {
        return switch (this) {
            case GZIP -> new GzipInput(file, limits);
            case BZIP2 -> new Bzip2Input(file, limits, Long.MAX_VALUE);
            case XZ -> library("org.tukaani:xz", () -> new XzDecompressor(), file, limits);
            case ZSTD -> library("com.github.luben:zstd-jni", () -> new ZstdDecompressor(), file, limits);
        };
    }

    private ByteInput library(String artifact, Supplier<? extends Decompressor> load, FileBytes file, Limits limits) {
        return new LibraryInput(file, format(), artifact, load, limits);
    }
}
