// spotless:off
//JAVA 17+
//DEPS dev.bag:bag-io:0.1.0-SNAPSHOT
//SOURCES Usage.java
// spotless:on
package dev.bag.examples;

import dev.bag.Bag;
import dev.bag.Persisted;
import dev.bag.fold.Fold;
import dev.bag.io.TextFiles;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Groups of points that are near to each other. The points are kept as numbers between the rounds; a round is one pass, which
 * moves each center to the middle of the points that are nearest to it.
 *
 * <p>Arguments: how many groups, then files with a point a line, as numbers with commas between them.
 */
public final class KMeans {

    private static final int MOST_ROUNDS = 100;

    private static final Usage USAGE = new Usage("""
            Usage: java -cp bag-examples.jar dev.bag.examples.KMeans GROUPS FILE ...

            Prints the centers of GROUPS groups of points. Each line of a file is a point: numbers, with commas between them.
            """);

    private KMeans() {}

    /** How many points there are, and the sum of each coordinate. */
    private static final class Sum {
        long count;
        double[] sums = {};

        Sum add(double[] point) {
            return merge(1, point);
        }

        Sum merge(long points, double[] coordinates) {
            sums = sums.length == 0 ? new double[coordinates.length] : sums;
            for (int i = 0; i < coordinates.length; i++) {
                sums[i] += coordinates[i];
            }
            count += points;
            return this;
        }

        double[] middle() {
            return Arrays.stream(sums).map(sum -> sum / count).toArray();
        }
    }

    public static void main(String... arguments) {
        String[] names = USAGE.someNamesOrExit(arguments);
        Bag<double[]> points = TextFiles.read(Arrays.copyOfRange(names, 1, names.length))
                .map(line -> Arrays.stream(line.split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray());
        try (Persisted<double[]> kept = points.persist()) {
            centers(kept.bag(), Integer.parseInt(names[0]))
                    .forEach(center -> System.out.println(Arrays.toString(center)));
        }
    }

    /** Begins with some of the points, the same ones each time. */
    static List<double[]> centers(Bag<double[]> points, int groups) {
        List<double[]> centers = points.sampleExactly(groups, 1).compute();
        boolean goesOn = true;
        for (int round = 0; round < MOST_ROUNDS && goesOn; round++) {
            List<double[]> now = centers;
            Map<Integer, Sum> sums = points.foldBy(
                            point -> nearest(now, point),
                            Fold.of(Sum::new, Sum::add, (a, b) -> a.merge(b.count, b.sums)))
                    .toMap()
                    .compute();
            List<double[]> moved = IntStream.range(0, groups)
                    .mapToObj(i -> sums.containsKey(i) ? sums.get(i).middle() : now.get(i))
                    .toList();
            goesOn = !Arrays.deepEquals(now.toArray(), moved.toArray());
            centers = moved;
        }
        return centers;
    }

    private static int nearest(List<double[]> centers, double[] point) {
        int nearest = 0;
        for (int i = 1; i < centers.size(); i++) {
            if (distance(centers.get(i), point) < distance(centers.get(nearest), point)) nearest = i;
        }
        return nearest;
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }
}
