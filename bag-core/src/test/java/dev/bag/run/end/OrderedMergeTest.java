package dev.bag.run.end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Merges of cut: the tree depends on the number of parts only. A part is the text of the tree that made it. */
@Tag("P2")
@Tag("P3")
class OrderedMergeTest {

    private static final OrderedMerge.Merger<String> TREE = (left, right) -> "(" + left + " " + right + ")";

    /** By definition: neighbours are merged in pairs, level by level, and one without a neighbour rises as it is. */
    private static String tree(int count) {
        List<String> level = IntStream.range(0, count).mapToObj(i -> "" + i).toList();
        while (level.size() > 1) {
            List<String> above = new ArrayList<>();
            for (int i = 0; i < level.size(); i += 2) {
                above.add(i + 1 < level.size() ? "(" + level.get(i) + " " + level.get(i + 1) + ")" : level.get(i));
            }
            level = above;
        }
        return level.get(0);
    }

    private static String merged(List<Integer> arrivals) throws Throwable {
        OrderedMerge<String> merge = new OrderedMerge<>(TREE);
        for (int part : arrivals) {
            merge.add(part, "" + part);
        }
        return merge.whole();
    }

    private static List<Integer> inOrder(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    /** Calls {@code check} with every order of the numbers below {@code count}. */
    private static void everyOrder(int count, Check check) throws Throwable {
        everyOrder(new ArrayList<>(inOrder(count)), 0, check);
    }

    private interface Check {
        void of(List<Integer> arrivals) throws Throwable;
    }

    private static void everyOrder(List<Integer> numbers, int from, Check check) throws Throwable {
        if (from == numbers.size()) {
            check.of(numbers);
            return;
        }
        for (int i = from; i < numbers.size(); i++) {
            Collections.swap(numbers, from, i);
            everyOrder(numbers, from + 1, check);
            Collections.swap(numbers, from, i);
        }
    }

    @Test
    void theTreeIsThatOfNeighboursInPairs() throws Throwable {
        assertThat(merged(inOrder(1))).isEqualTo("0");
        assertThat(merged(inOrder(2))).isEqualTo("(0 1)");
        assertThat(merged(inOrder(3))).isEqualTo("((0 1) 2)");
        assertThat(merged(inOrder(5))).isEqualTo("(((0 1) (2 3)) 4)");
        assertThat(merged(inOrder(7))).isEqualTo("(((0 1) (2 3)) ((4 5) 6))");
        assertThat(merged(inOrder(8))).isEqualTo("(((0 1) (2 3)) ((4 5) (6 7)))");
    }

    @Test
    void everyOrderOfArrivalMakesTheSameTree() throws Throwable {
        for (int count = 1; count <= 6; count++) {
            String expected = tree(count);
            everyOrder(
                    count,
                    arrivals -> assertThat(merged(arrivals))
                            .as("arrivals %s", arrivals)
                            .isEqualTo(expected));
        }
    }

    @Test
    void anyNumberOfPartsMakesTheTreeOfThatNumber() throws Throwable {
        Random random = new Random(1);
        for (int count = 1; count <= 300; count++) {
            String expected = tree(count);
            for (int round = 0; round < 5; round++) {
                List<Integer> arrivals = new ArrayList<>(inOrder(count));
                Collections.shuffle(arrivals, random);
                assertThat(merged(arrivals)).isEqualTo(expected);
            }
        }
    }

    @Test
    void partsMayBeNull() throws Throwable {
        for (int count = 1; count <= 9; count++) {
            OrderedMerge<String> merge = new OrderedMerge<>((left, right) -> null);
            for (int i = 0; i < count; i++) {
                merge.add(i, null);
            }
            assertThat(merge.whole()).isNull();
        }
    }

    @Test
    void aWholeWithAPartMissingIsRefused() throws Throwable {
        for (int missing = 0; missing < 6; missing++) {
            OrderedMerge<String> merge = new OrderedMerge<>(TREE);
            for (int i = 0; i < 7; i++) {
                if (i != missing) {
                    merge.add(i, "" + i);
                }
            }
            assertThatThrownBy(merge::whole)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("a part is missing");
        }
    }

    @Test
    void threadsThatAddAtTheSameTimeMakeTheSameTree() throws Throwable {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 300; round++) {
                int count = 1 + round % 17;
                OrderedMerge<String> merge = new OrderedMerge<>(TREE);
                List<CompletableFuture<?>> adding = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    int part = i;
                    adding.add(CompletableFuture.runAsync(() -> add(merge, part), threads));
                }
                adding.forEach(CompletableFuture::join);
                assertThat(merge.whole()).isEqualTo(tree(count));
            }
        } finally {
            threads.shutdown();
        }
    }

    private static void add(OrderedMerge<String> merge, int part) {
        try {
            merge.add(part, "" + part);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
