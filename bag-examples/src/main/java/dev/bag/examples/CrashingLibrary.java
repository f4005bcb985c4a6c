// spotless:off
//JAVA 17+
//DEPS dev.bag:bag-io:0.1.0-SNAPSHOT
//SOURCES Usage.java
// spotless:on
package dev.bag.examples;

import dev.bag.Bag;
import dev.bag.Runner;
import dev.bag.io.TextFiles;
import dev.bag.value.ErrorPolicy;
import dev.bag.value.Isolation;
import java.time.Duration;

/**
 * Calls a library that takes the process down for some records. {@code mapIsolated} calls it in processes of its own: one that
 * dies is replaced, its record is tried again, and blamed after three deaths. The policy leaves such records out, and the
 * report says how many.
 *
 * <p>Arguments: files with a record a line.
 */
public final class CrashingLibrary {

    private static final Usage USAGE = new Usage("""
            Usage: java -cp bag-examples.jar dev.bag.examples.CrashingLibrary FILE ...

            Prints the length of each line, as told by a library that ends the process when a line contains "crash".
            """);

    private CrashingLibrary() {}

    /** Stands for native code that is not to be trusted. */
    private static int nativeLength(String line) {
        if (line.contains("crash")) {
            Runtime.getRuntime().halt(139);
        }
        return line.length();
    }

    public static void main(String... arguments) {
        Bag<Integer> lengths = TextFiles.read(USAGE.someNamesOrExit(arguments))
                .mapIsolated(CrashingLibrary::nativeLength, Isolation.of(2).timeout(Duration.ofSeconds(30)))
                .onError(ErrorPolicy.skip(1_000));
        try (Runner runner = Runner.local().build()) {
            lengths.compute(runner).forEach(System.out::println);
            runner.lastReport()
                    .ifPresent(report -> System.out.println(
                            report.leftOut().records() + " left out, " + report.workerDeaths() + " dead processes"));
        }
    }
}
