package dev.bag.lower;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Orders of things of which some must come before others. */
class PrecedenceTest {

    private static Optional<int[]> order(int count, List<List<List<Integer>>> demands) {
        return Precedence.of(
                        count, precedence -> demands.forEach(demand -> precedence.add(demand.get(0), demand.get(1))))
                .map(Precedence::order);
    }

    @Test
    void withoutDemandsTheOrderIsThatOfTheNumbers() {
        assertThat(order(4, List.of()))
                .hasValueSatisfying(order -> assertThat(order).containsExactly(0, 1, 2, 3));
        assertThat(order(0, List.of()))
                .hasValueSatisfying(order -> assertThat(order).isEmpty());
    }

    @Test
    void demandsAreMetWithTheLowestNumbersFirst() {
        assertThat(order(5, List.of(List.of(List.of(3), List.of(0)), List.of(List.of(4), List.of(1, 2)))))
                .hasValueSatisfying(order -> assertThat(order).containsExactly(3, 0, 4, 1, 2));
    }

    @Test
    void demandsThatContradictEachOtherHaveNoOrder() {
        assertThat(order(2, List.of(List.of(List.of(0), List.of(0))))).isEmpty();
        assertThat(order(
                        3,
                        List.of(
                                List.of(List.of(0), List.of(1)),
                                List.of(List.of(1), List.of(2)),
                                List.of(List.of(2), List.of(0)))))
                .isEmpty();
    }

    @Test
    void allOfManyComeBeforeAllOfManyOthers() {
        Random random = new Random(6);
        for (int round = 0; round < 500; round++) {
            int count = 2 + random.nextInt(40);
            List<Integer> shuffled =
                    new ArrayList<>(IntStream.range(0, count).boxed().toList());
            Collections.shuffle(shuffled, random);
            int cut = 1 + random.nextInt(count - 1);
            List<Integer> before = shuffled.subList(0, cut);
            List<Integer> after = shuffled.subList(cut, count);
            assertThat(order(count, List.of(List.of(before, after)))).hasValueSatisfying(order -> {
                List<Integer> sorted = IntStream.of(order).boxed().toList();
                assertThat(sorted.subList(0, cut)).containsExactlyInAnyOrderElementsOf(before);
            });
        }
    }
}
