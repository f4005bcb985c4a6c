package dev.bag.run.wire;

import dev.bag.kernel.FanOut;
import dev.bag.kernel.OrderedSteps;
import dev.bag.kernel.Sink;
import java.util.ArrayList;
import java.util.List;

/** All the ways the records of a plan node go on: what several consumers share is read and computed once. */
public final class Junction implements Outlet {

    private final List<Outlet> outlets = new ArrayList<>(1);

    void add(Outlet outlet) {
        outlets.add(outlet);
    }

    /** The only outlet, or this where there are several. */
    public Outlet single() {
        return outlets.size() == 1 ? outlets.get(0) : this;
    }

    @Override
    public List<Way> ways(int partition) {
        if (outlets.size() == 1) {
            return List.of(new Way(outlets.get(0), partition));
        }
        List<Way> ways = new ArrayList<>(outlets.size());
        for (Outlet outlet : outlets) {
            ways.add(new Way(outlet, partition));
        }
        return ways;
    }

    @Override
    public Opened open(TaskBuilder task, int partition, List<Opened> behind) {
        if (behind.size() == 1) {
            return behind.get(0);
        }
        List<Sink> sinks = new ArrayList<>(behind.size());
        Wishes wishes = Wishes.NONE;
        boolean notYet = false;
        for (Opened each : behind) {
            if (each.sink() != null) {
                sinks.add(each.sink());
                wishes = wishes.and(each.wishes());
            }
            notYet |= each.wantedLater();
        }
        if (sinks.isEmpty()) {
            return notYet ? Opened.NOT_YET : Opened.BY_NOBODY;
        }
        if (notYet) {
            sinks.add(OrderedSteps.unread()); // so that an operation that carries something on does not end too soon
        }
        return new Opened(FanOut.to(sinks, task.nesting()), wishes);
    }
}
