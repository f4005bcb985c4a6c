package dev.bag.io.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/** Says, as JSON, that all files of an output are there, and what is in them. */
final class SuccessFile {

    /** What Hadoop and Spark call it, too. */
    static final String NAME = "_SUCCESS";

    private SuccessFile() {}

    /** Writes it to a hidden file, which is on disk then, and returns that. */
    static Path prepare(Path hidden, List<Piece> pieces, IntFunction<String> names) throws IOException {
        try (SeekableByteChannel channel =
                Files.newByteChannel(hidden, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer text = ByteBuffer.wrap(json(pieces, names).getBytes(UTF_8));
            while (text.hasRemaining()) {
                channel.write(text);
            }
            if (channel instanceof FileChannel file) {
                file.force(true);
            }
            return hidden;
        } catch (Throwable e) {
            Files.deleteIfExists(hidden);
            throw e;
        }
    }

    private static String json(List<Piece> pieces, IntFunction<String> names) {
        StringBuilder text = new StringBuilder("{\n  \"parts\": [\n");
        long records = 0;
        long bytes = 0;
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            records += piece.recordCount();
            bytes += piece.byteCount();
            text.append("    {\"name\": ");
            appendString(text, names.apply(i));
            text.append(String.format(
                    Locale.ROOT,
                    ", \"records\": %d, \"bytes\": %d, \"crc32c\": \"%08x\"}%s%n",
                    piece.recordCount(),
                    piece.byteCount(),
                    piece.checksum(),
                    i + 1 < pieces.size() ? "," : ""));
        }
        return text.append("  ],\n  \"records\": ")
                .append(records)
                .append(",\n  \"bytes\": ")
                .append(bytes)
                .append("\n}\n")
                .toString();
    }

    private static void appendString(StringBuilder text, String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
