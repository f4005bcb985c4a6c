package dev.bag.optimize;

import static dev.bag.optimize.Optimized.count;
import static dev.bag.optimize.Optimized.numbers;
import static dev.bag.optimize.Optimized.rewritten;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.build.NaturalOrder;
import dev.bag.fold.Folds;
import dev.bag.plan.Concatenated;
import dev.bag.plan.Filtered;
import dev.bag.plan.InOrder.Limited;
import dev.bag.plan.Mapped;
import dev.bag.plan.Named;
import dev.bag.plan.Plan;
import dev.bag.plan.Repartitioned;
import dev.bag.plan.Sorted;
import dev.bag.plan.Value;
import dev.bag.plan.Value.Constant;
import dev.bag.plan.Value.Folded;
import dev.bag.plan.Zipped;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each rule: where it fires, where it does not, and that the plan means the same before and after. */
class RulesTest {

    private final Plan<Integer> a = numbers(7, 3);
    private final Plan<Integer> b = numbers(5, 2);

    private static Plan<Integer> concat(Plan<Integer> first, Plan<Integer> second) {
        return Concatenated.of(List.of(first, second));
    }

    private static Plan<Integer> doubled(Plan<Integer> plan) {
        return new Mapped<>(plan, n -> 2 * n, "map");
    }

    private static List<Plan<?>> parts(Plan<?> concatenated) {
        assertThat(concatenated).isInstanceOf(Concatenated.class);
        return List.copyOf(((Concatenated<?>) concatenated).bags());
    }

    // ---- FlattenConcat

    @Test
    void flattensNestedConcatenationsOnBothSides() {
        assertThat(parts(rewritten(concat(concat(a, b), a)))).containsExactly(a, b, a);
        assertThat(parts(rewritten(concat(a, concat(b, a))))).containsExactly(a, b, a);
        assertThat(parts(rewritten(concat(concat(a, b), concat(concat(b, b), a)))))
                .containsExactly(a, b, b, b, a);
    }

    @Test
    void flattensUnderOtherOperators() {
        Plan<?> mapped = rewritten(doubled(concat(concat(a, b), a)));
        assertThat(parts((Plan<?>) mapped.inputs().get(0))).containsExactly(a, b, a);
    }

    @Test
    void leavesAFlatConcatenationAlone() {
        Plan<Integer> flat = concat(a, b);
        assertThat(rewritten(flat)).isSameAs(flat);
    }

    @Test
    void leavesAConcatenationBehindAnotherOperatorAlone() {
        Plan<Integer> mapped = doubled(concat(a, b));
        Plan<Integer> outer = concat(mapped, a);
        assertThat(rewritten(outer)).isSameAs(outer);
    }

    /** Else its parts would be listed once for each use, and for each use of those. */
    @Test
    void aConcatenationThatHasOtherUsesStaysOne() {
        Plan<Integer> inner = concat(concat(a, b), b);
        List<Plan<?>> plans = rewritten(List.of(concat(inner, concat(a, a)), doubled(inner)));
        Plan<?> flat = (Plan<?>) plans.get(1).inputs().get(0);
        assertThat(parts(flat)).containsExactly(a, b, b);
        assertThat(parts(plans.get(0))).containsExactly(flat, a, a);
        Plan<?> twice = rewritten(concat(inner, inner));
        assertThat(parts(twice).get(0)).isSameAs(parts(twice).get(1));
        assertThat(parts(parts(twice).get(0))).containsExactly(a, b, b);
    }

    @Test
    @Tag("P26")
    void flattensAHundredThousandConcatenations() {
        Plan<Integer> left = b;
        Plan<Integer> right = b;
        for (int i = 0; i < 100_000; i++) {
            left = concat(left, b);
            right = concat(b, right);
        }
        for (Plan<Integer> deep : List.of(left, right)) {
            Plan<?> flat = (Plan<?>)
                    Optimizer.optimize(List.of(count(deep))).get(0).inputs().get(0);
            assertThat(parts(flat)).hasSize(100_001).containsOnly(b);
        }
    }

    // ---- MergeLimits

    @Test
    void mergesLimitsIntoTheSmallerOne() {
        for (long outer = 0; outer <= 5; outer++) {
            for (long inner = 0; inner <= 5; inner++) {
                Plan<?> merged = rewritten(new Limited<>(new Limited<>(a, inner), outer));
                assertThat(merged).isEqualTo(new Limited<>(a, Math.min(inner, outer)));
            }
        }
        assertThat(rewritten(new Limited<>(new Limited<>(new Limited<>(a, 5), 3), 4)))
                .isEqualTo(new Limited<>(a, 3));
    }

    @Test
    void leavesALimitThatHasOtherUsesAlone() {
        Plan<Integer> inner = new Limited<>(a, 5);
        Plan<Integer> outer = new Limited<>(inner, 3);
        assertThat(rewritten(List.of(outer, inner))).containsExactly(outer, inner);
        assertThat(rewritten(List.of(outer, doubled(inner))).get(0)).isSameAs(outer);
        Plan<Integer> twice = concat(inner, outer);
        assertThat(rewritten(twice)).isSameAs(twice);
    }

    @Test
    void leavesALimitOverAFilterAlone() {
        Plan<Integer> filtered = new Limited<>(new Filtered<>(new Limited<>(a, 5), n -> n % 2 == 0, "filter"), 2);
        assertThat(rewritten(filtered)).isSameAs(filtered);
    }

    @Test
    void leavesANamedLimitAlone() {
        Plan<Integer> named = new Limited<>(new Named<>(new Limited<>(a, 5), "five"), 3);
        assertThat(rewritten(named)).isSameAs(named);
    }

    // ---- DropNeedlessRepartition

