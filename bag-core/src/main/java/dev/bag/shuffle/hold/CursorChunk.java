package dev.bag.shuffle.hold;

import dev.bag.kernel.SourceFeed.Selective;
import dev.bag.source.Chunk;
import dev.bag.spill.RunSpace;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** What a cursor gives, as the records of a partition. */
public class CursorChunk implements Chunk<Object>, Selective, Closeable {

    private final EntryCursor entries;
    private final RunSpace space;
    private final @Nullable RecordMaker maker;
    private boolean ended;

    /** Makes the record of an entry. */
    @FunctionalInterface
    public interface RecordMaker {

        /** The record of the entry at which {@code entries} is. */
        Object of(EntryCursor entries) throws Throwable;
    }

    private CursorChunk(EntryCursor entries, RunSpace space, @Nullable RecordMaker maker) {
        this.entries = entries;
        this.space = space;
        this.maker = maker;
    }

    /** The values of {@code entries}; the memory that was taken over with them is given back when this is closed. */
    public CursorChunk(EntryCursor entries, RunSpace space) {
        this(entries, space, null);
    }

    /** As {@link #CursorChunk}, for records that are made of entries. */
    public static CursorChunk of(EntryCursor entries, RunSpace space, RecordMaker maker) {
        return new CursorChunk(entries, space, maker);
    }

    @Override
    public @Nullable Object next() throws Exception {
        if (!ended && entries.next()) {
            return maker == null ? entries.value() : record(maker);
        }
        close();
        return null;
    }

    @Override
    public void select(LongPredicate wanted) {
        entries.select(wanted);
    }

    private Object record(RecordMaker from) throws Exception {
        try {
            return from.of(entries);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public final void close() throws IOException {
        if (!ended) {
            ended = true;
            entries.close();
            space.release(entries.takenBytes());
        }
    }
}
