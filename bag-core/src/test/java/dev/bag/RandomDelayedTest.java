package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.testing.Runners;
import dev.bag.value.Retry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random graphs of delayed values, some of which fail, against an oracle that computes with plain functions, one after the
 * other. {@code -Dgraphs=20000} runs more of them, {@code -Dgraph.seed=…} only the one that a failure has named.
 */
@Tag("P1")
@Tag("P2")
@Tag("P5")
@Tag("P32")
class RandomDelayedTest {

    private static final int MOST_NODES = 40;

    /** What a value comes to: a number, or the exception with which it fails first. */
    private record Outcome(int value, @Nullable String failure) {

        static Outcome of(int value) {
            return new Outcome(value, null);
        }

        static Outcome failed(String failure) {
            return new Outcome(0, failure);
        }
    }

    /** A value, what it comes to by the oracle, and in words how it was made. */
    private record Made(Delayed<Integer> delayed, Outcome outcome, String how) {}

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void everyGraphComesToWhatTheOracleSays() {
        Long only = Long.getLong("graph.seed");
        int count = only == null ? Integer.getInteger("graphs", 600) : 1;
        for (int i = 0; i < count; i++) {
            new Graph(only == null ? i : only).check();
        }
    }

    private static final class Graph {
        private final long seed;
        private final Random random;
        private final List<Made> made = new ArrayList<>();
        /** How often each function was called that must be called at most once; by its number. */
        private final AtomicIntegerArray calls = new AtomicIntegerArray(4 * MOST_NODES);

        private int functions;

