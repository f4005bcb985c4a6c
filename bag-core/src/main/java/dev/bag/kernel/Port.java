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
public final class Port implements Sink {

    private final ArrayDeque<Object> waiting = new ArrayDeque<>();
    private final ArrayDeque<Feed> feeds = new ArrayDeque<>();
    private boolean wanted = true;
    private @Nullable Sink behind;

    /** Says where the records go that are made of those pulled here. */
    void leadsTo(Sink sink) {
        behind = sink;
    }

    /** Adds a feed whose records come after those of the feeds added before. */
    public void addFeed(Feed feed) {
        feeds.add(feed);
    }

    @Override
    public void accept(Object record) {
        if (wanted) {
            waiting.add(record);
        }
    }

    @Override
    public boolean wantsMore() {
        return wanted;
    }

    /** That this partition is not read on says nothing of those after it. */
    @Override
    public boolean isOver() {
        return behind != null && behind.isOver();
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
        wanted = false;
        waiting.clear();
    }

    /** Where in the input the record read last begins. */
    Optional<Location> location() {
        Feed feed = feeds.peek();
        return feed == null ? Optional.empty() : feed.location();
    }
}
