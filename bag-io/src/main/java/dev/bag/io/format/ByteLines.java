package dev.bag.io.format;

import dev.bag.source.SourceException;
import dev.bag.value.Location;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** Lines in a buffer, decoded one by one. */
abstract class ByteLines extends LineChunk {

    final byte[] bytes;

    /** The bytes before it are those of whole lines. */
    final int limit;

    final Charset charset;

    /** Where the line begins that was read last. */
    int start;

    /** Where the line after it begins. */
    int next;

    private final WholeLines reader;
    private final long offset;
    private final int maxLineBytes;
    private boolean detached;

    ByteLines(
            TextFile file,
            LineTally tally,
            WholeLines reader,
            Encoding encoding,
            byte[] bytes,
            int limit,
            long offset) {
        super(file, tally);
        this.reader = reader;
        this.charset = encoding.charset;
        this.bytes = bytes;
        this.limit = limit;
        this.offset = offset;
        this.maxLineBytes = file.format().maxLineBytes();
    }

    /** The same lines, none of them read. */
    ByteLines(ByteLines same) {
        super(same.file, same.tally);
        this.reader = same.reader;
        this.charset = same.charset;
        this.bytes = same.bytes;
        this.limit = same.limit;
        this.offset = same.offset;
        this.maxLineBytes = same.maxLineBytes;
    }

    /** The text of bytes of the charset, or null if they are not and the line is to be left out. */
    final @Nullable String decode(int from, int to) throws SourceException {
        String text = new String(bytes, from, to - from, charset);
        return text.indexOf(Malformed.REPLACEMENT) < 0 ? text : file.checked(this, text, from, to);
    }

    final boolean tooLong(int from, int to) {
        return to - from > maxLineBytes;
    }

    final SourceException tooLongHere() {
        return file.tooLong(locate());
    }

    @Override
    final Location locate() {
        return file.locate(tally, linesRead, offset + start);
    }

    /** Where in the text a byte stands. */
    final long offsetOf(int index) {
        return offset + index;
    }

    @Override
    public void detach() {
        detached = reader.detach(this);
    }

    /** The buffer of a chunk that was not detached is still the reader's. */
    @Override
    public void release() {
        settle();
        if (detached) {
            detached = false;
            reader.giveBack(bytes);
        }
    }

    final void settle() {
        tally.settle(next >= limit);
    }
}
