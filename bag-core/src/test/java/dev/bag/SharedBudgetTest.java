package dev.bag;

import static dev.bag.testing.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.fold.Folds;
import dev.bag.spill.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several runs that spill share the memory of one runner. */
@Tag("P30")
class SharedBudgetTest {

    private static final int CALLERS = 8;
    private static final int ROUNDS = 3;

    @RegisterExtension
    final SpillFolder folder = new SpillFolder();

    private static String text(long number) {
        return "%020d".formatted(number).repeat(5);
    }

    private static Bag<String> texts(int count) {
        return Bag.range(0, count, 7).map(SharedBudgetTest::text);
    }

    /** Each as the answer does not depend on who runs it. */
    private static List<Bag<?>> plans() {
        Bag<String> texts = texts(4_000);
        KeyedBag<String, String> keyed = texts.keyBy(text -> text.substring(17, 20));
        return List.of(
                texts.map(text -> text.substring(18) + text).sorted(),
                keyed.groupValues().mapValues(List::size).entries(),
                texts.distinct().repartition(11),
                texts.foldBy(text -> text.substring(16, 20), Folds.counting()).entries(),
                texts.groupBy(text -> "one").mapValues(List::size).entries(),
                keyed.join(keyed.filterValues(text -> text.endsWith("7"))).keys(),
                texts.frequencies().entries(),
                texts.repartition(13).groupByStreaming(text -> text.length(), (length, all) -> {
                    long sum = 0;
                    while (all.hasNext()) {
                        sum += all.next().hashCode();
                    }
                    return sum;
                }));
    }

    @Test
    void eightCallersAtOnceAllGetTheRightAnswerWithinTheBudget() throws InterruptedException, ExecutionException {
        List<Bag<?>> plans = plans();
        List<List<?>> expected = new ArrayList<>();
        plans.forEach(plan -> expected.add(plan.compute()));
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            for (int threads : new int[] {1, 3}) {
                Runner runner = folder.runner(threads, "300kB");
                CyclicBarrier start = new CyclicBarrier(CALLERS);
                List<Future<?>> done = new ArrayList<>();
                for (int caller = 0; caller < CALLERS; caller++) {
                    int first = caller;
                    done.add(callers.submit(() -> {
                        start.await();
                        for (int i = 0; i < ROUNDS; i++) {
                            int number = (first + i) % plans.size();
                            assertThat(plans.get(number).compute(runner)).isEqualTo(expected.get(number));
                        }
                        return null;
                    }));
                }
                for (Future<?> each : done) {
                    each.get();
                }
                folder.assertClean();
                Workspace workspace = SpillFolder.workspace(runner);
                // what is being written, and what tasks are still gathering, cannot be spilled
                assertThat(workspace.peakBytes()).isLessThan(2 * workspace.memoryBytes());
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    @Tag("P27")
    void aSmallRunEndsWhileLargeOnesSpill() {
        Runner runner = folder.runner(2, "100kB");
        Bag<String> endless =
                Bag.generate(() -> LongStream.iterate(0, n -> n + 1).iterator()).map(SharedBudgetTest::text);
        List<CompletableFuture<?>> large = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            large.add(endless.sorted().computeAsync(runner));
        }
        await().until(folder::isUsed);
        for (int round = 0; round < 3; round++) {
            assertThat(texts(1_000)
                            .groupBy(String::length)
                            .mapValues(List::size)
                            .compute(runner))
                    .hasSize(1);
        }
        assertThat(large).allSatisfy(each -> assertThat(each.isDone()).isFalse());
        large.forEach(each -> each.cancel(true));
        folder.assertSoonClean();
    }

    @Test
    @Tag("P24")
    void anActionInsideATaskThatSpillsMaySpill() {
        Bag<String> outer = texts(300);
        for (int threads : new int[] {1, 2, 5}) {
            Runner runner = folder.runner(threads, "10kB");
            Bag<Integer> nested = outer.groupBy(text -> text.substring(19, 20)).mapEntries((key, group) -> {
                List<String> sorted =
                        texts(100).map(text -> key + text).sorted().compute();
                assertThat(sorted).hasSize(100).isSorted();
                return Bag.from(group, 3).sorted().compute().equals(group) ? group.size() : -1;
            });
            assertThat(nested.compute(runner)).hasSize(10).containsOnly(30);
            folder.assertClean();
        }
    }

    @Test
    void aFailureOfOneRunLeavesTheOthersAlone() {
        Runner runner = folder.runner(3, "30kB");
        Bag<Object> failing = texts(2_000).sorted().map(text -> {
            throw new IllegalStateException("broken");
        });
        List<CompletableFuture<? extends List<?>>> broken = new ArrayList<>();
        List<CompletableFuture<List<String>>> whole = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            broken.add(failing.computeAsync(runner));
            whole.add(texts(2_000).sorted().computeAsync(runner));
        }
        List<String> expected = texts(2_000).compute();
        whole.forEach(each -> assertThat(each.join()).isEqualTo(expected));
        broken.forEach(
                each -> assertThat(each.handle((result, thrown) -> thrown).join())
                        .isInstanceOf(BagException.class)
                        .hasRootCauseMessage("broken"));
        folder.assertSoonClean();
    }
}
