package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.fold.Fold;
import dev.bag.fold.Folds;
import dev.bag.testing.ChildJvm;
import dev.bag.testing.ProbedSource;
import dev.bag.value.Pair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Results are the same bit for bit on any number of threads and in any JVM. */
@Tag("P3")
class SameBitsTest {

    private enum Unit {
        SECONDS,
        BYTES
    }

    private record Key(Unit unit, TimeUnit other, String text) {}

    /** All that could differ, as text. */
    static String results(int threads) {
        Random random = new Random(17);
        List<Double> numbers = new ArrayList<>(List.of(1e16, 1.0, -1e16));
        for (int i = 0; i < 5_000; i++) {
            numbers.add((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(40)));
        }
        try (Runner runner = Runner.local().threads(threads).build()) {
            StringBuilder text = new StringBuilder();
            text.append(hex(Bag.of(1e16, 1.0, -1e16).sum(n -> n).compute(runner)))
                    .append('\n');
            for (Bag<Double> bag : List.of(
                    Bag.from(numbers, 13),
                    Bag.generate(numbers),
                    Bag.from(ProbedSource.pipelined(List.of(
                            List.of(numbers.subList(0, 7), numbers.subList(7, 900)),
                            List.of(numbers.subList(900, 2_000), List.of(), numbers.subList(2_000, 5_003))))))) {
                text.append(hex(bag.fold(() -> 0.0, Double::sum, Double::sum).compute(runner)));
                text.append(' ').append(hex(bag.sum(n -> n).compute(runner)));
                text.append(' ').append(hex(bag.stats(n -> n).compute(runner).variance()));
                text.append(' ').append(bag.fold(Folds.reservoir(5, 3)).compute(runner));
                text.append(' ')
                        .append(hex(bag.fold(Folds.quantiles(n -> n, 0.3))
                                .compute(runner)
                                .at(0.3)));
                text.append(' ')
                        .append(bag.fold(Folds.countDistinctApprox(n -> n)).compute(runner));
                text.append(' ').append(bag.sample(0.001, 9).compute(runner)).append('\n');
                text.append(bag.foldBy(SameBitsTest::key, Folds.averaging(n -> n))
                        .mapEntries((key, mean) -> key + hex(mean))
                        .compute(runner));
                text.append('\n');
            }
            return text.toString();
        }
    }

    private static Object key(double n) {
        int hash = Double.hashCode(n);
        Unit unit = Unit.values()[hash & 1];
        TimeUnit other = TimeUnit.values()[(hash >>> 1) & 3];
        return switch ((hash >>> 3) & 3) {
            case 0 -> unit;
            case 1 -> new Key(unit, other, "k" + (hash >>> 29));
            case 2 -> List.of(unit, other);
            default -> Pair.of(other, hash >>> 30);
        };
    }

    private static String hex(double n) {
        return Double.toHexString(n);
    }

    /** What a child JVM runs. */
    static final class Child {

        private Child() {}

        public static void main(String[] args) {
            for (int threads : new int[] {1, 2, 8}) {
                System.out.print(results(threads));
            }
        }
    }

    /** Small tables of neighbouring partitions become one before they are merged with others. */
    @Test
    void bitsAreTheSameWhateverTheMemoryAndHoweverManyTasksShareIt() {
        Fold<Long, ?, Double> rounding = Fold.of(() -> 0.0, (sum, n) -> sum + 1.0 / (n + 1), Double::sum);
        List<String> found = new ArrayList<>();
        for (int threads : new int[] {1, 2, 64}) {
            for (String memory : List.of("1B", "10kB", "100kB", "4MB", "1GB")) {
                try (Runner runner =
                        Runner.local().threads(threads).memory(memory).build()) {
                    found.add(Bag.range(0, 4_000, 32)
                            .foldBy(n -> n % 40, rounding)
                            .mapEntries((key, sum) -> key + hex(sum))
                            .compute(runner)
                            .toString());
                }
            }
        }
        assertThat(found).containsOnly(found.get(0));
    }

    @Test
    void bitsAreTheSameOnOneTwoAndEightThreadsAndInOtherJvms() throws IOException, InterruptedException {
        String here = results(1);
        assertThat(here).startsWith("0x1.0p0\n");
        for (int round = 0; round < 5; round++) {
            assertThat(results(2)).isEqualTo(here);
            assertThat(results(8)).isEqualTo(here);
        }
        ChildJvm.Result expected = new ChildJvm.Result(0, here.repeat(3));
        assertThat(ChildJvm.run(Child.class, List.of("-XX:TieredStopAtLevel=1", "-XX:ActiveProcessorCount=1")))
                .isEqualTo(expected);
        assertThat(ChildJvm.run(Child.class, List.of("-XX:+UseParallelGC", "-Xmx200m")))
                .isEqualTo(expected);
    }
}
