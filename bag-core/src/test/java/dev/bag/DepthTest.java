package dev.bag;

import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.testing.ChildJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Very deep and very wide plans, with little memory and stacks of the usual size. */
@Tag("P26")
class DepthTest {

    private static final int DEPTH = 100_000;
    private static final int WIDTH = 1_000_000;
    private static final List<String> OPTIONS = List.of("-Xmx512m");

    private static void check(Bag<Integer> bag, long expectedSum, String text) {
        check(bag, expectedSum, text, Runner.inline());
        check(bag, expectedSum, text, Runner.local().threads(2).build());
    }

    private static void check(Bag<Integer> bag, long expectedSum, String text, Runner runner) {
        assertThat(bag).hasToString(text);
        assertThat(bag.explain()).hasSizeLessThan(100_000);
        assertThat(bag.sumLong(n -> n).compute(runner)).isEqualTo(expectedSum);
        assertThat(bag.first(runner)).isPresent();
        BagException failure =
                failure(() -> bag.map(DepthTest::failing).named("fails").compute(runner));
        assertThat(failure.operator()).isEqualTo("fails");
        assertThat(failure.getMessage()).hasSizeLessThan(1_000);
    }

    /** Maps on maps. */
    static final class Maps {

        private Maps() {}

        public static void main(String[] args) {
            Bag<Integer> bag = Bag.of(0, 1);
            for (int i = 0; i < DEPTH; i++) {
                bag = i % 3 == 0 ? bag.map(n -> n + 3) : i % 3 == 1 ? bag.filter(n -> true) : bag.named("n" + i % 7);
            }
            check(bag, 2L * (DEPTH + 2) + 1, "Bag[2 partitions: 2 records > … > map > n4 > map > n0 > map > n3 > map]");
            System.out.println("done");
        }
    }

    /** Concatenations of concatenations. */
    static final class Concats {

        private Concats() {}

        public static void main(String[] args) {
            Bag<Integer> one = Bag.of(1);
            Bag<Integer> left = one;
            Bag<Integer> right = one;
            for (int i = 0; i < DEPTH; i++) {
                left = left.concat(one);
                right = one.concat(right);
            }
            String path = "concat > concat > concat > concat";
            check(left, DEPTH + 1, "Bag[100,001 partitions: 1 record > … > " + path + "]");
            Runner runner = Runner.local().threads(2).build();
            check(right, DEPTH + 1, "Bag[100,001 partitions: 1 record > concat]", runner);
            assertThat(left.concat(left).limit(DEPTH + 5).count().compute()).isEqualTo(DEPTH + 5);
            List<Bag<Integer>> many = new ArrayList<>();
            for (int i = 0; i < DEPTH; i++) {
                many.add(Bag.of(i));
            }
            check(Bag.concatAll(many), DEPTH * (DEPTH - 1L) / 2, "Bag[100,000 partitions: 1 record > concat]", runner);
            System.out.println("done");
        }
    }

    private static <T> T failing(T argument) {
        throw new ArithmeticException("on " + argument);
    }

    /** Delayed values of delayed values. */
    static final class Values {

        private Values() {}

        public static void main(String[] args) {
            Delayed<Integer> value = Delayed.value(0);
            List<Delayed<Integer>> all = new ArrayList<>();
            for (int i = 0; i < DEPTH; i++) {
                value = i % 2 == 0 ? value.map(n -> n + 1) : value.named("n");
                all.add(value);
            }
            Delayed<Integer> last = value;
            for (Runner runner :
                    List.of(Runner.inline(), Runner.local().threads(2).build())) {
                assertThat(last.compute(runner)).isEqualTo(DEPTH / 2);
                assertThat(Delayed.all(all).map(List::size).compute(runner)).isEqualTo(DEPTH);
                assertThat(Delayed.computeAll(runner, all.toArray(Delayed<?>[]::new))
                                .get(last))
                        .isEqualTo(DEPTH / 2);
                assertThat(failure(() -> last.map(DepthTest::failing).compute(runner))
                                .operator())
                        .isEqualTo("map");
            }
            assertThat(last.toString()).hasSizeLessThanOrEqualTo(78);
            assertThat(last.explain()).isNotEmpty();
            System.out.println("done");
        }
    }

    /** Very many tasks. */
    static final class Wide {

        private Wide() {}

        public static void main(String[] args) {
            Bag<Integer> bag = Bag.range(0, WIDTH, WIDTH).map(Long::intValue);
            check(bag, WIDTH * (WIDTH - 1L) / 2, "Bag[1,000,000 partitions: range 0..1000000 > map]");
            Runner runner = Runner.local().threads(2).build();
            assertThat(bag.compute(runner)).hasSize(WIDTH);
            assertThat(bag.zipWithIndex().skip(WIDTH - 1).count().compute(runner))
                    .isEqualTo(1);
            assertThat(bag.repartition(3)
                            .mapPartitions(records -> List.of(records.next()).iterator())
                            .compute(runner))
                    .containsExactly(0, 333_333, 666_666);
            assertThat(bag.zipWith(bag, Integer::sum).take(2, runner)).containsExactly(0, 2);
            Bag<Long> narrower = Bag.range(0, DEPTH, DEPTH);
            assertThat(narrower.stream(runner).count()).isEqualTo(DEPTH);
            assertThat(narrower.countBy(n -> n % 10).values().compute(runner))
                    .hasSize(10)
                    .containsOnly(10_000L);
            System.out.println("done");
        }
    }

    /** Very many partitions of a record each, which are shuffled, in memory and on disk. */
    static final class WideShuffles {

        private WideShuffles() {}

        public static void main(String[] args) {
            Bag<Integer> bag = Bag.range(0, WIDTH, WIDTH).map(n -> (int) (n * 7919 % WIDTH));
            for (String memory : List.of("256MB", "4MB")) {
                Runner runner = Runner.local().threads(2).memory(memory).build();
                assertThat(bag.groupBy(n -> n % 1_000).mapValues(List::size).compute(runner))
                        .hasSize(1_000)
                        .allSatisfy(group -> assertThat(group.second()).isEqualTo(1_000));
                assertThat(bag.sorted()
                                .zipWithIndex()
                                .allMatch(each -> each.first().longValue() == each.second())
                                .compute(runner))
                        .isTrue();
                assertThat(bag.distinct().sumLong(n -> n).compute(runner)).isEqualTo(WIDTH * (WIDTH - 1L) / 2);
            }
            System.out.println("done");
        }
    }

    private static void assertDone(Class<?> main) throws IOException, InterruptedException {
        assertThat(ChildJvm.run(main, OPTIONS)).isEqualTo(new ChildJvm.Result(0, "done\n"));
    }

    @Test
    void aHundredThousandMapsDeep() throws IOException, InterruptedException {
        assertDone(Maps.class);
    }

    @Test
    @Tag("long")
    void aHundredThousandConcatenationsDeep() throws IOException, InterruptedException {
        assertDone(Concats.class);
    }

    @Test
    void aHundredThousandDelayedValuesDeep() throws IOException, InterruptedException {
        assertDone(Values.class);
    }

    @Test
    @Tag("once")
    void aMillionTasksWide() throws IOException, InterruptedException {
        assertDone(Wide.class);
    }

    @Test
    @Tag("long")
    void aMillionPartitionsShuffled() throws IOException, InterruptedException {
        assertDone(WideShuffles.class);
    }
}
