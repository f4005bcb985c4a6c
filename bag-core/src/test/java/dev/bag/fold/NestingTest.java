package dev.bag.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.function.CheckedFunction;
import dev.bag.value.Pair;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code mapping}, {@code filtering}, {@code both} and {@code grouping}, in one another and as a user types them. */
class NestingTest {

    private record Order(String country, double price) {}

    private static final List<Order> ORDERS = List.of(
            new Order("NL", 10), new Order("DE", 5), new Order("NL", 2.5), new Order("FR", 1), new Order("DE", 0));

    /** As {@code Bag.fold} is declared. */
    private static <T, A, R> R fold(List<T> records, Fold<? super T, A, R> fold) {
        return EveryWay.inOnePart(Folds.mapping((T record) -> record, fold), records);
    }

    @Test
    @Tag("P2")
    @Tag("P4")
    void groupsComeInTheOrderInWhichTheyWereFirstSeen() {
        Fold<Order, ?, Map<String, Pair<Long, Double>>> perCountry =
                Folds.grouping(Order::country, Folds.both(Folds.counting(), Folds.summing(Order::price)));
        EveryWay.results(perCountry, ORDERS)
                .forEach(map -> assertThat(map)
                        .containsExactly(
                                Map.entry("NL", Pair.of(2L, 12.5)),
                                Map.entry("DE", Pair.of(2L, 5.0)),
                                Map.entry("FR", Pair.of(1L, 1.0))));
    }

    @Test
    void typesAreInferredWhereLambdasAreNested() {
        Map<String, List<Double>> dear = fold(
                ORDERS,
                Folds.filtering(
                        o -> o.price() > 1,
                        Folds.grouping(o -> o.country(), Folds.mapping(o -> o.price(), Folds.toList()))));
        assertThat(dear).isEqualTo(Map.of("NL", List.of(10.0, 2.5), "DE", List.of(5.0)));
        Pair<Long, Pair<Double, String>> three = fold(
                ORDERS,
                Folds.both(
                        Folds.counting(),
                        Folds.both(
                                Folds.averaging(o -> o.price()), Folds.mapping(o -> o.country(), Folds.joining(" ")))));
        assertThat(three).isEqualTo(Pair.of(5L, Pair.of(3.7, "NL DE NL FR DE")));
    }

    @Test
    void aFoldOfASupertypeWillDo() {
        Fold<Object, ?, Long> hashes = Folds.summingLong(Object::hashCode);
        assertThat(fold(List.of(1, 2), hashes)).isEqualTo(3);
        assertThat(fold(List.of("a", "b"), Folds.grouping(String::length, hashes)))
                .isEqualTo(Map.of(1, 195L));
    }

    @Test
    @Tag("P4")
    void accumulatorsMayBeImmutableOrNull() {
        Fold<String, String, String> lastSeen =
                Fold.of(() -> null, (last, next) -> next, (left, right) -> right == null ? left : right);
        Fold<String, ?, Map<Integer, Pair<String, Integer>>> fold = Folds.grouping(
                String::length, Folds.both(lastSeen, Fold.of(() -> 0, (sum, s) -> sum + s.length(), Integer::sum)));
        assertThat(EveryWay.results(fold, List.of("a", "bb", "c", "dd", "e")))
                .containsOnly(Map.of(1, Pair.of("e", 3), 2, Pair.of("dd", 4)));
    }

    @Test
    void aFoldThatAnswersNullMayBeNested() {
        Fold<String, String, String> nothing = Fold.of(() -> null, (last, next) -> null, (left, right) -> null);
        assertThat(EveryWay.results(Folds.grouping(String::length, nothing), List.of("a", "b")))
                .allSatisfy(map -> assertThat(map).hasSize(1).containsEntry(1, null));
    }

    @Test
    void aFunctionThatAnswersNullFails() {
        Fold<String, ?, List<String>> mapped = Folds.mapping(s -> (String) null, Folds.toList());
        assertThatThrownBy(() -> EveryWay.inOnePart(mapped, List.of("a")))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("mapping: the function returned null, and a record is never null."
                        + " Leave these records out with filtering, or return an Optional.");
        Fold<String, ?, Map<String, Long>> grouped = Folds.grouping(s -> (String) null, Folds.counting());
        assertThatThrownBy(() -> EveryWay.inOnePart(grouped, List.of("a")))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("grouping: the function returned null, and a key is never null."
                        + " Leave these records out with filtering, or return an Optional.");
    }

    @Test
    void whatAFunctionThrowsIsNotWrapped() {
        IOException failure = new IOException("disk on fire");
        CheckedFunction<Object, Integer> failing = record -> {
            throw failure;
        };
        for (Fold<String, ?, ?> fold : List.<Fold<String, ?, ?>>of(
                Folds.summing(failing::apply),
                Folds.summingLong(failing::apply),
                Folds.stats(failing::apply),
                Folds.histogram(failing::apply, 0, 1),
                Folds.mapping(failing, Folds.toList()),
                Folds.filtering(s -> Objects.isNull(failing.apply(s)), Folds.toList()),
                Folds.grouping(failing, Folds.toList()))) {
            assertThatThrownBy(() -> EveryWay.inOnePart(fold, List.of("a"))).isSameAs(failure);
        }
    }
}
