package dev.bag.kernel;

import dev.bag.value.Location;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where pushed records wait to be pulled: the input of an operator that pulls. When it has no record, it names the feed
 * that must advance. It holds one record, or as many as another reader of the same feed is behind.
 */
public final class Port extends Link {

    /** How many feeds may advance without a record for here before a look at whether it is wanted. */
    private static final int UNCHECKED = 64;

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

    /** The feed that must advance before there is a record here; null when there is one, and after the last one. */
    @Nullable Feed needs() {
        if (!waiting.isEmpty()) {
            return null;
        }
        Feed feed = feeds.peek();
        while (feed != null && feed.hasEnded()) {
            feeds.poll();
            feed = feeds.peek();
        }
        return feed;
    }

    /** The record that waits here, or null when there is none. */
    @Nullable Object poll() {
        return waiting.poll();
    }

    /** The next record, or null after the last one. The thread is held until it is there. */
    @Nullable Object pull(Blocking blocking) throws Throwable {
        int advanced = 0;
        for (Feed feed = needs(); feed != null; feed = needs()) {
            if (feed.advance() == Feed.Progress.LATER) {
                blocking.await(feed::whenAnyReady);
            } else if (++advanced % UNCHECKED == 0) {
                blocking.check();
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
        Feed feed = locatingFeed();
        return feed == null ? Optional.empty() : feed.location();
    }

    /** As {@link #location}, for code that asks when further records have been read. */
    Supplier<Optional<Location>> locator() {
        Feed feed = locatingFeed();
        return feed == null ? Optional::empty : feed.locator();
    }

    private @Nullable Feed locatingFeed() {
        Feed feed = feeds.peek();
        for (Port input = this; feed != null && input != null; ) {
            input = feed.locatedBy();
            feed = input == null ? feed : input.feeds.peek();
        }
        return feed;
    }
}
