package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.testing.FlawedSource;
import dev.bag.value.ErrorPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random plans with records that fail and policies, against an oracle that reads in order on one thread, and as little as it
 * needs.
 */
@Tag("P34")
class RandomPoliciesTest {

    private static final int PLANS = 150;
    private static final int NO_LIMIT = 1_000_000;

    @TempDir
    Path folder;

    /** A policy, and how often the oracle has needed it. */
    private static final class Guard {
        final long limit;
        long skipped;

        Guard(long limit) {
            this.limit = limit;
        }
    }

    /** A record fails for which there is no policy. */
    private static final class Uncovered extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** A plan twice: for the engine, and for the oracle. */
    private interface Made {
        Bag<Integer> bag(Path letters);

        /** The partitions; {@code guard} is the policy for what is here, if there is one. */
        List<Iterator<Integer>> read(@Nullable Guard guard, List<Guard> guards);
    }

    /** One record to any number, or a failure. */
    private interface Function {
        List<Integer> apply(int record) throws IOException;
    }

    /** Pulls as it is pulled from. */
    private abstract static class Pulling implements Iterator<Integer> {
        private @Nullable Integer next;

        abstract @Nullable Integer pull();

        @Override
        public boolean hasNext() {
            next = next == null ? pull() : next;
            return next != null;
        }