    @Test
    void dropsARepartitionIntoAsManyPartitions() {
        assertThat(rewritten(Repartitioned.of(a, 3))).isSameAs(a);
        assertThat(rewritten(Repartitioned.of(Repartitioned.of(a, 2), 2))).isEqualTo(Repartitioned.of(a, 2));
        assertThat(rewritten(doubled(Repartitioned.of(a, 3))).inputs().get(0)).isSameAs(a);
    }

    @Test
    void leavesARepartitionIntoMoreOrFewerAlone() {
        for (int count : new int[] {1, 2, 4, 9}) {
            Plan<Integer> repartitioned = Repartitioned.of(a, count);
            assertThat(rewritten(repartitioned)).isSameAs(repartitioned);
        }
        Plan<Integer> there = Repartitioned.of(Repartitioned.of(a, 9), 3);
        assertThat(rewritten(there)).isSameAs(there);
    }

    @Test
    void aNameGoesWithTheRepartitionItNames() {
        Plan<Integer> mapped = doubled(a);
        Plan<Integer> named = new Named<>(new Named<>(Repartitioned.of(mapped, 3), "inner"), "outer");
        assertThat(rewritten(named)).isSameAs(mapped);
        Plan<Integer> alsoUsed = Repartitioned.of(mapped, 3);
        assertThat(rewritten(List.of(new Named<>(alsoUsed, "some"), alsoUsed))).containsExactly(mapped, mapped);
    }

    // ---- DropBelowCount

    /** What is counted in place of {@code plan}. */
    private static Object counted(Plan<Integer> plan) {
        return Optimizer.optimize(List.of(new Folded<>(plan, Folds.counting(), "count")))
                .get(0)
                .inputs()
                .get(0);
    }

    @Test
    void countsWhatIsBelowARepartitionOrANaturalOrder() {
        for (int count : new int[] {1, 2, 9}) {
            assertThat(counted(Repartitioned.of(a, count))).isSameAs(a);
        }
        Plan<Integer> sorted = Sorted.of(a, NaturalOrder.get(), "sorted");
        assertThat(counted(sorted)).isSameAs(a);
        assertThat(counted(Repartitioned.of(sorted, 2))).isSameAs(a);
    }

    @Test
    void countsWhatMayFailOrIsUsedElsewhere() {
        Plan<Integer> compared = Sorted.of(a, (x, y) -> y - x, "sorted");
        assertThat(counted(compared)).isSameAs(compared);
        Plan<Integer> limited = new Limited<>(a, 5);
        assertThat(counted(limited)).isSameAs(limited);
        Plan<Integer> shared = Repartitioned.of(a, 5);
        assertThat(Optimizer.optimize(List.of(new Folded<>(shared, Folds.counting(), "count"), count(shared)))
                        .get(0)
                        .inputs()
                        .get(0))
                .isSameAs(shared);
    }

    // ---- together

    @Test
    void whatComesInThePlaceOfASharedBagIsShared() {
        Plan<Integer> shared = Repartitioned.of(new Limited<>(a, 5), 3);
        List<Plan<?>> plans = rewritten(List.of(new Limited<>(shared, 4), doubled(shared)));
        assertThat(plans.get(0).inputs().get(0)).isSameAs(plans.get(1).inputs().get(0));
    }

    @Test
    void rulesMakeRoomForEachOther() {
        Plan<Integer> between = Repartitioned.of(new Limited<>(a, 5), 3);
        assertThat(rewritten(new Limited<>(between, 4))).isEqualTo(new Limited<>(a, 4));
        Plan<Integer> nested = Repartitioned.of(concat(a, b), 5);
        assertThat(parts(rewritten(concat(nested, a)))).containsExactly(a, b, a);
    }

    @Test
    void aLimitThatWasBehindADroppedRepartitionIsStillShared() {
        Plan<Integer> inner = new Limited<>(a, 5);
        Plan<Integer> outer = new Limited<>(Repartitioned.of(inner, 3), 4);
        List<Plan<?>> plans = rewritten(List.of(outer, doubled(inner)));
        assertThat(plans.get(0)).isEqualTo(new Limited<>(inner, 4));
        assertThat(plans.get(0).inputs().get(0)).isSameAs(plans.get(1).inputs().get(0));
    }

    @Test
    void whatWasSharedStaysShared() {
        Plan<Integer> shared = Repartitioned.of(doubled(new Limited<>(new Limited<>(a, 5), 4)), 3);
        List<Plan<?>> plans = rewritten(List.of(doubled(shared), concat(shared, b)));
        assertThat(plans.get(0).inputs().get(0)).isSameAs(parts(plans.get(1)).get(0));
        Plan<?> zipped = rewritten(new Zipped<Integer, Integer, Integer>(shared, doubled(shared), Integer::sum, "zip"));
        Plan<?> left = (Plan<?>) zipped.inputs().get(0);
        assertThat(zipped.inputs().get(1).inputs().get(0)).isSameAs(left);
    }

    @Test
    void bagsBehindValuesAreRewrittenToo() {
        Value<Long> size = count(new Limited<>(new Limited<>(a, 5), 4));
        Plan<?> with = rewritten(new Mapped.With<Integer, Long, Long>(b, size, (n, s) -> n + s));
        Value<?> value = ((Mapped.With<?, ?, ?>) with).value();
        assertThat(value.inputs().get(0)).isEqualTo(new Limited<>(a, 4));
    }

    @Test
    void whatNeedsNoRuleStaysTheSameObject() {
        Value<Integer> constant = new Constant<>(1);
        Value<Long> counted = count(doubled(a));
        assertThat(Optimizer.optimize(List.of(constant, counted, constant)))
                .containsExactly(constant, counted, constant);
        assertThat(Optimizer.optimize(List.of(counted)).get(0)).isSameAs(counted);
    }
}
