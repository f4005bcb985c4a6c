package dev.bag.run.wire;

import dev.bag.kernel.CarryingStep;
import dev.bag.kernel.Chain;
import dev.bag.kernel.Operator.Place;
import dev.bag.kernel.OrderedSteps;
import dev.bag.kernel.Sink;
import dev.bag.kernel.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Neighbouring operations that make at most one record of one, linked while a stage is compiled from its end, and one
 * array when it runs.
 */
final class ChainOutlet implements Outlet {

    private final @Nullable Step first;
    private final Outlet rest;
    private final Place.Numbering numbering;
    /**
     * The links as one, made when the first task is opened, of the outermost link only. Several workers may make it at
     * the same time: then they make the same, and the last one stays.
     */
    private volatile @Nullable Gathered gathered;

    private record Gathered(Step[] steps, int lastCarrying, Outlet end) {}

    /** {@code first}, unless it is null, in front of {@code rest}. */
    ChainOutlet(@Nullable Step first, Outlet rest, Place.Numbering numbering) {
        this.first = first;
        this.rest = rest;
        this.numbering = numbering;
    }

    @Override
    public List<Way> ways(int partition) {
        return List.of(new Way(gathered().end(), partition));
    }

    @Override
    public Opened open(TaskBuilder task, int partition, List<Opened> behind) {
        Gathered all = gathered();
        Opened end = behind.get(0);
        if (all.lastCarrying() >= 0) {
            return openCarrying(task, partition, all, end);
        }
        return end.sink() == null || all.steps().length == 0
                ? end
                : new Opened(
                        Chain.of(all.steps(), end.sink(), partition, numbering, task.nesting(), task.skips()),
                        end.wishes());
    }

    /** Operations that carry something on see also partitions that are not read. */
    private Opened openCarrying(TaskBuilder task, int partition, Gathered all, Opened end) {
        Step[] steps = all.steps();
        Sink out = end.sink();
        if (out == null) {
            steps = Arrays.copyOf(steps, all.lastCarrying() + 1);
            out = OrderedSteps.unread();
        }
        for (Step step : steps) {
            if (step instanceof CarryingStep carrying) {
                task.addCarried(carrying.carried());
                if (carrying.keepsRecords()) {
                    task.retention().keepAll();
                }
            }
        }
        return new Opened(
                Chain.of(steps, out, partition, numbering, task.nesting(), task.skips()),
                task.inOrder(this, partition).and(end.wishes()));
    }

    private Gathered gathered() {
        Gathered known = gathered;
        return known == null ? gather() : known;
    }

    private Gathered gather() {
        List<Step> steps = new ArrayList<>();
        int lastCarrying = -1;
        Outlet at = this;
        while (at instanceof ChainOutlet link) {
            if (link.first != null) {
                lastCarrying = link.first instanceof CarryingStep ? steps.size() : lastCarrying;
                steps.add(link.first);
            }
            at = link.rest;
        }
        Gathered all = new Gathered(steps.toArray(new Step[0]), lastCarrying, at);
        gathered = all;
        return all;
    }
}
