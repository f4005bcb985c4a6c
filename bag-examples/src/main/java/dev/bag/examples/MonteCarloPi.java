// spotless:off
//JAVA 17+
//DEPS dev.bag:bag-io:0.1.0-SNAPSHOT
//SOURCES Usage.java
// spotless:on
package dev.bag.examples;

import dev.bag.Bag;
import dev.bag.Delayed;
import dev.bag.Runner;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * π from random points: the part of a square that lies in a circle. Each partition has a generator of its own, seeded
 * with the partition's number, so that any number of threads gives the same digits.
 */
public final class MonteCarloPi {

    private static final int POINTS = 20_000_000;
    private static final int PARTITIONS = 64;

    private static final Usage USAGE = new Usage("""
            Usage: java -cp bag-examples.jar dev.bag.examples.MonteCarloPi

            Computes pi from random points on 1, 2 and 8 threads, which give the same digits.
            """);

    private MonteCarloPi() {}

    public static void main(String... arguments) {
        USAGE.namesOrExit(arguments);
        Delayed<Double> pi = pi();
        List<Double> results = new ArrayList<>();
        for (int threads : new int[] {1, 2, 8}) {
            try (Runner runner = Runner.local().threads(threads).build()) {
                long start = System.nanoTime();
                results.add(pi.compute(runner));
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf(
                        Locale.ROOT, "threads %d: %s in %.2f s%n", threads, results.get(results.size() - 1), seconds);
            }
        }
        System.out.println(results.stream().distinct().count() == 1 ? "the same digits" : "different digits");
    }

    static Delayed<Double> pi() {
        return Bag.range(0, POINTS, PARTITIONS)
                .mapPartitionsWithIndex(MonteCarloPi::pointsInside)
                .sumLong(inside -> inside)
                .map(inside -> 4.0 * inside / POINTS);
    }

    private static Iterator<Long> pointsInside(int partition, Iterator<Long> points) {
        SplittableRandom random = new SplittableRandom(partition);
        long inside = 0;
        for (; points.hasNext(); points.next()) {
            double x = random.nextDouble();
            double y = random.nextDouble();
            if (x * x + y * y < 1) inside++;
        }
        return List.of(inside).iterator();
    }
}
