package dev.bag.io.format;

import dev.bag.io.file.ByteInput;
import dev.bag.io.file.FileBytes;
import dev.bag.io.format.LineChunk.LongLine;
import dev.bag.io.format.LineCursor.AsciiCursor;
import dev.bag.io.format.LineCursor.DelimitedCursor;
import dev.bag.source.SourceException;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts bytes into chunks of whole lines: fills a buffer, hands out what ends with a line end, and carries the rest to
 * the next chunk. A line that is longer than the buffer makes it grow, up to the longest line allowed.
 *
 * @param <T> the records made of the lines
 */
public final class WholeLines<T> implements ChunkReader<LineChunk<T>>, CursorChunk.Owner {

    private final TextFile file;
    private final Encoding encoding;
    private final RecordMaker<T> maker;
    private final ByteInput input;
    private final FileBytes opened;
    private final Buffers buffers;

    /** How many bytes a chunk has, unless its first line is longer. */
    private final int chunkLength;

    /** The text of {@code bytes[0]} up to, not including, {@code bytes[filled]}; the chunk ends before {@code cut}. */
    private byte[] bytes;

    private int filled;
    private int cut;

    /** Where in the text {@code bytes[0]} stands. */
    private long offset;

    /** For the next chunk. */
    private LineTally tally = new LineTally(null);

    /** The chunk whose bytes are in {@code bytes}; null if there is none, and when it was detached. */
    private @Nullable CursorChunk<T> handedOut;

    private boolean ended;
    private boolean insideLongLine;
    private @Nullable SourceException failure;

    /**
     * Lines from where a line begins.
     *
     * @param offset where in the text the input begins
     * @param opened the file that the input reads; closed with it
     */
    public WholeLines(
            TextFile file,
            Encoding encoding,
            RecordMaker<T> maker,
            ByteInput input,
            long offset,
            int chunkLength,
            Buffers buffers,
            FileBytes opened) {
        this.file = file;
        this.encoding = encoding;
        this.maker = maker;
        this.input = input;
        this.offset = offset;
        this.chunkLength = chunkLength;
        this.buffers = buffers;
        this.opened = opened;
        this.bytes = buffers.take(chunkLength);
    }

    @Override
    public @Nullable LineChunk<T> nextChunk() throws IOException {
        takeBack();
        dropCut();
        if (insideLongLine) {
            dropLongLine();
        }
        int searched = 0;
        for (int wanted = chunkLength; ; wanted = grow(wanted)) {
            fill(wanted);
            if (ended) {
                return filled == 0 ? null : handOut(filled);
            }
            int end = encoding.lastLineEnd(bytes, searched, filled);
            if (end > 0) {
                return handOut(end);
            }
            if (failure != null) {
                throw failure;
            }
            if (wanted >= longestText()) {
                return longLine();
            }
            searched = beginOfUncertainEnd();
        }
    }

    /** Reads until there are so many bytes, or no more. What can still be read of a corrupt file is handed out first. */
    private void fill(int wanted) throws IOException {
        try {
            while (!ended && failure == null && filled < wanted) {
                int count = input.read(bytes, filled, wanted - filled);
                ended = count < 0;
                filled += Math.max(0, count);
            }
        } catch (SourceException e) {
            failure = e;
        }
    }

    /** By half: twice the longest line has to fit in the heap, and no more. */
    private int grow(int wanted) {
        int larger = (int) Math.min(longestText(), wanted + wanted / 2L + 1);
        makeRoom(larger);
        return larger;
    }

    private void makeRoom(int length) {
        if (bytes.length < length + Buffers.MARGIN) {
            bytes = Arrays.copyOf(bytes, length + Buffers.MARGIN);
        }
    }

    private int longestText() {
        return file.maxLineBytes() + encoding.longestLineEnd();
    }

    /** Before it there is no line end, and none that the bytes to come could complete. */
    private int beginOfUncertainEnd() {
        return encoding.alignDown(Math.max(0, filled - encoding.longestLineEnd()));
    }

    private LineChunk<T> handOut(int end) {
        if (ended) {
            bytes[end] = '\n'; // so that a last line without an end is found like all others
        }
        LineCursor cursor =
                encoding.asciiLines ? new AsciiCursor(bytes, end) : new DelimitedCursor(encoding, bytes, end);
        CursorChunk<T> chunk = new CursorChunk<>(file, encoding, tally, this, cursor, maker, offset);
        handedOut = chunk;
        cut = end;
        return begun(chunk);
    }

    private LineChunk<T> longLine() {
        insideLongLine = true;
        return begun(new LongLine<>(file, tally, offset, encoding.beginOf(bytes, 0, filled)));
    }

    private LineChunk<T> begun(LineChunk<T> chunk) {
        tally.begin(chunk);
        tally = new LineTally(tally);
        return chunk;
    }

    /** The line was told as an error. Reads on up to its end. */
    private void dropLongLine() throws IOException {
        insideLongLine = false;
        int room = Math.max(chunkLength, 4 * encoding.longestLineEnd());
        makeRoom(room);
        int end = encoding.firstLineEnd(bytes, 0, filled);
        while (end < 0 && !ended && failure == null) {
            cut = beginOfUncertainEnd();
            dropCut();
            fill(room);
            end = encoding.firstLineEnd(bytes, 0, filled);
        }
        cut = end < 0 ? filled : end;
        dropCut();
    }

    /** The chunk handed out last is not read any more. */
    private void takeBack() {
        CursorChunk<T> last = handedOut;
        if (last != null) {
            last.settle();
            handedOut = null;
        }
    }

    private void dropCut() {
        if (cut > 0) {
            moveRest(bytes);
        }
    }

    private void moveRest(byte[] to) {
        System.arraycopy(bytes, cut, to, 0, filled - cut);
        bytes = to;
        filled -= cut;
        offset += cut;
        cut = 0;
    }

    /** Leaves the buffer to the chunk in it, and goes on with another. */
    @Override
    public boolean detach(CursorChunk<?> chunk) {
        if (handedOut != chunk) {
            return false;
        }
        handedOut = null;
        moveRest(buffers.take(Math.max(chunkLength, filled - cut)));
        return true;
    }

    @Override
    public void giveBack(byte[] buffer) {
        buffers.giveBack(buffer);
    }

    @Override
    public long position() {
        return opened.position();
    }

    @Override
    public long bytesPassedOver() {
        return opened.bytesPassedOver();
    }

    @Override
    public void close() throws IOException {
        takeBack();
        buffers.giveBack(bytes);
        try (opened) {
            input.close();
        }
    }
}
