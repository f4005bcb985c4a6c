package dev.bag;

import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.testing.Cuts;
import dev.bag.testing.ListSink;
import dev.bag.testing.ProbedSource;
import dev.bag.testing.Runners;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Several results of what is read chunk by chunk, some of which are decided early: each is what one thread would
 * have found that reads in order, and fails if that thread would have failed.
 */
@Tag("P1")
@Timeout(120)
class DecidedChunksTest {

    private static final int CHUNKS = 4;
    private static final int PER_CHUNK = 3;
    private static final int COUNT = CHUNKS * PER_CHUNK;

    /** How long a chunk waits for the failure of a later one that may not come. */
    private static final int MOST_YIELDS = 30;

    private static final List<List<Integer>> NUMBERS = IntStream.range(0, CHUNKS)
            .mapToObj(chunk -> IntStream.range(chunk * PER_CHUNK, (chunk + 1) * PER_CHUNK)
                    .boxed()
                    .toList())
            .toList();

    /** Where something fails. */
    private enum FailsIn {
        A_CHUNK,
        BOTH,
        THE_FIRST,
        THE_SECOND
    }

    /** The second result. */
    private enum Second {
        MATCH,
        TREE,
        DISTINCT,
        WRITTEN;

        Delayed<?> of(Bag<Integer> bag, int decisive) {
            return switch (this) {
                case MATCH -> bag.anyMatch(n -> n == decisive);
                case TREE -> bag.fold(() -> "", (text, n) -> text + "." + n, (left, right) -> "(" + left + right + ")");
                case DISTINCT -> bag.distinct().count();
                case WRITTEN -> bag.writeLater(new ListSink<>());
            };
        }
    }

    /** What is asked of the numbers, and where it fails: at one record, in the function named, or where a chunk is made. */
    private record Case(int parts, FailsIn failsIn, int bad, int decidesFirst, Second second, int decidesSecond) {

        String compute(Runner runner) {
            AtomicBoolean hasFailed = new AtomicBoolean(runner.engine().parallelism() == 1);
            ProbedSource<Integer> source = source(hasFailed);
            Bag<Integer> bag = Bag.from(source).peek(n -> {
                boolean waits = n % PER_CHUNK == 0 && n < bad;
                for (int i = 0; waits && i < MOST_YIELDS && !hasFailed.get(); i++) {
                    Thread.yield();
                }
            });
            bag = failsIn == FailsIn.BOTH ? failing(bag, hasFailed) : bag;
            Bag<Integer> first = failsIn == FailsIn.THE_FIRST ? failing(bag, hasFailed) : bag;
            Bag<Integer> second = failsIn == FailsIn.THE_SECOND ? failing(bag, hasFailed) : bag;
            Delayed<Boolean> match = first.anyMatch(n -> n == decidesFirst);
            Delayed<?> other = this.second.of(second, decidesSecond);
            try {
                Results results = Delayed.computeAll(runner, match, other);
                return results.get(match) + " " + results.get(other);
            } catch (BagException e) {
                return e.getCause().getMessage();
            } finally {
                source.probe().assertClean();
            }
        }

        private Bag<Integer> failing(Bag<Integer> bag, AtomicBoolean hasFailed) {
            return bag.peek(n -> {
                if (n == bad) {
                    hasFailed.set(true);
                    throw new IllegalStateException("bad record");
                }
            });
        }

        private ProbedSource<Integer> source(AtomicBoolean hasFailed) {
            ProbedSource<Integer> healthy = ProbedSource.pipelined(List.of());
            List<ProbedSource.ProbedPart<Integer>> all = new ArrayList<>();
            for (List<List<List<Integer>>> part : Cuts.parts(NUMBERS, parts)) {
                Iterable<List<Integer>> chunks = () -> made(part.get(0).iterator(), hasFailed);
                all.add(new ProbedSource.ProbedPart<>(all.size(), chunks, true, healthy.probe()));
            }
            return new ProbedSource<>("numbers", all, healthy.probe());
        }

