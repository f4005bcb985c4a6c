package dev.bag.lower;

import dev.bag.kernel.Operator;
import dev.bag.kernel.OperatorFailure;
import dev.bag.kernel.Place;
import dev.bag.kernel.RunSink;
import dev.bag.kernel.Sink;
import dev.bag.plan.Plan;
import dev.bag.schedule.Batch;
import dev.bag.schedule.Execution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Ends in sorted runs; afterwards they are merged and cut into partitions. */
final class SortTerminal extends Terminal<List<Object[]>> {

    private final Comparator<Object> comparator;
    private final Materialized output;
    private List<Object[]> runs = List.of();

    SortTerminal(Plan<?> input, Operator operator, Comparator<Object> comparator, Materialized output) {
        super(input, operator, output);
        this.comparator = comparator;
        this.output = output;
    }

    @Override
    String verb() {
        return "sort runs, then merge for";
    }

    @Override
    Sink newSink(Place place) {
        return new RunSink(place, comparator);
    }

    @Override
    List<Object[]> partial(Sink sink) throws Throwable {
        List<Object[]> one = new ArrayList<>(1);
        one.add(((RunSink) sink).sorted());
        return one;
    }

    @Override
    List<Object[]> merge(List<Object[]> left, List<Object[]> right) {
        left.addAll(right);
        return left;
    }

    @Override
    void completed() {
        runs = merged().whole();
    }

    @Override
    Batch afterwards() {
        return new Batch(1) {
            @Override
            protected void run(int index, Execution execution) throws Throwable {
                output.setEvenly(mergedRuns());
            }
        };
    }

    /** The JDK's sort finds the runs again, and merges neighbours stably. */
    private Object[] mergedRuns() throws Throwable {
        long count = 0;
        for (Object[] run : runs) {
            count += run.length;
        }
        if (count > Integer.MAX_VALUE - 8) {
            throw OperatorFailure.of(
                    operator(), null, new IllegalStateException(count + " records are too many to sort in memory"));
        }
        Object[] all = new Object[(int) count];
        int at = 0;
        for (Object[] run : runs) {
            System.arraycopy(run, 0, all, at, run.length);
            at += run.length;
        }
        runs = List.of();
        try {
            Arrays.sort(all, comparator);
        } catch (Throwable e) {
            throw OperatorFailure.of(operator(), null, e);
        }
        return all;
    }
}
