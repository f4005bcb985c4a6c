package dev.bag.bench;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** What {@code files.sh} adds to the data: other forms of the logs, and other kinds of files. */
final class GenerateFiles {

    private static final int FRAME_BYTES = 4 << 20;
    private static final int EVENT_FILES = 8;
    private static final long EVENT_BYTES = 125L << 19;
    private static final long ORDER_BYTES = 500L << 20;
    private static final int ORDER_PARTS = 20;
    private static final int ARCHIVES = 20;
    private static final int ENTRIES = 5000;

    private final Path directory;
    private final double scale;

    /** A way to make a file. */
    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private GenerateFiles(Path directory, double scale) {
        this.directory = directory;
        this.scale = scale;
    }

    /** Makes what is missing, by several threads. */
    static void into(Path directory, double scale, List<Path> logs) throws Exception {
        List<Callable<Path>> files = new GenerateFiles(directory, scale).files(logs);
        ExecutorService executor =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            for (Future<Path> file : executor.invokeAll(files)) {
                file.get();
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private List<Callable<Path>> files(List<Path> logs) {
        Path all = directory.resolve("access-all.log");
        List<Callable<Path>> files = new ArrayList<>();
        files.add(() -> file("access-all.log.bz2", out -> bzip2(all, out)));
        for (Path log : logs) {
            files.add(() -> file(log.getFileName() + ".bz2", out -> bzip2(log, out)));
        }
        files.add(() -> file("access-all.log.zst", out -> oneFrame(all, out)));
        files.add(() -> file("access-frames.log.zst", out -> frames(all, out)));
        files.add(() -> file("access-bgzf.log.gz", out -> blocks(all, out)));
        for (int i = 0; i < EVENT_FILES; i++) {
            int part = i;
            files.add(() -> file(
                    "events-" + part + ".json",
                    out -> out.write(new EventWriter(part).events((int) (EVENT_BYTES * scale)))));
        }
        files.add(() -> file("orders.csv", this::orders));
        for (int i = 0; i < ARCHIVES; i++) {
            int part = i;
            files.add(() -> file(String.format(Locale.ROOT, "texts-%02d.zip", part), out -> archive(part, out)));
        }
        return files;
    }

    private Path file(String name, Content content) throws IOException {
        Path file = directory.resolve(name);
        if (!Files.exists(file)) {
            try (OutputStream out =
                    new BufferedOutputStream(Files.newOutputStream(GenerateData.unfinished(file)), 1 << 16)) {
                content.writeTo(out);
            }
            GenerateData.finish(GenerateData.unfinished(file));
        }
        return file;
    }

    private static void bzip2(Path log, OutputStream out) throws IOException {
        try (OutputStream compressing = new BZip2CompressorOutputStream(out)) {
            Files.copy(log, compressing);
        }
    }

    private static void oneFrame(Path log, OutputStream out) throws IOException {
        try (OutputStream compressing = new ZstdOutputStream(out)) {
            Files.copy(log, compressing);
        }
    }

    /** As pzstd writes them, but for the frames in which it says how long others are. */
    private static void frames(Path log, OutputStream out) throws IOException {
        try (var in = Files.newInputStream(log)) {
            for (byte[] text = in.readNBytes(FRAME_BYTES); text.length > 0; text = in.readNBytes(FRAME_BYTES)) {
                ByteArrayOutputStream frame = new ByteArrayOutputStream();
                try (OutputStream compressing = new ZstdOutputStream(frame)) {
                    compressing.write(text);
                }
                frame.writeTo(out);
            }
        }
    }

    private static void blocks(Path log, OutputStream out) throws IOException {
        try (var in = Files.newInputStream(log)) {
            BgzfBlocks blocks = new BgzfBlocks(out);
            byte[] text = in.readNBytes(BgzfBlocks.TEXT_BYTES);
            while (text.length > 0) {
                blocks.write(text);
                text = in.readNBytes(BgzfBlocks.TEXT_BYTES);
            }
            blocks.write(text); // the end mark
        }
    }

    private void orders(OutputStream out) throws IOException {
        out.write(OrderWriter.HEADER.getBytes(StandardCharsets.US_ASCII));
        for (int part = 0; part < ORDER_PARTS; part++) {
            out.write(new OrderWriter(part).orders((int) (ORDER_BYTES * scale / ORDER_PARTS)));
        }
    }

    /** Texts of about 1 KB. */
    private void archive(int part, OutputStream out) throws IOException {
        WordWriter words = new WordWriter(100 + part);
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < ENTRIES * Math.min(1, scale); i++) {
                ZipEntry entry = new ZipEntry(String.format(Locale.ROOT, "folder%02d/text-%05d.txt", part, i));
                entry.setTimeLocal(java.time.LocalDateTime.of(2024, 5, 1, 12, 0));
                zip.putNextEntry(entry);
                zip.write(words.text(600 + i * 7919 % 800));
            }
        }
    }

    /** Gzip members that say how long they are, as in the format of BGZF files of the SAM/BAM specification. */
    private static final class BgzfBlocks {

        static final int TEXT_BYTES = 0xff00;

        private static final byte[] HEADER = {31, -117, 8, 4, 0, 0, 0, 0, 0, -1, 6, 0, 'B', 'C', 2, 0};
        private static final int TRAILER_LENGTH = 8;

        private final OutputStream out;
        private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        private final byte[] block = new byte[1 << 16];

        BgzfBlocks(OutputStream out) {
            this.out = out;
        }

        void write(byte[] text) throws IOException {
            deflater.reset();
            deflater.setInput(text);
            deflater.finish();
            int length = deflater.deflate(block);
            out.write(HEADER);
            littleEndian(HEADER.length + 2 + length + TRAILER_LENGTH - 1, 2);
            out.write(block, 0, length);
            CRC32 crc = new CRC32();
            crc.update(text);
            littleEndian(crc.getValue(), 4);
            littleEndian(text.length, 4);
        }

        private void littleEndian(long number, int byteCount) throws IOException {
            for (int i = 0; i < byteCount; i++) {
                out.write((int) (number >> 8 * i));
            }
        }
    }
}
