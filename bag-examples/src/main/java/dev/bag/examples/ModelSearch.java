// spotless:off
//JAVA 17+
//DEPS dev.bag:bag-io:0.1.0-SNAPSHOT
//SOURCES Usage.java
// spotless:on
package dev.bag.examples;

import dev.bag.Delayed;
import dev.bag.io.TextFiles;
import dev.bag.value.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A pipeline of calls: load, clean, then many models, then the best one. The data are loaded and cleaned once, models are fitted in
 * parallel, a slow one is given up, and one that fails is tried again and left out in the end.
 *
 * <p>Arguments: files with two numbers a line, {@code x y}.
 */
public final class ModelSearch {

    private static final Usage USAGE = new Usage("""
            Usage: java -cp bag-examples.jar dev.bag.examples.ModelSearch FILE ...

            Prints the polynomial, of degrees 0 to 8 with three strengths of smoothing, that fits best to every fifth point
            after it was fitted to the others. A line of a FILE is a point: two numbers with a blank between them.
            """);

    private ModelSearch() {}

    record Point(double x, double y) {}

    record Model(int degree, double smoothing, double error) {}

    public static void main(String... arguments) {
        String[] files = USAGE.someNamesOrExit(arguments);
        Model best = best(Delayed.call(() -> TextFiles.read(files).compute())).compute();
        System.out.printf(
                Locale.ROOT, "degree %d, smoothing %s, error %.4f%n", best.degree(), best.smoothing(), best.error());
    }

    static Delayed<Model> best(Delayed<List<String>> lines) {
        Delayed<List<Point>> points = lines.map(ModelSearch::cleaned).named("clean");
        List<Delayed<Model>> models = new ArrayList<>();
        for (int degree = 0; degree <= 8; degree++) {
            for (double smoothing : new double[] {0, 0.001, 0.1}) {
                Model none = new Model(degree, smoothing, Double.MAX_VALUE);
                int of = degree;
                models.add(points.map(data -> fitted(data, of, smoothing))
                        .retry(Retry.times(2))
                        .timeout(Duration.ofSeconds(60))
                        .recover(failure -> none));
            }
        }
        return Delayed.all(models)
                .map(all -> all.stream()
                        .min(Comparator.comparingDouble(Model::error))
                        .orElseThrow());
    }

    private static List<Point> cleaned(List<String> lines) {
        return lines.stream()
                .map(line -> line.strip().split(" +"))
                .filter(fields -> fields.length == 2)
                .map(fields -> new Point(Double.parseDouble(fields[0]), Double.parseDouble(fields[1])))
                .toList();
    }

    /** Solves the normal equations with smoothing on their diagonal. */
    private static Model fitted(List<Point> points, int degree, double smoothing) {
        int n = degree + 1;
        double[][] equations = new double[n][n + 1];
        for (int p = 0; p < points.size(); p++) {
            for (int row = 0; p % 5 != 0 && row < n; row++) {
                double power = Math.pow(points.get(p).x(), row);
                for (int column = 0; column < n; column++) {
                    equations[row][column] += power * Math.pow(points.get(p).x(), column);
                }
                equations[row][n] += power * points.get(p).y();
            }
        }
        for (int row = 0; row < n; row++) {
            equations[row][row] += smoothing * points.size();
        }
        double[] coefficients = solved(equations);
        double sum = 0;
        for (int p = 0; p < points.size(); p += 5) {
            double y = 0;
            for (int power = degree; power >= 0; power--) {
                y = y * points.get(p).x() + coefficients[power];
            }
            sum += (y - points.get(p).y()) * (y - points.get(p).y());
        }
        return new Model(degree, smoothing, Math.sqrt(sum / ((points.size() + 4) / 5)));
    }

    private static double[] solved(double[][] equations) {
        int n = equations.length;
        for (int pivot = 0; pivot < n; pivot++) {
            for (int row = 0; row < n; row++) {
                double factor = row == pivot ? 0 : equations[row][pivot] / equations[pivot][pivot];
                for (int column = pivot; column <= n; column++) {
                    equations[row][column] -= factor * equations[pivot][column];
                }
            }
        }
        double[] solution = new double[n];
        for (int row = 0; row < n; row++) {
            solution[row] = equations[row][n] / equations[row][row];
        }
        return solution;
    }
}
