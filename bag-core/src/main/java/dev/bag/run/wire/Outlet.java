package dev.bag.run.wire;

import dev.bag.kernel.Sink;
import org.jspecify.annotations.Nullable;

/** One way the records of a plan node go on, within a stage. */
@FunctionalInterface
public interface Outlet {

    /** What takes the records of {@code partition}, from 0, in this unit of work; null when nobody wants them. */
    @Nullable Sink open(UnitBuilder unit, int partition);
}
