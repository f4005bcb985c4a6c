package dev.bag;

import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.oracle.PlanInterpreter;
import dev.bag.testing.ChildJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operation within a stage, deep: around the depth at which records take another way, and very deep. */
@Tag("P26")
class DeepStagesTest {

    private static final int DEPTH = 100_000;
    private static final Map<String, UnaryOperator<Bag<Integer>>> OPERATIONS = new LinkedHashMap<>();
    private static final AtomicInteger OPEN = new AtomicInteger();

    /** Has to be closed. */
    private static final class Resource implements AutoCloseable {

        Resource() {
            OPEN.incrementAndGet();
        }

        @Override
        public void close() {
            OPEN.decrementAndGet();
        }
    }

    static {
        OPERATIONS.put("map", bag -> bag.map(n -> n ^ 1));
        OPERATIONS.put("filter", bag -> bag.filter(n -> true));
        OPERATIONS.put("mapNotNull", bag -> bag.mapNotNull(n -> n));
        OPERATIONS.put("named", bag -> bag.named("same"));
        OPERATIONS.put("mapWith", bag -> bag.mapWith(Delayed.value(1), (n, one) -> n ^ one));
        OPERATIONS.put("mapWithResource", bag -> bag.mapWithResource(Resource::new, (resource, n) -> n));
        OPERATIONS.put("limit", bag -> bag.limit(4));
        OPERATIONS.put("skip", bag -> bag.skip(0));
        OPERATIONS.put("takeWhile", bag -> bag.takeWhile(n -> n < 100));
        OPERATIONS.put("scan", bag -> bag.scan((a, b) -> b));
        OPERATIONS.put("scan with initial", bag -> bag.scan(0, (a, b) -> a ^ b).limit(2));
        OPERATIONS.put("zipWithIndex", bag -> bag.zipWithIndex().map(pair -> pair.first()));
        OPERATIONS.put("sample", bag -> bag.sample(1, 7));
        OPERATIONS.put("mapAsync", bag -> bag.mapAsync(n -> n ^ 1, 2));
        OPERATIONS.put("flatMap", bag -> bag.flatMap(n -> List.of(n)));
        OPERATIONS.put(
                "flatMapStream", bag -> bag.flatMapStream(n -> Stream.of(n).onClose(new Resource()::close)));
        OPERATIONS.put("mapMulti", bag -> bag.<Integer>mapMulti((n, out) -> out.accept(n)));
        OPERATIONS.put("flatten", bag -> Bag.<Integer>flatten(bag.map(n -> List.of(n))));
        OPERATIONS.put("concat", bag -> bag.concat(Bag.of(1)).partition(0));
    }

    static Stream<String> operations() {
        return OPERATIONS.keySet().stream();
    }

    private static Bag<Integer> deep(UnaryOperator<Bag<Integer>> operation, int depth) {
        Bag<Integer> bag = Bag.from(List.of(3, 1, 4, 1, 5, 9), 2);
        for (int i = 0; i < depth; i++) {
            bag = operation.apply(bag);
        }
        return bag;
    }

    /** The oracle is as deep as the plan. */
    private static void withDeepStack(Runnable work) {
        List<Throwable> failures = new ArrayList<>();
        Thread thread = new Thread(null, work, "oracle", 1L << 28);
        thread.setUncaughtExceptionHandler((of, failure) -> failures.add(failure));
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertThat(failures).isEmpty();
    }

    private static void assertAsTheOracleSays(Bag<Integer> bag) {
        List<Object> records = new ArrayList<>();
        withDeepStack(() -> records.addAll(new PlanInterpreter().records(bag.plan())));
        for (Runner runner : List.of(Runner.inline(), Runner.local().threads(2).build())) {
            assertThat(bag.compute(runner)).isEqualTo(records);
            assertThat(bag.stream(runner).toList()).isEqualTo(records);
            assertThat(bag.take(1, runner)).isEqualTo(records.subList(0, Math.min(1, records.size())));
            assertThat(bag.count().compute(runner)).isEqualTo(records.size());
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void meansTheSameAtEachDepth(String operation) {
        for (int depth : List.of(1, 2, 127, 128, 129, 130, 300, 1_000)) {
            assertAsTheOracleSays(deep(OPERATIONS.get(operation), depth));
        }
        assertThat(OPEN).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 127, 128, 129, 130, 300, 1_000})
    void meansTheSameInAnyMixture(int depth) {
        List<UnaryOperator<Bag<Integer>>> all = new ArrayList<>(OPERATIONS.values());
        all.add(bag -> bag.skip(1).concat(Bag.of(8)));
        all.add(bag -> bag.flatMap(n -> n % 2 == 0 ? List.of(n) : List.of(n, n)).limit(9));
        all.add(bag -> bag.<Integer>mapMulti((n, out) -> {
                    out.accept(n);
                    out.accept(n + 1);
                })
                .sample(0.6, 3)
                .limit(12));
        all.add(bag ->
                bag.flatMapStream(n -> Stream.iterate(n, i -> i + 1).limit(9)).limit(5));
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            UnaryOperator<Bag<Integer>> any = bag -> bag.partitionCount() > 8
                    ? bag.partition(random.nextInt(8))
                    : all.get(random.nextInt(all.size())).apply(bag);
            assertAsTheOracleSays(deep(any, Math.min(depth, 300)));
        }
        assertThat(OPEN).hasValue(0);
    }

