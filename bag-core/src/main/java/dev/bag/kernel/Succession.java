package dev.bag.kernel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Feeds of one task whose records must arrive one feed after the other, though they may be asked for in any order.
 * Before the first record of a feed, those before it are drained, one after the other.
 */
public final class Succession {

    private final List<Feed> feeds = new ArrayList<>(2);
    private final List<Integer> positions = new ArrayList<>(2);
    /** How many feeds have ended. */
    private int ended;

    /** Adds a feed behind those of lower positions, and of the same one. Before anything is read. */
    public void add(Feed feed, int position) {
        int place = feeds.size();
        while (place > 0 && positions.get(place - 1) > position) {
            place--;
        }
        feeds.add(place, feed);
        positions.add(place, position);
        feed.comesIn(this);
    }

    /** The first feed before {@code feed} that has not ended; null when it is the turn of {@code feed}. */
    @Nullable Feed before(Feed feed) {
        while (ended < feeds.size() && feeds.get(ended) != feed) {
            if (!feeds.get(ended).hasEnded()) {
                return feeds.get(ended);
            }
            ended++;
        }
        return null;
    }
}
