package dev.bag.shuffle.sort;

import dev.bag.shuffle.hold.EntryCursor;
import dev.bag.shuffle.hold.Segment;
import dev.bag.trait.Traits.KeyOrder;
import java.io.IOException;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a merge is in a sorted run. */
final class RunCursor {

    private final EntryCursor entries;
    private final @Nullable KeyOrder keys;
    private @Nullable Object head;
    /** The place of the head in its run. */
    private long position;
    /** The number of the head's key, and the class of it; nothing where the order has no keys. */
    private long prefix;

    private @Nullable Class<?> type;

    RunCursor(Segment run, int mark, Comparator<Object> order) throws IOException {
        this.entries = run.openAtMark(mark);
        this.keys = order instanceof KeyOrder known ? known : null;
        this.position = (long) mark * Segment.MARK_EVERY;
        load();
    }

    boolean isAtEnd() {
        return head == null;
    }

    Object head() {
        return Objects.requireNonNull(head);
    }

    long position() {
        return position;
    }

    void advance() throws IOException {
        position++;
        load();
    }

    private void load() throws IOException {
        head = entries.next() ? entries.value() : null;
        if (keys != null && head != null) {
            Object key = keys.keyOf(head);
            prefix = Prefixes.of(key);
            type = key.getClass();
        }
    }

    /** As {@link Comparator#compare} of both heads; the numbers of their keys tell most apart. */
    int compareTo(RunCursor other, Comparator<Object> order) {
        if (type == other.type && prefix != other.prefix) {
            return prefix < other.prefix ? -1 : 1;
        }
        return order.compare(head(), other.head());
    }

    void close() throws IOException {
        entries.close();
    }
}
