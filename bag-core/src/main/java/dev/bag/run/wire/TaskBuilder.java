package dev.bag.run.wire;

import dev.bag.kernel.Blocking;
import dev.bag.kernel.CarryingStep.Carried;
import dev.bag.kernel.Feed;
import dev.bag.kernel.Nesting;
import dev.bag.kernel.Retention;
import dev.bag.kernel.Sink;
import dev.bag.kernel.Skips;
import dev.bag.kernel.Succession;
import java.util.ArrayList;
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

    private final Blocking blocking;
    private final Skips skips;
    private final List<Feed> feeds = new ArrayList<>(1);
    private final List<End> ends = new ArrayList<>(1);
    private List<Carried> carried = List.of();
    private final Nesting nesting = new Nesting();
    private final Retention retention = new Retention();
    /** Feeds that must be drained one after the other, by what wants them so; null while there are none. */
    private @Nullable Map<Object, Succession> successions;
    /** What is entered from several feeds or sides; null while there is none. */
    private @Nullable Map<Key, Object> shared;

    private record Key(Object of, int partition) {}

    /** An outlet that is opened when all that is behind it has been. */
    private static final class Opening {

        final Outlet outlet;
        final int partition;
        /** What is opened when this has been; null if that is all. */
        final @Nullable Opening outer;

        private final List<Outlet.Way> ways;
        private List<Outlet.Opened> behind = List.of();

        Opening(Outlet outlet, int partition, List<Outlet.Way> ways, @Nullable Opening outer) {
            this.outlet = outlet;
            this.partition = partition;
            this.ways = ways;
            this.outer = outer;
        }

        /** The next way to open; null after the last. */
        Outlet.@Nullable Way next() {
            return behind.size() < ways.size() ? ways.get(behind.size()) : null;
        }

        /** The next way is open. Mostly there is only one. */
        void add(Outlet.Opened opened) {
            if (ways.size() == 1) {
                behind = List.of(opened);
                return;
            }
            behind = behind.isEmpty() ? new ArrayList<>(ways.size()) : behind;
            behind.add(opened);
        }
    }

    /**
     * Puts a task together.
     *
     * @param blocking says how a thread waits that cannot leave what it does
     * @param skips takes the failures of records
     */
    public TaskBuilder(Blocking blocking, Skips skips) {
        this.blocking = blocking;
        this.skips = skips;
    }

    /** Opens {@code outlet}, and what is behind it. */
    private Outlet.Opened opened(Outlet outlet, int partition) {
        Outlet.Opened already = outlet.openedAlready(this, partition);
        if (already != null) {
            return already;
        }
        Opening opening = new Opening(outlet, partition, outlet.ways(partition), null);
        while (true) {
            Outlet.Way way = opening.next();
            if (way == null) {
                Outlet.Opened opened = opening.outlet.open(this, opening.partition, opening.behind);
                if (opening.outer == null) {
                    return opened;
                }
                opening = opening.outer;
                opening.add(opened);
            } else {
                Outlet.Opened known = way.outlet().openedAlready(this, way.partition());
                List<Outlet.Way> ways = known == null ? way.outlet().ways(way.partition()) : List.of();
                if (known != null) {
                    opening.add(known);
                } else if (ways.isEmpty()) {
                    opening.add(way.outlet().open(this, way.partition(), List.of()));
                } else {
                    opening = new Opening(way.outlet(), way.partition(), ways, opening);
                }
            }
        }
    }

    /** Adds the feed made around the sink of {@code outlet}, unless its records are not wanted. */
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
        return Outlet.Wishes.of(feed -> succession(order).add(feed, position));
    }

    private Succession succession(Object order) {
        if (successions == null) {
            successions = new HashMap<>();
        }
        return successions.computeIfAbsent(order, key -> new Succession());
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
        carried = carried.isEmpty() ? new ArrayList<>() : carried;
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

    /** How a thread waits that cannot leave what it does. */
    Blocking blocking() {
        return blocking;
    }

    /** What takes the failures of records. */
    public Skips skips() {
        return skips;
    }

    /** What of the records that are read is kept. */
    public Retention retention() {
        return retention;
    }

    /** What keeps the stack small where the sinks of this task are deep. */
    Nesting nesting() {
        return nesting;
    }
}