        Graph(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        void check() {
            int nodes = 3 + random.nextInt(MOST_NODES - 3);
            while (made.size() < nodes) {
                made.add(make());
            }
            for (Runner runner : Runners.ALL) {
                try {
                    check(runner);
                } catch (BagException e) {
                    throw new AssertionError(runner + " " + story(), e);
                }
            }
        }

        private void check(Runner runner) {
            Made last = made.get(made.size() - 1);
            clear();
            assertThat(outcome(last.delayed(), runner)).as(this::story).isEqualTo(last.outcome());
            assertCalledOnce();
            List<Made> whole = made.stream()
                    .filter(each -> each.outcome().failure() == null)
                    .toList();
            clear();
            Results results =
                    Delayed.computeAll(runner, whole.stream().map(Made::delayed).toArray(Delayed<?>[]::new));
            for (Made each : whole) {
                assertThat(results.get(each.delayed()))
                        .as(this::story)
                        .isEqualTo(each.outcome().value());
            }
            assertCalledOnce();
            List<Delayed<Integer>> recovered = made.stream()
                    .map(each -> each.delayed()
                            .recover(failure -> failure.getMessage().hashCode()))
                    .toList();
            List<Integer> expected = made.stream()
                    .map(each -> each.outcome().failure() == null
                            ? Integer.valueOf(each.outcome().value())
                            : Integer.valueOf(each.outcome().failure().hashCode()))
                    .toList();
            clear();
            assertThat(Delayed.all(recovered).compute(runner)).as(this::story).isEqualTo(expected);
            assertCalledOnce();
        }

        private void clear() {
            for (int i = 0; i < calls.length(); i++) {
                calls.set(i, 0);
            }
        }

        private void assertCalledOnce() {
            for (int i = 0; i < functions; i++) {
                assertThat(calls.get(i)).as(this::story).isLessThan(2);
            }
        }

        private static Outcome outcome(Delayed<Integer> delayed, Runner runner) {
            try {
                return Outcome.of(delayed.compute(runner));
            } catch (BagException e) {
                return Outcome.failed(e.getCause().getMessage());
            }
        }

        private String story() {
            StringBuilder story = new StringBuilder("-Dgraph.seed=" + seed + ", where\n");
            for (int i = 0; i < made.size(); i++) {
                story.append("  d").append(i).append(" = ").append(made.get(i).how());
                story.append("  // ").append(made.get(i).outcome()).append('\n');
            }
            return story.toString();
        }

        // ---- making ----

        private int pick() {
            return random.nextBoolean() ? made.size() - 1 : random.nextInt(made.size());
        }

        private static int mixed(int... values) {
            return Arrays.hashCode(values) % 1000;
        }

        /** Counts a call of a function that is called once a run. */
        private Runnable counted() {
            int number = functions++;
            return () -> calls.incrementAndGet(number);
        }

        private Made make() {
            int kind = made.isEmpty() ? random.nextInt(2) : random.nextInt(16);
            int number = random.nextInt(1000);
            Runnable counted = counted();
            return switch (kind) {
                case 0 -> new Made(Delayed.value(number), Outcome.of(number), "value " + number);
                case 1 -> new Made(called(counted, number), Outcome.of(number), "call " + number);
                case 2 -> failing(counted, number);
                case 3, 4 -> mapped(counted);
                case 5, 6 -> two(counted);
                case 7 -> all();
                case 8 -> recovered(counted);
                case 9 -> flatMapped(counted, number);
                case 10 -> after(counted);
                case 11 -> first();
                case 12 -> retried(number);
                case 13 -> folded(counted);
                case 14 -> ofBag(counted);
                default -> elsewhere(counted);
            };
        }

        private static Delayed<Integer> called(Runnable counted, int number) {
            return Delayed.call(() -> {
                counted.run();
                return number;
            });
        }

        private Made failing(Runnable counted, int number) {
            if (random.nextInt(3) > 0) {
                return new Made(called(counted, number), Outcome.of(number), "call " + number);
            }
            Delayed<Integer> failing = Delayed.call(() -> {
                counted.run();
                throw new IOException("f" + number);
            });
            return new Made(failing, Outcome.failed("f" + number), "failing");
        }

        private static Outcome then(Outcome of, Function<Integer, Outcome> f) {
            return of.failure() == null ? f.apply(of.value()) : of;
        }

        private Made mapped(Runnable counted) {
            int of = pick();
            Delayed<Integer> delayed = made.get(of).delayed().map(n -> {
                counted.run();
                return mixed(n, 1);
            });
            return new Made(delayed, then(made.get(of).outcome(), n -> Outcome.of(mixed(n, 1))), "map d" + of);
        }

        /** Two of which at most one fails, or both with the same message: which failure comes first is not said. */
        private Made two(Runnable counted) {
            int a = pick();
            int b = whole(a);
            Delayed<Integer> delayed = made.get(a).delayed().zipWith(made.get(b).delayed(), (x, y) -> {
                counted.run();
                return mixed(x, y);
            });
            Outcome outcome =
                    then(made.get(a).outcome(), x -> then(made.get(b).outcome(), y -> Outcome.of(mixed(x, y))));
            return new Made(delayed, outcome, "zipWith d" + a + ", d" + b);
        }

        /** One that does not fail if {@code a} does; else any. */
        private int whole(int a) {
            int b = pick();
            for (int tries = 0; tries < 100 && made.get(b).outcome().failure() != null; tries++) {
                b = random.nextInt(made.size());
            }
            return made.get(b).outcome().failure() == null ? b : a;
        }

        private Made all() {
            List<Integer> of = IntStream.range(0, random.nextInt(5))
                    .map(i -> whole(pick()))
                    .boxed()
                    .toList();
            Delayed<Integer> delayed = Delayed.all(
                            of.stream().map(i -> made.get(i).delayed()).toList())
                    .map(values -> mixed(values.stream().mapToInt(n -> n).toArray()));
            for (int i : of) {
                if (made.get(i).outcome().failure() != null) {
                    return new Made(made.get(i).delayed(), made.get(i).outcome(), "d" + i);
                }
            }
            int[] values =
                    of.stream().mapToInt(i -> made.get(i).outcome().value()).toArray();
            return new Made(delayed, Outcome.of(mixed(values)), "all " + of);
        }

        private Made recovered(Runnable counted) {
            int of = pick();
            Delayed<Integer> delayed = made.get(of).delayed().recover(failure -> {
                counted.run();
                return failure.getMessage().length();
            });
            Outcome below = made.get(of).outcome();
            Outcome outcome =
                    below.failure() == null ? below : Outcome.of(below.failure().length());
            return new Made(delayed, outcome, "recover d" + of);
        }

        private Made flatMapped(Runnable counted, int number) {
            int of = pick();
            int to = pick();
            int also = whole(to);
            Delayed<Integer> delayed = made.get(of).delayed().flatMap(n -> {
                counted.run();
                Delayed<Integer> other = made.get(also).delayed();
                return made.get(to).delayed().flatMap(x -> other.map(y -> mixed(n, x, y)));
            });
            Outcome outcome = then(
                    made.get(of).outcome(),
                    n -> then(
                            made.get(to).outcome(),
                            x -> then(made.get(also).outcome(), y -> Outcome.of(mixed(n, x, y)))));
            return new Made(delayed, outcome, "flatMap d" + of + " to d" + to + " and d" + also + ", " + number);
        }

        private Made after(Runnable counted) {
            int of = pick();
            int other = whole(of);
            Delayed<Integer> delayed = made.get(of)
                    .delayed()
                    .map(n -> {
                        counted.run();
                        return n;
                    })
                    .after(made.get(other).delayed());
            Outcome outcome = then(made.get(other).outcome(), n -> made.get(of).outcome());
            return new Made(delayed, outcome, "d" + of + " after d" + other);
        }

        /** Of which one at most does not fail, or they are the same. */
        private Made first() {
            int of = pick();
            Delayed<Integer> delayed = made.get(of).delayed();
            Delayed<Integer> never = delayed.flatMap(n -> Delayed.call(() -> {
                throw new IOException("lost");
            }));
            Delayed<Integer> first = Delayed.firstOf(delayed, never, delayed.map(n -> n));
            return new Made(first, made.get(of).outcome(), "firstOf d" + of);
        }

        private Made retried(int number) {
            int attempts = 1 + random.nextInt(3);
            int needed = 1 + random.nextInt(3);
            AtomicInteger attempt = new AtomicInteger();
            Delayed<Integer> delayed = Delayed.<Integer>call(() -> {
                        if (attempt.incrementAndGet() % needed != 0) {
                            throw new IOException("again");
                        }
                        attempt.set(0);
                        return number;
                    })
                    .retry(Retry.times(attempts < needed ? needed : attempts));
            return new Made(random.nextBoolean() ? delayed : delayed.blocking(), Outcome.of(number), "retry");
        }

        private Made folded(Runnable counted) {
            int of = whole(pick());
            if (made.get(of).outcome().failure() != null) {
                return new Made(Delayed.value(1), Outcome.of(1), "value 1");
            }
            Delayed<Integer> delayed = Bag.range(0, 10, 3)
                    .mapWith(made.get(of).delayed(), (a, b) -> a + b)
                    .sumLong(n -> n)
                    .map(sum -> {
                        counted.run();
                        return (int) (sum % 1000);
                    });
            return new Made(
                    delayed, Outcome.of((45 + 10 * made.get(of).outcome().value()) % 1000), "sum of a bag with d" + of);
        }

        private Made ofBag(Runnable counted) {
            int a = whole(pick());
            int b = whole(pick());
            if (made.get(a).outcome().failure() != null || made.get(b).outcome().failure() != null) {
                return new Made(Delayed.value(2), Outcome.of(2), "value 2");
            }
            Delayed<List<Integer>> list = made.get(a).delayed().map(n -> {
                counted.run();
                return List.of(n, n + 1);
            });
            Bag<Integer> bag =
                    Bag.fromDelayed(List.of(list, made.get(b).delayed().map(List::of), list));
            Delayed<Integer> delayed = random.nextBoolean()
                    ? bag.sumLong(n -> n).map(sum -> (int) (sum % 1000))
                    : Delayed.all(bag.partitions())
                            .map(parts -> parts.stream()
                                            .flatMap(List::stream)
                                            .mapToInt(n -> n)
                                            .sum()
                                    % 1000);
            int x = made.get(a).outcome().value();
            int sum = 4 * x + 2 + made.get(b).outcome().value();
            return new Made(delayed, Outcome.of(sum % 1000), "sum of fromDelayed d" + a + ", d" + b);
        }

        private Made elsewhere(Runnable counted) {
            int of = pick();
            Delayed<Integer> delayed = made.get(of)
                    .delayed()
                    .map(n -> {
                        counted.run();
                        return mixed(n, 2);
                    })
                    .blocking();
            return new Made(delayed, then(made.get(of).outcome(), n -> Outcome.of(mixed(n, 2))), "blocking d" + of);
        }
    }
}
