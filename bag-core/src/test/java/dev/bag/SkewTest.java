package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.function.CheckedFunction;
import dev.bag.oracle.PlanInterpreter;
import dev.bag.value.Pair;
import dev.bag.value.Storage;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Few and many keys, frequent and rare ones, with every budget between nothing and enough: always as the oracle says. */
@Tag("once")
@Tag("P1")
@Tag("P2")
class SkewTest {

    private static final int RECORDS = 400;
    private static final int[] BUDGETS = {1, 1_200, 2_000, 3_000, 4_500, 6_000, 9_000, 13_000, 20_000, 40_000, 80_000};

    @RegisterExtension
    final SpillFolder folder = new SpillFolder();

    private static Map<String, CheckedFunction<String, String>> keys() {
        Map<String, CheckedFunction<String, String>> keys = new LinkedHashMap<>();
        keys.put("all equal", text -> "one");
        keys.put("a few", text -> text.substring(5, 6));
        keys.put("most equal", text -> text.endsWith("7") ? text : "most");
        keys.put("half equal", text -> text.hashCode() % 2 == 0 ? text.substring(3) : "half");
        keys.put("all different", text -> text);
        // strings of equal hashes, which no division separates
        keys.put("colliding", text -> text.substring(2, 6).replace("0", "AaAa").replace("1", "BBBB"));
        return keys;
    }

    private static Bag<String> texts() {
        return Bag.range(0, RECORDS, 4).map(n -> "%06d".formatted(n * 7 % RECORDS));
    }

    /** What comes behind may have to write a group that was itself too large for the memory. */
    @Test
    void groupsThatDoNotFitGoThroughFurtherShuffles() {
        for (Map.Entry<String, CheckedFunction<String, String>> key : keys().entrySet()) {
            Bag<Pair<String, List<String>>> groups =
                    texts().groupBy(key.getValue()).entries();
            List<Bag<?>> bags = List.of(
                    groups.sorted(Comparator.comparing(Pair::first)),
                    groups.groupBy(group -> group.second().size()).entries(),
                    groups.repartition(9),
                    groups.distinctBy(Pair::first));
            for (Bag<?> bag : bags) {
                List<Object> expected = new PlanInterpreter().records(bag.plan());
                for (int budget : BUDGETS) {
                    Runner runner = folder.runner(1 + budget % 3, budget + "B");
                    assertThat((Object) bag.compute(runner))
                            .as("%s, %d bytes", key.getKey(), budget)
                            .isEqualTo(expected);
                }
            }
            try (Persisted<Pair<String, List<String>>> kept = groups.persist(Storage.DISK, folder.runner(2, "3kB"))) {
                assertThat(kept.bag().compute()).isEqualTo(groups.compute());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PRODUCT", "SORTED", "SORTED_BY_A_COMPARATOR", "REPARTITION"})
    void withEveryBudget(Shuffle shuffle) {
        keys().forEach((name, key) -> {
            Bag<?> small = shuffle.of(texts().filter(text -> text.hashCode() % 5 != 1), key);
            List<Object> expected = new PlanInterpreter().records(small.plan());
            for (int budget : BUDGETS) {
                Runner runner = folder.runner(1 + budget % 3, budget + "B");
                assertThat((Object) small.compute(runner))
                        .as("%s, %d bytes", name, budget)
                        .isEqualTo(expected);
            }
            folder.assertClean();
        });
    }
}
