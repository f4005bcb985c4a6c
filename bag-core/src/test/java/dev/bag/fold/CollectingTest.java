package dev.bag.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code toList}, {@code toSet} and {@code joining}. */
class CollectingTest {

    @Test
    @Tag("P2")
    @Tag("P4")
    void ofEqualRecordsTheSetHoldsTheFirstItself() {
        List<Integer> records = new ArrayList<>();
        IntStream.of(1_000, 2_000, 1_000, 2_000).forEach(number -> records.add(Integer.parseInt("" + number)));
        assertThat(EveryWay.results(Folds.toSet(), records)).allSatisfy(set -> {
            List<Integer> inOrder = List.copyOf(set);
            assertThat(inOrder).hasSize(2);
            assertThat(inOrder.get(0)).isSameAs(records.get(0));
            assertThat(inOrder.get(1)).isSameAs(records.get(1));
        });
    }

    @Test
    void listsSetsAndMapsCannotBeChanged() {
        List<String> list = EveryWay.inOnePart(Folds.toList(), List.of("a"));
        Set<String> set = EveryWay.inOnePart(Folds.toSet(), List.of("a"));
        Map<String, Long> map = EveryWay.inOnePart(Folds.grouping(s -> s, Folds.counting()), List.of("a"));
        assertThatThrownBy(() -> list.add("b")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> set.add("b")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.put("b", 1L)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    @Tag("P4")
    void joiningIsStringJoinAlsoOfEmptyStrings() {
        for (String delimiter : List.of("", ",", ", ")) {
            for (int length = 0; length <= 4; length++) {
                EveryWay.lists(List.of("", "a", "bc"), length)
                        .forEach(list -> assertThat(EveryWay.results(Folds.<String>joining(delimiter), list))
                                .containsOnly(String.join(delimiter, list)));
            }
        }
    }

    @Test
    void joiningTakesAnyText() {
        List<StringBuilder> records = List.of(new StringBuilder("a"), new StringBuilder("b"));
        assertThat(EveryWay.inOnePart(Folds.joining(new StringBuilder("-")), records))
                .isEqualTo("a-b");
    }
}
