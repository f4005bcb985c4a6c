package dev.bag.run.wire;

import dev.bag.kernel.FanOut;
import dev.bag.kernel.Sink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All the ways the records of a plan node go on: what several consumers share is read and computed once. */
public final class Junction implements Outlet {

    private final List<Outlet> outlets = new ArrayList<>(1);

    void add(Outlet outlet) {
        outlets.add(outlet);
    }

    /** The only outlet, or this where there are several. */
    Outlet single() {
        return outlets.size() == 1 ? outlets.get(0) : this;
    }

    @Override
    public @Nullable Sink open(UnitBuilder unit, int partition) {
        if (outlets.size() == 1) {
            return outlets.get(0).open(unit, partition);
        }
        List<Sink> sinks = new ArrayList<>(outlets.size());
        for (Outlet outlet : outlets) {
            Sink sink = outlet.open(unit, partition);
            if (sink != null) {
                sinks.add(sink);
            }
        }
        return sinks.isEmpty() ? null : FanOut.to(sinks);
    }
}
