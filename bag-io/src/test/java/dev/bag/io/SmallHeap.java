package dev.bag.io;

import dev.bag.Bag;
import dev.bag.BagException;
import dev.bag.Delayed;
import dev.bag.Runner;
import dev.bag.fold.Folds;
import dev.bag.value.Utf8;
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
                .count()),
        RARE_VIEWS(
                OfViews.INSTANCE,
                lines -> lines.filter(line -> line.field(' ', 0).endsWith("007"))
                        .fold(Folds.toList())
                        .map(rare -> rare.size() * 1000L)),
        RECORDS_OF_VIEWS(
                OfViews.INSTANCE,
                lines -> lines.map(line -> new Numbered(line.field(' ', 0)))
                        .sortBy(Numbered::number)
                        .map(each -> 1)
                        .count());

        private final Function<String, Delayed<Long>> count;

        Operator(Function<Bag<String>, Delayed<Long>> count) {
            this.count = file -> count.apply(TextFiles.read(file));
        }

        Operator(OfViews reader, Function<Bag<Utf8>, Delayed<Long>> count) {
            this.count = file -> count.apply(reader.read(file));
        }
    }

    /** Tells the constructors apart. */
    private enum OfViews {
        INSTANCE;

        Bag<Utf8> read(String file) {
            return TextFiles.readUtf8(file);
        }
    }

    private record Numbered(Utf8 number) {}

    private static String number(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    /** Prints the number of lines that come out of each operator. */
    public static void main(String[] arguments) {
        try (Runner runner =
                Runner.local().threads(Integer.parseInt(arguments[1])).build()) {
            for (String operator : List.of(arguments).subList(2, arguments.length)) {
                System.out.println(operator + " "
                        + Operator.valueOf(operator).count.apply(arguments[0]).compute(runner));
            }
        } catch (BagException e) {
            System.out.println(e.getMessage());
        }
    }
}
