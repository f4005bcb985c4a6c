package dev.bag.io;

import dev.bag.io.codec.Decompression;
import dev.bag.io.file.InputFile;
import dev.bag.io.format.TextRecords;
import dev.bag.io.parts.TextFormat;
import dev.bag.io.parts.TextPart;
import dev.bag.io.split.FileSlice;
import dev.bag.io.split.Partitioning;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads parts as the engine does, for tests; and an oracle that cuts lines in the plainest way. */
final class Texts {

    static final Decompression AUTO = Decompression.DEFAULT;
    static final int MAX_LINE = 1 << 20;

    private Texts() {}

    static TextFormat format(String charset, String delimiter, boolean anyLineEnd) {
        return new TextFormat(charset, delimiter, anyLineEnd ? true : false, Malformed.REPORT.treatment, MAX_LINE);
    }

    static InputFile input(Path file) throws IOException {
        return new InputFile(file, Files.size(file));
    }

    static TextPart<String> part(TextFormat format, int chunkLength, FileSlice... pieces) {
        return new TextPart<>(List.of(pieces), format, AUTO, chunkLength, TextRecords::new);
    }

    static TextPart<String> whole(Path file, TextFormat format, int chunkLength) throws IOException {
        return part(format, chunkLength, FileSlice.whole(input(file)));
    }

    /** The lines of a file that is cut into blocks. */
    static List<String> lines(Path file, TextFormat format, long blockSize, int chunkLength) throws Exception {
        Partitioning.Kinds kinds = new Partitioning.Kinds() {
            @Override
            public boolean splittable(InputFile ignored) {
                return true;
            }

            @Override
            public boolean compressed(InputFile ignored) {
                return false;
            }
        };
        List<String> lines = new ArrayList<>();
        for (List<FileSlice> pieces : new Partitioning(blockSize, 0).partitions(List.of(input(file)), kinds)) {
            lines.addAll(lines(part(format, chunkLength, pieces.toArray(FileSlice[]::new))));
        }
        return lines;
    }

    static List<String> lines(TextPart<String> part) throws Exception {
        List<String> lines = new ArrayList<>();
        try (Chunks<String> chunks = part.open()) {
            for (Chunk<String> chunk = chunks.nextChunk(); chunk != null; chunk = chunks.nextChunk()) {
                for (String line = chunk.next(); line != null; line = chunk.next()) {
                    lines.add(line);
                }
            }
        }
        return lines;
    }

    /** What the lines of a text are. */
    static List<String> oracle(String text, String delimiter, boolean anyLineEnd) {
        List<String> lines = new ArrayList<>();
        int begin = 0;
        int i = 0;
        while (i < text.length()) {
            int end = endLength(text, i, delimiter, anyLineEnd);
            if (end == 0) {
                i++;
            } else {
                lines.add(text.substring(begin, i));
                i += end;
                begin = i;
            }
        }
        if (begin < text.length()) {
            lines.add(text.substring(begin));
        }
        return lines;
    }

    private static int endLength(String text, int i, String delimiter, boolean anyLineEnd) {
        if (delimiter != null) {
            return text.startsWith(delimiter, i) ? delimiter.length() : 0;
        }
        if (text.startsWith("\r\n", i)) {
            return 2;
        }
        return text.charAt(i) == '\n' || anyLineEnd && text.charAt(i) == '\r' ? 1 : 0;
    }
}
