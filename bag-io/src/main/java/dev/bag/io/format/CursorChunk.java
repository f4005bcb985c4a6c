package dev.bag.io.format;

import dev.bag.io.format.RecordMaker.BadRecord;
import dev.bag.source.SourceException;
import dev.bag.value.Location;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Records that are made out of the lines in a buffer, one by one. */
final class CursorChunk<T> extends LineChunk<T> {

    /** What the buffer belongs to. */
    interface Owner {

        /** Leaves the buffer to the chunk in it. Returns whether it was still there. */
        boolean detach(CursorChunk<?> chunk);

        /** Takes back a buffer that was left to a chunk. Any thread calls it. */
        void giveBack(byte[] buffer);
    }

    private final Encoding encoding;
    private final Owner owner;
    private final LineCursor cursor;
    private final RecordMaker<T> maker;
    private final int maxLineBytes;

    /** Where in the text the buffer stands. */
    private final long offset;

    private boolean detached;

    CursorChunk(
            TextFile file,
            Encoding encoding,
            LineTally tally,
            Owner owner,
            LineCursor cursor,
            RecordMaker<T> maker,
            long offset) {
        super(file, tally);
        this.encoding = encoding;
        this.owner = owner;
        this.cursor = cursor;
        this.maker = maker.forOneBuffer();
        this.offset = offset;
        this.maxLineBytes = file.maxLineBytes();
    }

    @Override
    public @Nullable T next() throws SourceException {
        while (cursor.advance()) {
            linesRead++;
            if (cursor.to - cursor.from > maxLineBytes) {
                throw file.tooLong(locate(), text());
            }
            T record = make();
            if (record != null) {
                return record;
            }
        }
        return null;
    }

    @Override
    public long countRest() {
        if (cursor.restLength() > maxLineBytes) {
            return -1; // a line may be too long
        }
        long rest = cursor.countRest();
        if (rest < 0 || !maker.makesAll(cursor)) {
            return -1;
        }
        linesRead += rest;
        cursor.skipRest();
        return rest;
    }

    private @Nullable T make() throws SourceException {
        try {
            return maker.make(cursor);
        } catch (BadRecord e) {
            throw file.bad(locate(), offset, e, text());
        }
    }

    private String text() {
        return encoding.beginOf(cursor.bytes, cursor.from, cursor.to);
    }

    @Override
    public long countLines() {
        return cursor.countLines();
    }

    @Override
    Location locate() {
        return file.locate(tally, linesRead, offset + cursor.from);
    }

    @Override
    public Supplier<Optional<Location>> locator() {
        long line = linesRead;
        long begin = offset + cursor.from;
        return () -> Optional.of(file.locate(tally, line, begin));
    }

    @Override
    public void detach() {
        detached = owner.detach(this);
    }

    @Override
    public int viewedBytes() {
        return maker.makesViews() ? cursor.bytes.length : 0;
    }

    /** The buffer is not given back, if it was left to this chunk; otherwise it is left now. */
    @Override
    public void leave() {
        tally.settle(cursor.isAtEnd());
        owner.detach(this);
    }

    /** The buffer of a chunk that was not detached is still its owner's. */
    @Override
    public void release() {
        settle();
        if (detached) {
            detached = false;
            owner.giveBack(cursor.bytes);
        }
    }

    void settle() {
        tally.settle(cursor.isAtEnd());
        cursor.endViews();
    }
}
