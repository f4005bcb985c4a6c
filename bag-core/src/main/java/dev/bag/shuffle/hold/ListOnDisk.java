package dev.bag.shuffle.hold;

import dev.bag.key.Keys;
import dev.bag.trait.Traits.OnDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.AbstractList;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The values of one key that do not fit into memory. Each iterator reads them from disk. {@code get} reads one frame at a
 * time ({@link FramesOfGroup}), so that a walk backwards or over a part reads no more than it needs. The file stays for
 * as long as this can be reached.
 */
public final class ListOnDisk extends AbstractList<Object> implements OnDisk {

    /** From the one on that has the first of the values: a join reads the second side once for each value of the first. */
    private final Segments entries;

    private final int target;
    /** The key whose values these are, among others; null when there is no other. */
    private final @Nullable Object key;

    private final int side;
    private final long count;

    /** Where {@link #get} reads; guarded by this. */
    private @Nullable FramesOfGroup frames;

    /** The values of {@code side} in {@code entries}, of {@code key} or, if that is null, of all keys. */
    public ListOnDisk(Segments entries, int target, @Nullable Object key, int side, long count) {
        this.entries = entries;
        this.target = target;
        this.key = key;
        this.side = side;
        this.count = count;
    }

    @Override
    public int size() {
        return (int) Math.min(Integer.MAX_VALUE, count);
    }

    @Override
    public Iterator<Object> iterator() {
        return new Walk();
    }

    @Override
    public synchronized Object get(int index) {
        Objects.checkIndex(index, size());
        FramesOfGroup all = frames;
        if (all == null) {
            all = new FramesOfGroup(entries.list(), target, this::isOurs);
            frames = all;
        }
        try {
            return all.get(index);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether an entry is one of this group. */
    private boolean isOurs(EntryCursor entry) {
        return (entry.tag() & 1) == side && (key == null || Keys.same(key, entry.key()));
    }

    static IllegalStateException missing() {
        return new IllegalStateException("a group has fewer values than were counted");
    }

    private final class Walk implements Iterator<Object> {

        private final EntryCursor each = entries.open(target, Reading.KEEP);
        private long given;

        @Override
        public boolean hasNext() {
            return given < count;
        }

        @Override
        public Object next() {
            if (given == count) {
                throw new NoSuchElementException("the group has no more values");
            }
            try {
                Object value = read();
                if (++given == count) {
                    each.close();
                }
                return value;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Object read() throws IOException {
            while (each.next()) {
                if (isOurs(each)) {
                    Object value = Objects.requireNonNull(each.value());
                    each.forget();
                    return value;
                }
            }
            throw missing();
        }
    }
}
