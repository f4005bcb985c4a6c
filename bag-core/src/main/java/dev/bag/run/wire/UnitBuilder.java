package dev.bag.run.wire;

import dev.bag.kernel.Carried;
import dev.bag.kernel.Feed;
import dev.bag.kernel.Port;
import dev.bag.kernel.Sink;
import dev.bag.kernel.Succession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what works on one unit of a stage, most often one partition: feeds, the sinks they push into, and the
 * ends at which partial results are found. Those nearest to the results are drained first; they pull the others along.
 */
public final class UnitBuilder {

    /** Where a part of the stage's results is when the unit is done. */
    public record End(int number, int partition, Sink sink) {}

    private final List<Feed> feeds = new ArrayList<>(1);
    private final List<End> ends = new ArrayList<>(1);
    private final List<Carried> carried = new ArrayList<>(0);
    /** Feeds that must be drained one after the other, by what wants them so. */
    private final Map<Object, Succession> successions = new HashMap<>(0);

    private @Nullable Sink entry;
    /** What wants to know the feed that is being put together. */
    private List<Consumer<Feed>> reached = new ArrayList<>(0);
    /** What is entered from several feeds or sides, by the outlet and the partition; null while there is none. */
    private @Nullable Map<Object, Shared> shared;

    private record Key(Object outlet, int partition) {}

    private record Shared(@Nullable Object made, List<Consumer<Feed>> reached) {}

    /** Adds the feed made around the sink of {@code outlet}, unless nobody wants its records. */
    public void addFeed(Outlet outlet, int partition, Function<Sink, Feed> around) {
        List<Consumer<Feed>> outer = reached;
        reached = new ArrayList<>(0);
        Sink sink = outlet.open(this, partition);
        if (sink != null) {
            Feed feed = around.apply(sink);
            reached.forEach(each -> each.accept(feed));
            feeds.add(feed);
        }
        reached = outer;
    }

    /** Opens what is behind {@code outlet} for records that are pushed from outside, at {@link #entry()}. */
    public void open(Outlet outlet, int partition) {
        entry = outlet.open(this, partition);
    }

    /** Where those records go, or null when nobody wants them. */
    public @Nullable Sink entry() {
        return entry;
    }

    /** A port into which the feed that is being put together pushes. */
    Port addPort(Port port) {
        reached.add(port::addFeed);
        return port;
    }

    /** Lets the feed that is being put together be drained after those of lower {@code position} in the same order. */
    void inOrder(Object order, int position) {
        reached.add(feed ->
                successions.computeIfAbsent(order, key -> new Succession()).add(feed, position));
    }

    void addEnd(int number, int partition, Sink sink) {
        ends.add(new End(number, partition, sink));
    }

    /** What {@code make} makes the first time; later only what is behind it is reached once more. */
    @Nullable Object shared(Object outlet, int partition, Supplier<@Nullable Object> make) {
        if (shared == null) {
            shared = new HashMap<>();
        }
        Key key = new Key(outlet, partition);
        Shared known = shared.get(key);
        if (known != null) {
            reached.addAll(known.reached());
            return known.made();
        }
        List<Consumer<Feed>> outer = reached;
        reached = new ArrayList<>(0);
        Object made = make.get();
        shared.put(key, new Shared(made, reached));
        outer.addAll(reached);
        reached = outer;
        return made;
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

    /** What operations take on from unit to unit. */
    public List<Carried> carried() {
        return carried;
    }
}
