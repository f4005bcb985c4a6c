package consumer;

import dev.bag.Bag;
import dev.bag.io.TextFiles;
import dev.bag.value.Pair;
import java.nio.file.Path;
import java.util.List;

/** Counts the requests of each client in the logs of a folder, the most frequent ones first, and draws the plan. */
public final class Requests {

    private Requests() {}

    /**
     * Prints the counts.
     *
     * @param arguments a folder with logs, compressed or not, and where the picture is written
     */
    public static void main(String[] arguments) {
        Bag<String> lines = TextFiles.read(arguments[0]);
        var counts = lines.countBy(line -> line.split(" ")[0]).topByValue(10);
        for (Pair<String, Long> count : List.copyOf(counts.compute())) {
            System.out.println(count.second() + " " + count.first());
        }
        counts.visualize(Path.of(arguments[1]));
    }
}
