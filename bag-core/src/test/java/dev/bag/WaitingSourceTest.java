package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.kernel.SourceFeed.Waiting;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import dev.bag.source.Source;
import dev.bag.testing.Runners;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sources whose records are still on their way when they are asked for: no thread is held until they come. */
@Tag("P28")
@Timeout(120)
class WaitingSourceTest {

    private static final int PARTS = 5;
    private static final int RECORDS = 4;
    private static final ExecutorService OTHERS = Executors.newSingleThreadExecutor();

    @AfterAll
    static void close() {
        OTHERS.shutdown();
    }

    /** Lets records come only when so many parts wait at the same time, the first time. */
    private static final class Gate {

        private final int parts;
        private final List<Runnable> waiting = new ArrayList<>();
        private boolean open;

        Gate(int parts) {
            this.parts = parts;
        }

        synchronized void await(Runnable ready) {
            waiting.add(ready);
            if (open || waiting.size() == parts) {
                open = true;
                waiting.forEach(OTHERS::execute);
                waiting.clear();
            }
        }
    }

    private record LatePart(int number, Gate gate, boolean pipelined) implements Part<Integer> {

        @Override
        public Chunks<Integer> open() {
            return new Chunks<>() {
                private int made;

                @Override
                public @Nullable Chunk<Integer> nextChunk() {
                    return made < 2 ? new LateChunk(number * RECORDS + made++ * RECORDS / 2, gate) : null;
                }

                @Override
                public void close() {}
            };
        }
    }

    /** Half of a part; each record comes only after somebody has waited for it. */
    private static final class LateChunk implements Chunk<Integer>, Waiting {

        private final int first;
        private final Gate gate;
        private int next;
        private volatile boolean isThere;

        LateChunk(int first, Gate gate) {
            this.first = first;
            this.gate = gate;
        }

        @Override
        public @Nullable Integer next() {
            if (next == RECORDS / 2 || !isThere) {
                return null;
            }
            isThere = false;
            return first + next++;
        }

        @Override
        public boolean isWaiting() {
            return next < RECORDS / 2;
        }

        @Override
        public void whenReady(Runnable ready) {
            gate.await(() -> {
                isThere = true;
                ready.run();
            });
        }
    }

    private record LateSource(Gate gate, boolean pipelined) implements Source<Integer> {

        @Override
        public String name() {
            return "late";
        }

        @Override
        public List<LatePart> parts() {
            return IntStream.range(0, PARTS)
                    .mapToObj(i -> new LatePart(i, gate, pipelined))
                    .toList();
        }
    }

    private static final List<Integer> ALL =
            IntStream.range(0, PARTS * RECORDS).boxed().toList();

    private static Bag<Integer> late(int together, boolean pipelined) {
        return Bag.from(new LateSource(new Gate(together), pipelined));
    }

    @Test
    void oneThreadWaitsForAllPartsAtTheSameTime() {
        for (boolean pipelined : new boolean[] {false, true}) {
            for (Runner runner : Runners.ALL) {
                assertThat(late(PARTS, pipelined).map(n -> n).compute(runner)).isEqualTo(ALL);
                assertThat(late(PARTS, pipelined).distinct().count().compute(runner))
                        .isEqualTo(ALL.size());
                assertThat(late(PARTS, pipelined).anyMatch(n -> n == 17).compute(runner))
                        .isTrue();
            }
        }
    }

    @Test
    void whatNeedsTheOrderWaitsForOnePartAfterTheOther() {
        List<Function<Bag<Integer>, Bag<Integer>>> operators = List.of(
                bag -> bag.limit(13),
                bag -> bag.skip(3),
                bag -> bag.mapPartitions(records -> records),
                bag -> bag.zipWith(bag, (a, b) -> a),
                bag -> bag.scan(0, (a, b) -> b).skip(1),
                bag -> bag.repartition(2).mapPartitions(records -> records));
        for (Function<Bag<Integer>, Bag<Integer>> operator : operators) {
            List<Integer> expected = operator.apply(Bag.from(ALL, PARTS)).compute(Runners.ONE);
            for (Runner runner : Runners.ALL) {
                assertThat(operator.apply(late(1, false)).compute(runner)).isEqualTo(expected);
            }
        }
    }

    @Test
    void aStreamGoesOnWhenTheNextRecordHasCome() {
        for (Runner runner : Runners.ALL) {
            try (Stream<Integer> stream = late(1, false).stream(runner)) {
                assertThat(stream.toList()).isEqualTo(ALL);
            }
            try (Stream<Integer> stream = late(1, false).limit(13).stream(runner)) {
                assertThat(stream.toList()).isEqualTo(ALL.subList(0, 13));
            }
            try (Stream<Integer> stream = late(1, false).stream(runner)) {
                assertThat(stream.findFirst()).hasValue(0);
            }
        }
    }
}
