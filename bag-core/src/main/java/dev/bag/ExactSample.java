package dev.bag;

import dev.bag.plan.SampleChoice;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/**
 * A given number of records, each as likely as any other: those with the lowest of the numbers drawn by seed, partition
 * and position, so that they are the same for any number of threads.
 */
final class ExactSample {

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

    static <T> Bag<T> of(Bag<T> bag, int k, long seed) {
        if (k < 0) {
            throw new IllegalArgumentException(
                    "sampleExactly(" + k + ", " + seed + "): the number of records must be 0 or more");
        }
        Delayed<List<T>> chosen = bag.mapPartitionsWithIndex((partition, records) -> draws(records, partition, seed))
                .bottomK(k, Order.BY_DRAW)
                .map(lowest -> inOrder(lowest, k, seed));
        return Bag.fromDelayed(List.of(chosen.named("sampleExactly")));
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
                return new Drawn<>(SampleChoice.draw(seed, partition, at), partition, at, records.next());
            }
        };
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
