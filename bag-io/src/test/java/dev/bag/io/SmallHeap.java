package dev.bag.io;

import dev.bag.Bag;
import dev.bag.BagException;
import dev.bag.Delayed;
import dev.bag.Runner;
import java.util.List;
import java.util.function.Function;

/**
 * What {@link SmallHeapTest} runs in JVMs with a small heap: one operator after the other over the lines of a file, on a
 * runner with the memory it has by default. Each line begins with a number of its own and a space.
 */
final class SmallHeap {

    private SmallHeap() {}

    /** What is computed of the lines. */
    enum Operator {
        COUNT(Bag::count),
        REPARTITION(lines -> lines.repartition(112).map(line -> 1).count()),
        SORTED(lines -> lines.sorted().map(line -> 1).count()),
        DISTINCT(lines -> lines.distinct().count()),
        GROUP(lines -> lines.groupBy(line -> line.substring(6, 10)).values().sumLong(List::size)),
        JOIN(lines -> lines.keyBy(SmallHeap::number)
                .join(lines.keyBy(SmallHeap::number))
                .entries()
                .count());

        private final Function<Bag<String>, Delayed<Long>> count;

        Operator(Function<Bag<String>, Delayed<Long>> count) {
            this.count = count;
        }
    }

    private static String number(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    /** Prints the number of lines that come out of each operator. */
    public static void main(String[] arguments) {
        try (Runner runner =
                Runner.local().threads(Integer.parseInt(arguments[1])).build()) {
            for (String operator : List.of(arguments).subList(2, arguments.length)) {
                Bag<String> lines = TextFiles.read(arguments[0]);
                System.out.println(operator + " "
                        + Operator.valueOf(operator).count.apply(lines).compute(runner));
            }
        } catch (BagException e) {
            System.out.println(e.getMessage());
        }
    }
}
