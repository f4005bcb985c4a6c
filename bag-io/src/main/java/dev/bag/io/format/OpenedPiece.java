package dev.bag.io.format;

import dev.bag.io.codec.ByteInput;
import dev.bag.io.codec.Decompression;
import dev.bag.io.codec.FileBytes;
import dev.bag.io.codec.InputFile;
import dev.bag.io.split.Boundaries;
import dev.bag.io.split.Piece;
import dev.bag.io.split.RangeInput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Opens pieces of files as lines: finds out how a file is compressed and encoded, and where the piece begins and ends. */
final class OpenedPiece {

    private static final int LONGEST_MARK = 4;

    /** How far a first chunk of a compressed file is expected to reach: more than most compress. */
    private static final int EXPECTED_RATIO = 16;

    private static final int SMALLEST_CHUNK = 64 << 10;
    private static final int COUNTED_AT_ONCE = 256 << 10;

    private final Piece piece;
    private final TextFormat format;
    private final Decompression decompression;
    private final ChunkLengths lengths;
    private final Buffers buffers;
    private final FileBytes bytes;

    private OpenedPiece(Piece piece, TextPart part, Buffers buffers, FileBytes bytes) {
        this.piece = piece;
        this.format = part.format();
        this.decompression = part.decompression();
        this.lengths = part.lengths();
        this.buffers = buffers;
        this.bytes = bytes;
    }

    /** The lines of a piece; null if it has none. */
    static @Nullable TextReader open(Piece piece, TextPart part, Buffers buffers) throws IOException {
        FileBytes bytes = FileBytes.open(piece.file());
        try {
            TextReader reader = new OpenedPiece(piece, part, buffers, bytes).reader();
            if (reader == null) {
                bytes.close();
            }
            return reader;
        } catch (Throwable e) {
            bytes.close();
            throw e;
        }
    }

    private @Nullable TextReader reader() throws IOException {
        ByteInput input = decompression.open(bytes);
        if (input == bytes) {
            return plainReader();
        }
        // A compressed file was planned as several pieces if its name did not tell: the first one reads it all.
        return piece.from() == 0 ? decompressedReader(input) : null;
    }

    private @Nullable TextReader plainReader() throws IOException {
        Encoding encoding = format.encoding(bytes.file(), bytes.head());
        if (encoding.lineEnd == null) {
            RangeInput all =
                    new RangeInput(bytes, encoding.markLength, bytes.file().byteCount());
            return piece.from() == 0 ? new ForwardLines(textFile(0), encoding, all, bytes) : null;
        }
        RangeInput range = new Boundaries(bytes, encoding.lineEnd, encoding.markLength).open(piece);
        return wholeLines(encoding, range, Math.min(lengths.plain(), range.byteCount()));
    }

    private TextReader wholeLines(Encoding encoding, RangeInput range, long chunkLength) {
        TextFile file = textFile(piece.from() == 0 ? 0 : range.begin());
        return new WholeLines(file, encoding, range, range.begin(), atLeastOne(chunkLength), buffers, bytes);
    }

    private static int atLeastOne(long chunkLength) {
        return (int) Math.max(1, chunkLength);
    }

    private TextReader decompressedReader(ByteInput decompressed) throws IOException {
        try {
            PrefixedInput input = new PrefixedInput(decompressed, LONGEST_MARK);
            Encoding encoding = format.encoding(bytes.file(), input.head());
            input.skip(encoding.markLength);
            return encoding.lineEnd == null
                    ? new ForwardLines(textFile(0), encoding, input, bytes)
                    : wholeLines(encoding, input);
        } catch (Throwable e) {
            decompressed.close();
            throw e;
        }
    }

    private TextReader wholeLines(Encoding encoding, PrefixedInput input) {
        long expected = Math.max(SMALLEST_CHUNK, bytes.file().byteCount() * EXPECTED_RATIO);
        int chunkLength = atLeastOne(Math.min(lengths.decompressed(), expected));
        return new WholeLines(textFile(0), encoding, input, encoding.markLength, chunkLength, buffers, bytes);
    }

    private TextFile textFile(long begin) {
        return new TextFile(bytes.file(), format, begin);
    }

    /** The number of lines of an uncompressed file before an offset, at which a line begins. */
    static long countLines(InputFile input, TextFormat format, long end) throws IOException {
        try (FileBytes bytes = FileBytes.open(input)) {
            Encoding encoding = format.encoding(input, bytes.head());
            RangeInput range = new RangeInput(bytes, encoding.markLength, end);
            TextFile file = new TextFile(input, format, 0);
            WholeLines lines =
                    new WholeLines(file, encoding, range, encoding.markLength, COUNTED_AT_ONCE, new Buffers(), bytes);
            long count = 0;
            for (LineChunk chunk = lines.nextChunk(); chunk != null; chunk = lines.nextChunk()) {
                count += chunk.countLines();
            }
            return count;
        }
    }
}
