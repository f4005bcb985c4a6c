package dev.bag.shuffle;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a merge is in a sorted run. */
final class RunCursor {

    private final Entries entries;
    private @Nullable Object head;
    /** The place of the head in its run. */
    private long position;

    RunCursor(Segment run, int mark) throws IOException {
        this.entries = run.openAtMark(mark);
        this.position = (long) mark * Segment.MARK_EVERY;
        this.head = entries.next() ? entries.value() : null;
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
        head = entries.next() ? entries.value() : null;
    }

    void close() throws IOException {
        entries.close();
    }
}
