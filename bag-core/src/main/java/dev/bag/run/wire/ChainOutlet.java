package dev.bag.run.wire;

import dev.bag.kernel.Chain;
import dev.bag.kernel.Place;
import dev.bag.kernel.Sink;
import dev.bag.kernel.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Neighbouring record-wise operations, linked while a stage is compiled from its end, and one array when it runs. */
final class ChainOutlet implements Outlet {

    private final @Nullable Step first;
    private final Outlet rest;
    private final Place.Numbering numbering;
    /**
     * The links as one, made when the first unit is opened, of the outermost link only. Several workers may make it at
     * the same time: then they make the same, and the last one stays.
     */
    private volatile @Nullable Gathered gathered;

    private record Gathered(Step[] steps, Outlet end) {}

    /** {@code first}, unless it is null, in front of {@code rest}. */
    ChainOutlet(@Nullable Step first, Outlet rest, Place.Numbering numbering) {
        this.first = first;
        this.rest = rest;
        this.numbering = numbering;
    }

    @Override
    public @Nullable Sink open(UnitBuilder unit, int partition) {
        Gathered all = gathered == null ? gather() : gathered;
        Sink out = all.end().open(unit, partition);
        return out == null || all.steps().length == 0 ? out : Chain.of(all.steps(), out, partition, numbering);
    }

    private Gathered gather() {
        List<Step> steps = new ArrayList<>();
        Outlet at = this;
        while (at instanceof ChainOutlet link) {
            if (link.first != null) {
                steps.add(link.first);
            }
            at = link.rest;
        }
        Gathered all = new Gathered(steps.toArray(new Step[0]), at);
        gathered = all;
        return all;
    }
}
