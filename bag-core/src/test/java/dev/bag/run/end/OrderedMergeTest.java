package dev.bag.run.end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.stage.EvenCut;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Merges of cut: the tree depends on the number of parts only. A part is the text of the tree that made it. */
@Tag("P2")
@Tag("P3")
class OrderedMergeTest {

    private static final OrderedMerge.Merger<String> TREE = (left, right) -> "(" + left + " " + right + ")";

    private static String ordered(int count, List<Integer> arrivals) throws Throwable {
        OrderedMerge<String> merge = new OrderedMerge<>(count, TREE);
        for (int leaf : arrivals) {
            merge.add(leaf, "" + leaf);
        }
        return merge.whole();
    }

    private static String growing(List<Integer> arrivals) throws Throwable {
        GrowingMerge<String> merge = new GrowingMerge<>(TREE);
        for (int chunk : arrivals) {
            merge.add(chunk, "" + chunk);
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
    void theTreeIsThatOfEvenCutInPairs() throws Throwable {
        assertThat(ordered(1, inOrder(1))).isEqualTo("0");
        assertThat(ordered(2, inOrder(2))).isEqualTo("(0 1)");
        assertThat(ordered(3, inOrder(3))).isEqualTo("((0 1) 2)");
        assertThat(ordered(5, inOrder(5))).isEqualTo("(((0 1) (2 3)) 4)");
        assertThat(ordered(7, inOrder(7))).isEqualTo("(((0 1) (2 3)) ((4 5) 6))");
        assertThat(ordered(8, inOrder(8))).isEqualTo("(((0 1) (2 3)) ((4 5) (6 7)))");
    }

    @Test
    void everyOrderOfArrivalMakesTheSameTree() throws Throwable {
        for (int count = 1; count <= 6; count++) {
            int leaves = count;
            String expected = ordered(count, inOrder(count));
            everyOrder(count, arrivals -> {
                assertThat(ordered(leaves, arrivals))
                        .as("arrivals %s", arrivals)
                        .isEqualTo(expected);
                assertThat(growing(arrivals)).as("arrivals %s", arrivals).isEqualTo(expected);
            });
        }
    }

    @Test
    void aNumberOfPartsThatIsKnownAndOneThatGrowsMakeTheSameTree() throws Throwable {
        Random random = new Random(1);
        for (int count = 1; count <= 70; count++) {
            String expected = ordered(count, inOrder(count));
            for (int round = 0; round < 20; round++) {
                List<Integer> arrivals = new ArrayList<>(inOrder(count));
                Collections.shuffle(arrivals, random);
                assertThat(ordered(count, arrivals)).isEqualTo(expected);
                assertThat(growing(arrivals)).isEqualTo(expected);
            }
        }
    }

    @Test
    void partsMayBeNull() throws Throwable {
        for (int count = 1; count <= 9; count++) {
            OrderedMerge<String> ordered = new OrderedMerge<>(count, (left, right) -> null);
            GrowingMerge<String> growing = new GrowingMerge<>((left, right) -> null);
            for (int i = 0; i < count; i++) {
                ordered.add(i, null);
                growing.add(i, null);
            }
            assertThat(ordered.whole()).isNull();
            assertThat(growing.whole()).isNull();
        }
    }

    @Test
    void aWholeWithAPartMissingIsRefused() throws Throwable {
        OrderedMerge<String> merge = new OrderedMerge<>(3, TREE);
        merge.add(0, "0");
        merge.add(2, "2");
        assertThatThrownBy(merge::whole)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a part is missing");
    }

    @Test
    void threadsThatAddAtTheSameTimeMakeTheSameTree() throws Throwable {
        for (int round = 0; round < 300; round++) {
            int count = 1 + round % 17;
            String expected = ordered(count, inOrder(count));
            OrderedMerge<String> ordered = new OrderedMerge<>(count, TREE);
            GrowingMerge<String> growing = new GrowingMerge<>(TREE);
            List<CompletableFuture<?>> adding = new ArrayList<>();
            for (int leaf = 0; leaf < count; leaf++) {
                int part = leaf;
                adding.add(CompletableFuture.runAsync(() -> add(ordered, growing, part)));
            }
            adding.forEach(CompletableFuture::join);
            assertThat(ordered.whole()).isEqualTo(expected);
            assertThat(growing.whole()).isEqualTo(expected);
        }
    }

    private static void add(OrderedMerge<String> ordered, GrowingMerge<String> growing, int part) {
        try {
            ordered.add(part, "" + part);
            growing.add(part, "" + part);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void cutCoverAllMembersOnceAndEvenly() {
        for (int from = 1; from <= 40; from++) {
            for (int to = 1; to <= from; to++) {
                EvenCut cut = new EvenCut(from, to);
                List<Integer> covered = new ArrayList<>();
                Set<Integer> sizes = new HashSet<>();
                for (int group = 0; group < to; group++) {
                    sizes.add(cut.end(group) - cut.start(group));
                    for (int member = cut.start(group); member < cut.end(group); member++) {
                        covered.add(member);
                        assertThat(cut.groupOf(member)).isEqualTo(group);
                    }
                }
                assertThat(covered).isEqualTo(inOrder(from));
                assertThat(Collections.max(sizes) - Collections.min(sizes)).isBetween(0, 1);
            }
        }
    }

    @Test
    void cutOfManyMembersDoNotOverflow() {
        EvenCut cut = new EvenCut(Integer.MAX_VALUE, 1 << 30);
        assertThat(cut.end((1 << 30) - 1)).isEqualTo(Integer.MAX_VALUE);
        assertThat(cut.groupOf(Integer.MAX_VALUE - 1)).isEqualTo((1 << 30) - 1);
        assertThat(cut.groupOf(0)).isZero();
    }
}