        private Iterator<List<Integer>> made(Iterator<List<Integer>> chunks, AtomicBoolean hasFailed) {
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return chunks.hasNext();
                }

                @Override
                public List<Integer> next() {
                    List<Integer> chunk = chunks.next();
                    if (failsIn == FailsIn.A_CHUNK && chunk.contains(bad)) {
                        hasFailed.set(true);
                        throw new IllegalStateException("bad record");
                    }
                    return chunk;
                }
            };
        }

        /** Whether one thread that reads in order would fail. */
        boolean fails() {
            boolean firstWanted = true;
            boolean secondWanted = true;
            for (int n = 0; n < COUNT && (firstWanted || secondWanted); n++) {
                boolean inBadChunk = n / PER_CHUNK == bad / PER_CHUNK;
                if ((failsIn == FailsIn.A_CHUNK && inBadChunk)
                        || (failsIn == FailsIn.BOTH && n == bad)
                        || (failsIn == FailsIn.THE_FIRST && n == bad && firstWanted)
                        || (failsIn == FailsIn.THE_SECOND && n == bad && secondWanted)) {
                    return true;
                }
                firstWanted &= n != decidesFirst;
                secondWanted &= second != Second.MATCH || n != decidesSecond;
            }
            return false;
        }
    }

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (FailsIn failsIn : FailsIn.values()) {
            for (int parts = 1; parts <= (failsIn == FailsIn.THE_FIRST ? 2 : 1); parts++) {
                for (int bad = 1; bad < COUNT; bad += PER_CHUNK) {
                    for (int decidesFirst = 1; decidesFirst < COUNT + PER_CHUNK; decidesFirst += PER_CHUNK) {
                        for (int decidesSecond = 2; decidesSecond < COUNT + PER_CHUNK; decidesSecond += PER_CHUNK) {
                            cases.add(new Case(parts, failsIn, bad, decidesFirst, Second.MATCH, decidesSecond));
                        }
                        for (Second second : List.of(Second.TREE, Second.DISTINCT)) {
                            cases.add(new Case(parts, failsIn, bad, decidesFirst, second, -1));
                        }
                    }
                }
            }
        }
        return cases;
    }

    @Test
    void eachResultIsThatOfOneThreadInOrder() {
        for (Case each : cases()) {
            String expected = each.compute(Runners.ONE);
            assertThat(expected.equals("bad record")).as("%s", each).isEqualTo(each.fails());
            for (Runner runner : List.of(Runners.TWO, Runners.SEVEN)) {
                assertThat(each.compute(runner)).as("%s on %s", each, runner).isEqualTo(expected);
            }
        }
    }

    /** The first chunk waits until the second has failed, in what only the match needs. */
    @Test
    void aFailureThatOnlyAResultDecidedBeforeItMeetsDoesNotCount() {
        for (Runner runner : List.of(Runners.TWO, Runners.SEVEN)) {
            for (boolean decides : new boolean[] {true, false}) {
                CountDownLatch failed = new CountDownLatch(1);
                ProbedSource<Integer> source =
                        ProbedSource.pipelined(List.of(List.of(List.of(0), List.of(1), List.of(2))));
                Bag<Integer> bag = Bag.from(source);
                Delayed<Boolean> match = bag.map(n -> {
                            if (n == 1) {
                                failed.countDown();
                                throw new IllegalStateException("behind");
                            }
                            if (n == 0) {
                                failed.await();
                            }
                            return n;
                        })
                        .anyMatch(n -> n == 0 && decides);
                Delayed<Long> count = bag.count();
                if (decides) {
                    Results results = Delayed.computeAll(runner, match, count);
                    assertThat(results.get(match)).isTrue();
                    assertThat(results.get(count)).isEqualTo(3);
                } else {
                    assertThat(failure(() -> Delayed.computeAll(runner, match, count))
                                    .getCause())
                            .hasMessage("behind");
                }
            }
        }
    }
}