        @Override
        public Integer next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Integer record = next;
            next = null;
            return record;
        }
    }

    private static Iterator<Integer> applied(Iterator<Integer> input, Function function, @Nullable Guard guard) {
        return new Pulling() {
            private Iterator<Integer> made = Collections.emptyIterator();

            @Override
            @Nullable Integer pull() {
                while (!made.hasNext() && input.hasNext()) {
                    try {
                        made = function.apply(input.next()).iterator();
                    } catch (IOException e) {
                        if (guard == null) {
                            throw new Uncovered();
                        }
                        guard.skipped++;
                    }
                }
                return made.hasNext() ? made.next() : null;
            }
        };
    }

    private static final class Plans {
        private final Random random;

        Plans(long seed) {
            this.random = new Random(seed);
        }

        Made source() {
            int chunkLength = random.nextInt(3) * 4;
            int seed = random.nextInt(1000);
            List<List<Integer>> parts = new ArrayList<>();
            for (int i = random.nextInt(4) + 1; i > 0; i--) {
                parts.add(random.ints(random.nextInt(30), 0, 1000).boxed().toList());
            }
            boolean flawed = random.nextBoolean();
            FlawedSource source = new FlawedSource(parts, x -> flawed && isBad(x, seed), chunkLength);
            return new Made() {
                @Override
                public Bag<Integer> bag(Path letters) {
                    return Bag.from(source);
                }

                @Override
                public List<Iterator<Integer>> read(@Nullable Guard guard, List<Guard> guards) {
                    return parts.stream()
                            .map(part -> applied(part.iterator(), x -> flawed ? checked(x, seed) : List.of(x), guard))
                            .toList();
                }
            };
        }

        static boolean isBad(int record, int seed) {
            return Math.floorMod(record * 31 + seed, 23) == 0;
        }

        static List<Integer> checked(int record, int seed) throws IOException {
            if (isBad(record, seed)) {
                throw new IOException("bad " + record);
            }
            return List.of(record);
        }

        Made plan(int depth) {
            if (depth == 0) {
                return source();
            }
            Made below = plan(depth - 1);
            int seed = random.nextInt(1000);
            int n = random.nextInt(20) + 1;
            return switch (random.nextInt(12)) {
                case 0 ->
                    recordWise(
                            below,
                            bag -> bag.map(x -> checked(x, seed).get(0) + 1),
                            x -> List.of(checked(x, seed).get(0) + 1));
                case 1 ->
                    recordWise(
                            below,
                            bag -> bag.filter(x -> checked(x, seed).get(0) % 3 > 0),
                            x -> checked(x, seed).get(0) % 3 > 0 ? List.of(x) : List.of());
                case 2 ->
                    recordWise(
                            below,
                            bag -> bag.mapMulti((x, out) -> {
                                out.accept(x);
                                out.accept(checked(x, seed).get(0) + 1);
                            }),
                            x -> List.of(x, checked(x, seed).get(0) + 1));
                case 3 ->
                    recordWise(
                            below,
                            bag -> bag.flatMap(x -> checked(x, seed))
                                    .peek(x -> {})
                                    .sample(1, 0),
                            x -> checked(x, seed));
                case 4 ->
                    recordWise(
                            below,
                            bag -> bag.mapWithResource(
                                            () -> seed,
                                            (res, x) -> checked(x, res).get(0))
                                    .named("with"),
                            x -> checked(x, seed));
                case 5 ->
                    recordWise(
                            below,
                            bag -> bag.keyBy(x -> checked(x, seed).get(0) % 5)
                                    .mapValues(x -> x + 1)
                                    .values(),
                            x -> List.of(checked(x, seed).get(0) + 1));
                case 6 -> concat(below, plan(depth - 1));
                case 7 ->
                    new Made() {
                        @Override
                        public Bag<Integer> bag(Path letters) {
                            Bag<Integer> bag = below.bag(letters);
                            return bag.repartition(
                                    Math.min(n, bag.partitionCount())); // more would read all before a limit
                        }

                        @Override
                        public List<Iterator<Integer>> read(@Nullable Guard guard, List<Guard> guards) {
                            return List.of(chained(below.read(guard, guards)));
                        }
                    };
                case 8 ->
                    new Made() {
                        @Override
                        public Bag<Integer> bag(Path letters) {
                            return below.bag(letters).limit(n);
                        }

                        @Override
                        public List<Iterator<Integer>> read(@Nullable Guard guard, List<Guard> guards) {
                            return List.of(limited(chained(below.read(null, guards)), n));
                        }
                    };
                case 9 ->
                    new Made() {
                        @Override
                        public Bag<Integer> bag(Path letters) {
                            return below.bag(letters).distinct().sorted();
                        }

                        @Override
                        public List<Iterator<Integer>> read(@Nullable Guard guard, List<Guard> guards) {
                            Set<Integer> all = new LinkedHashSet<>();
                            chained(below.read(null, guards)).forEachRemaining(all::add);
                            return List.of(all.stream().sorted().iterator());
                        }
                    };
                default ->
                    guarded(below, random.nextInt(3) == 0 ? random.nextInt(4) : NO_LIMIT, random.nextInt(8) == 0);
            };
        }

        private static Made recordWise(Made below, UnaryOperator<Bag<Integer>> operator, Function function) {
            return new Made() {
                @Override
                public Bag<Integer> bag(Path letters) {
                    return operator.apply(below.bag(letters));
                }

                @Override
                public List<Iterator<Integer>> read(@Nullable Guard guard, List<Guard> guards) {
                    return below.read(guard, guards).stream()
                            .map(part -> applied(part, function, guard))
                            .toList();
                }
            };
        }

        private static Made concat(Made left, Made right) {
            return new Made() {
                @Override
                public Bag<Integer> bag(Path letters) {
                    return left.bag(letters).concat(right.bag(letters));
                }

                @Override
                public List<Iterator<Integer>> read(@Nullable Guard guard, List<Guard> guards) {
                    List<Iterator<Integer>> both = new ArrayList<>(left.read(guard, guards));
                    both.addAll(right.read(guard, guards));
                    return both;
                }
            };
        }

        static Made guarded(Made below, long limit, boolean fails) {
            return new Made() {
                @Override
                public Bag<Integer> bag(Path letters) {
                    return below.bag(letters)
                            .onError(fails ? ErrorPolicy.fail() : ErrorPolicy.deadLetter(letters, limit));
                }

                @Override
                public List<Iterator<Integer>> read(@Nullable Guard guard, List<Guard> guards) {
                    Guard own = new Guard(limit);
                    guards.add(own);
                    return below.read(fails ? null : own, guards);
                }
            };
        }

        private static Iterator<Integer> chained(List<Iterator<Integer>> parts) {
            Iterator<Iterator<Integer>> all = parts.iterator();
            return new Pulling() {
                private Iterator<Integer> part = Collections.emptyIterator();

                @Override
                @Nullable Integer pull() {
                    while (!part.hasNext() && all.hasNext()) {
                        part = all.next();
                    }
                    return part.hasNext() ? part.next() : null;
                }
            };
        }

        private static Iterator<Integer> limited(Iterator<Integer> input, int count) {
            return new Pulling() {
                private int taken;

                @Override
                @Nullable Integer pull() {
                    return taken++ < count && input.hasNext() ? input.next() : null;
                }
            };
        }
    }

    /** What becomes of a plan: the records, how many were skipped; or a failure. */
    private record Outcome(@Nullable List<Integer> records, long skipped) {
        static final Outcome FAILURE = new Outcome(null, 0);
    }

    private static Outcome expected(Made plan) {
        List<Guard> guards = new ArrayList<>();
        List<Integer> records = new ArrayList<>();
        try {
            Plans.chained(plan.read(null, guards)).forEachRemaining(records::add);
        } catch (Uncovered e) {
            return Outcome.FAILURE;
        }
        return guards.stream().anyMatch(guard -> guard.skipped > guard.limit)
                ? Outcome.FAILURE
                : new Outcome(
                        records,
                        guards.stream().mapToLong(guard -> guard.skipped).sum());
    }

    private record Setup(Runner runner, AtomicReference<Report> report, boolean flaky) implements AutoCloseable {
        static Setup of(int threads, int retries) {
            AtomicReference<Report> report = new AtomicReference<>();
            Runner runner = Runner.local()
                    .threads(threads)
                    .retries(retries)
                    .listener(new RunListener() {
                        @Override
                        public void runEnded(Report ended) {
                            report.set(ended);
                        }
                    })
                    .build();
            return new Setup(runner, report, retries > 0);
        }

        @Override
        public void close() {
            runner.close();
        }
    }

    private enum How {
        COMPUTE,
        STREAM
    }

    private Outcome run(Made plan, Setup setup, How how, Path letters) {
        Bag<Integer> bag = plan.bag(letters);
        if (setup.flaky() && how == How.COMPUTE) {
            Set<Integer> seen = ConcurrentHashMap.newKeySet();
            bag = bag.map(x -> {
                if (x % 7 == 0 && seen.add(x)) {
                    throw new IOException("comes back");
                }
                return x;
            });
        }
        try {
            List<Integer> records = how == How.COMPUTE
                    ? bag.compute(setup.runner())
                    : bag.stream(setup.runner()).toList();
            return new Outcome(records, setup.report().get().leftOut().records());
        } catch (BagException e) {
            return Outcome.FAILURE;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void plansLeaveOutWhatFails(int seed) throws IOException {
        try (Setup one = Setup.of(1, 0);
                Setup many = Setup.of(8, 0);
                Setup retrying = Setup.of(4, 100)) {
            int successes = 0;
            int skips = 0;
            for (int i = 0; i < PLANS; i++) {
                Plans plans = new Plans(seed * 1_000_003L + i);
                Made plan = Plans.guarded(plans.plan(1 + i % 6), i % 5 == 0 ? i % 3 : NO_LIMIT, false);
                Outcome expected = expected(plan);
                String letters = null;
                for (Setup setup : List.of(one, many, retrying)) {
                    for (How how : How.values()) {
                        Path path = folder.resolve("letters-" + seed + "-" + i);
                        Files.deleteIfExists(path);
                        assertThat(run(plan, setup, how, path))
                                .as("plan %d of %d, %s, %s", i, seed, setup.runner(), how)
                                .isEqualTo(expected);
                        String written = Files.exists(path) ? Files.readString(path) : "";
                        if (expected.records() == null) {
                            assertThat(path).doesNotExist();
                        } else if (letters == null) {
                            assertThat(written.lines()).hasSize((int) expected.skipped());
                            letters = written;
                        }
                        assertThat(written).isEqualTo(letters == null ? "" : letters);
                    }
                }
                successes += expected.records() == null ? 0 : 1;
                skips += expected.skipped() > 0 ? 1 : 0;
            }
            assertThat(successes).isGreaterThan(PLANS / 4);
            assertThat(skips).isGreaterThan(PLANS / 8);
            assertThat(folder.toFile().list((dir, name) -> name.startsWith(".")))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void theLimitIsOfTheWholeRun(int threads) {
        List<List<Integer>> parts = IntStream.range(0, 6)
                .mapToObj(part -> IntStream.range(0, 20).boxed().toList())
                .toList();
        int skipped = 6 * 4; // 0, 5, 10, 15 of each part
        try (Setup setup = Setup.of(threads, 0)) {
            for (int chunkLength : new int[] {0, 3}) {
                for (int limit : new int[] {0, 1, 5, skipped - 1, skipped, skipped + 1}) {
                    Bag<Integer> bag = Bag.from(new FlawedSource(parts, x -> x % 10 == 0, chunkLength))
                            .map(x -> x % 5 == 0 ? Integer.parseInt("five") : x)
                            .onError(ErrorPolicy.skip(limit));
                    Outcome outcome;
                    try {
                        outcome = new Outcome(
                                bag.compute(setup.runner()),
                                setup.report().get().leftOut().records());
                    } catch (BagException e) {
                        outcome = Outcome.FAILURE;
                        assertThat(e.getMessage()).startsWith("onError(skip(" + limit + ")): ");
                        assertThat(e.location()).isPresent();
                    }
                    Outcome expected = limit < skipped
                            ? Outcome.FAILURE
                            : new Outcome(
                                    parts.stream()
                                            .flatMap(List::stream)
                                            .filter(x -> x % 5 > 0)
                                            .toList(),
                                    skipped);
                    assertThat(outcome).isEqualTo(expected);
                }
            }
        }
    }
}
