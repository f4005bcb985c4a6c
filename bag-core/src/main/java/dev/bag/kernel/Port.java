package dev.bag.kernel;

import dev.bag.value.Location;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where pushed records wait to be pulled: the input of an operator that needs an iterator. When it is asked for a record
 * and has none, it tells the feeds above it to advance. It holds one record, or as many as another reader of the same
 * feed is behind.
 */
public final class Port extends Link {

    private final ArrayDeque<Object> waiting = new ArrayDeque<>();
    private final ArrayDeque<Feed> feeds = new ArrayDeque<>();

    /** Says where the records go that are made of those pulled here. */
    void leadsTo(Sink sink) {
        endWith(sink);
    }

    /** Adds a feed whose records come after those of the feeds added before. */
    public void addFeed(Feed feed) {
        feeds.add(feed);
    }

    @Override
    public void accept(Object record) {
        if (!has(UNWANTED)) {
            waiting.add(record);
        }
    }

    /** That the records made of these are not wanted says nothing: the function may have to read to the end. */
    @Override
    void hear(int what) {
        note(what & OVER);
    }

    /** There is nothing behind this for the records as they are pushed. */
    @Override
    int outCount() {
        return 0;
    }

    @Override
    Sink out(int i) {
        throw new IndexOutOfBoundsException(i);
    }

    /** The next record, or null after the last one. */
    @Nullable Object pull() throws Throwable {
        while (waiting.isEmpty()) {
            Feed feed = feeds.peek();
            if (feed == null) {
                return null;
            }
            if (!feed.advance()) {
                feeds.poll();
            }
        }
        return waiting.poll();
    }

    /** Nothing more will be pulled. */
    void cancel() {
        end(UNWANTED);
        waiting.clear();
    }

    /** Where in the input the record read last begins. */
    Optional<Location> location() {
        Feed feed = feeds.peek();
        return feed == null ? Optional.empty() : feed.location();
    }
}
