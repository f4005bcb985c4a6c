package dev.bag.build;

import dev.bag.fold.Folds;
import dev.bag.plan.Leaf.FromDelayed;
import dev.bag.plan.MappedPartitions;
import dev.bag.plan.Plan;
import dev.bag.plan.Sampled;
import dev.bag.plan.Value;
import dev.bag.plan.Value.Called;
import dev.bag.plan.Value.Folded;
import dev.bag.plan.Value.NamedValue;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A given number of records, each as likely as any other: those with the lowest of the numbers drawn by seed, partition
 * and position, so that they are the same for any number of threads.
 */
public final class ExactSample {

    private ExactSample() {}

    private record Drawn<T>(long draw, int partition, long position, T record) implements Serializable {}

    /** The orders in which records are looked at; constants, because a plan must be serializable. */
    private enum Order implements Comparator<Drawn<?>> {
        BY_PLACE {
            @Override
            public int compare(Drawn<?> left, Drawn<?> right) {
                int byPartition = Integer.compare(left.partition(), right.partition());
                return byPartition == 0 ? Long.compare(left.position(), right.position()) : byPartition;
            }
        },
        BY_DRAW {
            @Override
            public int compare(Drawn<?> left, Drawn<?> right) {
                int byDraw = Long.compare(left.draw(), right.draw());
                return byDraw == 0 ? BY_PLACE.compare(left, right) : byDraw;
            }
        }
    }

    /** Returns {@code k} records of {@code plan}, chosen by {@code seed}. */
    public static <T> Plan<T> of(Plan<T> plan, int k, long seed) {
        if (k < 0) {
            throw new IllegalArgumentException(
                    "sampleExactly(" + k + ", " + seed + "): the number of records must be 0 or more");
        }
        Plan<Drawn<T>> drawn = new MappedPartitions<T, Drawn<T>>(
                plan, (partition, records) -> draws(records, partition, seed), "mapPartitionsWithIndex");
        Value<List<Drawn<T>>> lowest = new Folded<>(drawn, Folds.topK(k, Order.BY_DRAW.reversed()), "bottomK");
        Value<List<T>> chosen =
                new Called<>(List.of(lowest), values -> inOrder(ExactSample.<T>lowest(values), k, seed), "map");
        return new FromDelayed<T>(List.of(new NamedValue<>(chosen, "sampleExactly")));
    }

    private static <T> Iterator<Drawn<T>> draws(Iterator<T> records, int partition, long seed) {
        return new Iterator<>() {
            private long position;

            @Override
            public boolean hasNext() {
                return records.hasNext();
            }

            @Override
            public Drawn<T> next() {
                long at = position++;
                return new Drawn<>(Sampled.Choice.draw(seed, partition, at), partition, at, records.next());
            }
        };
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // the one argument is the list of records drawn, which is never null
    private static <T> List<Drawn<T>> lowest(@Nullable Object[] values) {
        return (List<Drawn<T>>) values[0];
    }

    private static <T> List<T> inOrder(List<Drawn<T>> lowest, int k, long seed) {
        if (lowest.size() < k) {
            throw new IllegalStateException("sampleExactly(" + k + ", " + seed + "): the bag has only " + lowest.size()
                    + " records; ask for fewer, or use sample(fraction, seed)");
        }
        List<Drawn<T>> ordered = new ArrayList<>(lowest);
        ordered.sort(Order.BY_PLACE);
        List<T> records = new ArrayList<>(k);
        ordered.forEach(drawn -> records.add(drawn.record()));
        return records;
    }
}
