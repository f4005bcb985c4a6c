package dev.bag.run.wire;

import dev.bag.kernel.Carried;
import dev.bag.kernel.Feed;
import dev.bag.kernel.Nesting;
import dev.bag.kernel.Sink;
import dev.bag.kernel.Succession;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what works on one task of a stage, most often one root partition: feeds, the sinks they push into, and the
 * ends at which partial results are found. Those nearest to the results are drained first; they pull the others along.
 */
public final class TaskBuilder {

    /** Where a part of the stage's results is when the task is done. */
    public record End(int number, int partition, Sink sink) {}

    private final List<Feed> feeds = new ArrayList<>(1);
    private final List<End> ends = new ArrayList<>(1);
    private final List<Carried> carried = new ArrayList<>(0);
    private final Nesting nesting = new Nesting();
    /** Feeds that must be drained one after the other, by what wants them so. */
    private final Map<Object, Succession> successions = new HashMap<>(0);
    /** What is entered from several feeds or sides; null while there is none. */
    private @Nullable Map<Key, Object> shared;

    private record Key(Object of, int partition) {}

    /** An outlet that is opened when all that is behind it has been. */
    private record Opening(Outlet outlet, int partition, List<Outlet.Way> ways, List<Outlet.Opened> behind) {

        static Opening of(Outlet outlet, int partition) {
            List<Outlet.Way> ways = outlet.ways(partition);
            return new Opening(outlet, partition, ways, new ArrayList<>(ways.size()));
        }
    }

    /** Opens {@code outlet}, and what is behind it. */
    private Outlet.Opened opened(Outlet outlet, int partition) {
        Deque<Opening> outer = new ArrayDeque<>();
        Opening opening = Opening.of(outlet, partition);
        while (true) {
            if (opening.behind().size() < opening.ways().size()) {
                Outlet.Way way = opening.ways().get(opening.behind().size());
                Outlet.Opened known = way.outlet().openedAlready(this, way.partition());
                if (known != null) {
                    opening.behind().add(known);
                } else {
                    outer.push(opening);
                    opening = Opening.of(way.outlet(), way.partition());
                }
            } else {
                Outlet.Opened opened = opening.outlet().open(this, opening.partition(), opening.behind());
                if (outer.isEmpty()) {
                    return opened;
                }
                opening = outer.pop();
                opening.behind().add(opened);
            }
        }
    }

    /** Adds the feed made around the sink of {@code outlet}, unless nobody wants its records. */
    public void addFeed(Outlet outlet, int partition, Function<Sink, Feed> around) {
        Outlet.Opened behind = opened(outlet, partition);
        if (behind.sink() != null) {
            addFeed(around.apply(behind.sink()), behind);
        }
    }

    /** Adds a feed that pushes into {@code behind}. */
    public void addFeed(Feed feed, Outlet.Opened behind) {
        behind.wishes().fulfil(feed);
        feeds.add(feed);
    }

    /** The wish that the feed is drained after those of lower {@code position} in the same order. */
    Outlet.Wishes inOrder(Object order, int position) {
        return Outlet.Wishes.of(feed ->
                successions.computeIfAbsent(order, key -> new Succession()).add(feed, position));
    }

    void addEnd(int number, int partition, Sink sink) {
        ends.add(new End(number, partition, sink));
    }

    /** What was shared as {@code partition} of {@code of}, or null. */
    @Nullable Object shared(Object of, int partition) {
        return shared == null ? null : shared.get(new Key(of, partition));
    }

    /** Keeps {@code made} for others that ask for it. */
    void share(Object of, int partition, Object made) {
        if (shared == null) {
            shared = new HashMap<>();
        }
        shared.put(new Key(of, partition), made);
    }

    void addCarried(Carried taken) {
        carried.add(taken);
    }

    public List<Feed> feeds() {
        return feeds;
    }

    public List<End> ends() {
        return ends;
    }

    /** What operations carry on from task to task. */
    public List<Carried> carried() {
        return carried;
    }

    /** What keeps the stack small where the sinks of this task are deep. */
    Nesting nesting() {
        return nesting;
    }
}
