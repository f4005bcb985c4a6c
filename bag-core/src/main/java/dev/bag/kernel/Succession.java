package dev.bag.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * Feeds of one unit whose records must arrive one feed after the other, though they may be asked for in any order: before
 * the first record of one, those before it are drained.
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

    /** Drains what comes before {@code feed}: one after the other, so that none finds any left before itself. */
    void drainBefore(Feed feed) throws Throwable {
        while (feeds.get(ended) != feed) {
            while (feeds.get(ended).advance()) {
                // each step pushes a record
            }
            ended++;
        }
    }
}