    @Test
    void whatIsPushedAtADepthIsSeenUpToWhereItFails() {
        Bag<Integer> bag = Bag.of(1);
        for (int i = 0; i < 1_000; i++) {
            bag = bag.<Integer>mapMulti((n, out) -> {
                        out.accept(n);
                        if (n >= 1_000) {
                            throw new IllegalStateException("too big");
                        }
                    })
                    .named("m" + i)
                    .map(n -> n + 1);
        }
        List<Integer> seen = new ArrayList<>();
        Bag<Integer> watched = bag.peek(seen::add);
        BagException failure = failure(() -> watched.compute(Runner.inline()));
        assertThat(seen).containsExactly(1_001);
        assertThat(failure.getMessage()).startsWith("mapMulti \"m999\" failed");
    }

    @Test
    void whatNobodyWantsIsNotMade() {
        AtomicInteger made = new AtomicInteger();
        UnaryOperator<Bag<Integer>> endless = bag ->
                bag.flatMapStream(n -> Stream.generate(made::incrementAndGet).onClose(new Resource()::close));
        Bag<Integer> bag = deep(each -> each.flatMap(n -> List.of(n)), 500);
        bag = deep(endless, 1).concat(bag);
        for (int i = 0; i < 300; i++) {
            bag = i % 100 == 50 ? endless.apply(bag) : bag.flatMap(n -> List.of(n));
        }
        assertThat(bag.limit(3).compute(Runner.inline())).containsExactly(4, 5, 6);
        assertThat(made).hasValue(6);
        assertThat(OPEN).hasValue(0);
    }

    private static <T> T failing(T argument) {
        throw new ArithmeticException("on " + argument);
    }

    /** One operation, as the property {@code operation} says. */
    static final class Deep {

        private Deep() {}

        public static void main(String[] args) {
            UnaryOperator<Bag<Integer>> operation = OPERATIONS.get(System.getProperty("operation"));
            Bag<Integer> bag = deep(operation, DEPTH);
            assertThat(bag.toString()).hasSizeLessThan(1_000);
            assertThat(bag.explain()).hasSizeLessThan(100_000);
            for (Runner runner :
                    List.of(Runner.inline(), Runner.local().threads(2).build())) {
                long count = bag.count().compute(runner);
                assertThat(bag.compute(runner)).hasSize((int) count);
                assertThat(bag.take(1, runner)).hasSize(1);
            }
            Bag<Integer> broken =
                    Bag.of(3, 1).map(DeepStagesTest::<Integer>failing).named("fails");
            for (int i = 0; i < DEPTH; i++) {
                broken = operation.apply(broken);
            }
            Bag<Integer> all = broken;
            BagException failure = failure(() -> all.compute(Runner.inline()));
            boolean isNamedAgain = System.getProperty("operation").equals("named");
            assertThat(failure.operator()).isEqualTo(isNamedAgain ? "same" : "fails");
            BagException below =
                    failure(() -> bag.map(DeepStagesTest::failing).named("last").compute(Runner.inline()));
            assertThat(below.operator()).isEqualTo("last");
            assertThat(below.getMessage()).hasSizeLessThan(2_000);
            System.out.println("done");
        }
    }

    /** A result of each bag of a deep chain. */
    static final class Shared {

        private Shared() {}

        public static void main(String[] args) {
            List<Delayed<?>> wanted = new ArrayList<>();
            Bag<Integer> bag = Bag.of(3, 1);
            for (int i = 0; i < DEPTH; i++) {
                bag = bag.map(n -> n + 1);
                int number = i;
                wanted.add(i % 3 == 0 ? bag.anyMatch(n -> n > number + 3) : bag.count());
            }
            Results results = Delayed.computeAll(Runner.inline(), wanted.toArray(Delayed<?>[]::new));
            for (int i = 0; i < DEPTH; i++) {
                Object expected = i % 3 == 0 ? (Object) true : (Object) 2L;
                assertThat((Object) results.get(wanted.get(i))).isEqualTo(expected);
            }
            System.out.println("done");
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    @Tag("long")
    void aHundredThousandDeep(String operation) throws IOException, InterruptedException {
        assertThat(ChildJvm.run(Deep.class, List.of("-Xmx512m", "-Doperation=" + operation)))
                .isEqualTo(new ChildJvm.Result(0, "done\n"));
    }

    @Test
    @Tag("long")
    void aResultOfEachOfAHundredThousandBags() throws IOException, InterruptedException {
        assertThat(ChildJvm.run(Shared.class, List.of("-Xmx512m"))).isEqualTo(new ChildJvm.Result(0, "done\n"));
    }
}
