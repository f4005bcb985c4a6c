package dev.bag.optimize;

import static dev.bag.optimize.Optimized.count;
import static dev.bag.optimize.Optimized.numbers;
import static dev.bag.optimize.Optimized.rewritten;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.function.CheckedFunction;
import dev.bag.plan.Concatenated;
import dev.bag.plan.Expanded;
import dev.bag.plan.Filtered;
import dev.bag.plan.InOrder.Indexed;
import dev.bag.plan.InOrder.Limited;
import dev.bag.plan.InOrder.Skipped;
import dev.bag.plan.InOrder.TakenWhile;
import dev.bag.plan.Mapped;
import dev.bag.plan.MappedPartitions;
import dev.bag.plan.Named;
import dev.bag.plan.Plan;
import dev.bag.plan.Repartitioned;
import dev.bag.plan.Sampled;
import dev.bag.plan.Scanned;
import dev.bag.plan.Value.Constant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PushLimitDownTest {

    private static final CheckedFunction<Integer, Integer> DOUBLE = n -> 2 * n;

    private final Plan<Integer> a = numbers(7, 3);

    private static <T> Plan<T> limit(Plan<T> plan, long count) {
        return new Limited<>(plan, count);
    }

    private static Plan<Integer> doubled(Plan<Integer> plan) {
        return new Mapped<>(plan, DOUBLE, "map");
    }

    private void assertStays(Plan<?> limited) {
        assertThat(rewritten(limited)).isSameAs(limited);
    }

    @Test
    void goesBelowWhatMakesOneRecordOfOne() {
        Constant<Integer> one = new Constant<>(1);
        Scanned.Start<Integer, Integer> first = new Scanned.Start.FirstRecord<>(n -> n);
        Plan<?> mapped = rewritten(limit(doubled(a), 4));
        assertThat(mapped).isEqualTo(doubled(limit(a, 4)));
        for (Plan<?> plan : List.<Plan<?>>of(
                doubled(a),
                new Mapped.With<Integer, Integer, Integer>(a, one, Integer::sum),
                new Mapped.WithResource<Integer, Integer, Integer>(a, () -> 1, Integer::sum),
                new Indexed<>(a),
                new Scanned<>(a, first, Integer::sum))) {
            for (long count = 0; count <= 8; count++) {
                Plan<?> below = rewritten(limit(plan, count));
                assertThat(below).isInstanceOf(plan.getClass());
                assertThat(below.inputs().get(0)).isEqualTo(limit(a, count));
            }
        }
    }

    @Test
    void goesBelowASkipAndGrows() {
        for (long skip = 0; skip <= 8; skip++) {
            for (long count = 0; count <= 8; count++) {
                assertThat(rewritten(limit(new Skipped<>(a, skip), count)))
                        .isEqualTo(new Skipped<>(limit(a, skip + count), skip));
            }
        }
        assertThat(rewritten(limit(new Skipped<>(a, 1), Long.MAX_VALUE)))
                .isEqualTo(new Skipped<>(limit(a, Long.MAX_VALUE), 1));
        assertThat(rewritten(limit(new Skipped<>(a, Long.MAX_VALUE), 5)))
                .isEqualTo(new Skipped<>(limit(a, Long.MAX_VALUE), Long.MAX_VALUE));
    }

    @Test
    void becomesOneWithTheLimitsOnItsWay() {
        for (long inner = 0; inner <= 8; inner++) {
            for (long outer = 0; outer <= 8; outer++) {
                assertThat(rewritten(limit(doubled(limit(doubled(a), inner)), outer)))
                        .isEqualTo(doubled(doubled(limit(a, Math.min(inner, outer)))));
                assertThat(rewritten(limit(new Skipped<>(limit(doubled(a), inner), 2), outer)))
                        .isEqualTo(new Skipped<>(doubled(limit(a, Math.min(inner, outer + 2))), 2));
            }
        }
    }

    @Test
    void namesStayWithWhatTheyName() {
        assertThat(rewritten(limit(new Named<>(new Named<>(doubled(a), "inner"), "outer"), 4)))
                .isEqualTo(new Named<>(new Named<>(doubled(limit(a, 4)), "inner"), "outer"));
        assertThat(rewritten(new Named<>(new Named<>(limit(doubled(a), 4), "inner"), "outer")))
                .isEqualTo(doubled(new Named<>(new Named<>(limit(a, 4), "inner"), "outer")));
        Plan<Integer> named = new Named<>(limit(a, 5), "five");
        assertThat(rewritten(limit(doubled(named), 3))).isEqualTo(doubled(limit(named, 3)));
        assertThat(rewritten(new Named<>(limit(doubled(limit(doubled(a), 5)), 3), "three")))
                .isEqualTo(doubled(doubled(new Named<>(limit(a, 3), "three"))));
    }

    @Test
    void goesDownAsFarAsItMay() {
        Plan<Integer> filtered = new Filtered<>(doubled(a), n -> n % 3 == 0, "filter");
        assertThat(rewritten(limit(doubled(doubled(filtered)), 2))).isEqualTo(doubled(doubled(limit(filtered, 2))));
    }

    @Test
    void staysAboveWhatMakesMoreOrFewerRecordsOfOne() {
        Scanned.Start<Integer, Integer> zero = new Scanned.Start.Initial<>(0);
        Stream.<Plan<Integer>>of(
                        new Filtered<>(a, n -> n % 2 == 0, "filter"),
                        new Mapped.NotNull<Integer, Integer>(a, n -> n % 2 == 0 ? n : null, "mapNotNull"),
                        new Expanded<Integer, Integer>(a, (n, out) -> out.accept(n), "flatMap"),
                        new MappedPartitions<Integer, Integer>(a, (index, records) -> records, "mapPartitions"),
                        new Sampled<>(a, 0.5, 1),
                        new TakenWhile<>(a, n -> n < 5),
                        new Scanned<Integer, Integer>(a, zero, Integer::sum),
                        Repartitioned.of(a, 2),
                        Repartitioned.of(a, 5),
                        Concatenated.of(List.of(a, a)))
                .forEach(plan -> assertStays(limit(plan, 4)));
    }

    @Test
    void staysAboveWhatHasOtherUses() {
        Plan<Integer> mapped = doubled(a);
        Plan<Integer> limited = limit(mapped, 4);
        assertThat(rewritten(List.of(limited, mapped))).containsExactly(limited, mapped);
        Plan<Integer> named = limit(new Named<>(mapped, "twice"), 4);
        assertThat(rewritten(List.of(named, mapped))).containsExactly(named, mapped);
        Plan<Integer> title = new Named<>(limited, "four");
        assertThat(rewritten(List.of(title, limited))).containsExactly(title, limited);
    }

    @Test
    void aLimitWithSeveralUsesGoesDownForAllOfThem() {
        Plan<Integer> limited = limit(doubled(a), 4);
        Plan<Integer> above = doubled(limited);
        List<Plan<?>> plans = rewritten(List.of(limit(above, 3), limited));
        assertThat(plans.get(1)).isEqualTo(doubled(limit(a, 4)));
        Limited<?> pushed = (Limited<?>) plans.get(0).inputs().get(0);
        assertThat(pushed.count()).isEqualTo(3);
        assertThat(pushed.input()).isSameAs(plans.get(1));
    }

    @Test
    void namedLimitsGoDownTogether() {
        for (long inner = 0; inner <= 8; inner++) {
            for (long outer = 0; outer <= 8; outer++) {
                Plan<Integer> five = new Named<>(limit(doubled(new Skipped<>(doubled(a), 1)), inner), "inner");
                assertThat(rewritten(new Named<>(limit(new Skipped<>(doubled(five), 2), outer), "outer")))
                        .isEqualTo(new Skipped<>(
                                doubled(doubled(new Skipped<>(
                                        doubled(new Named<>(
                                                limit(new Named<>(limit(a, inner + 1), "inner"), outer + 3), "outer")),
                                        1))),
                                2));
            }
        }
        Plan<Integer> beside = new Named<>(limit(doubled(a), 5), "five");
        assertThat(rewritten(limit(beside, 3))).isEqualTo(doubled(limit(new Named<>(limit(a, 5), "five"), 3)));
    }

    /** Else it could not be told how many of them lie below a limit on the way. */
    @Test
    void skipsOfMoreThanALongCountsArePassedOneAfterTheOther() {
        Plan<Integer> named = new Named<>(limit(new Skipped<>(a, 3), 2), "two");
        assertThat(rewritten(limit(new Skipped<>(named, Long.MAX_VALUE), 5)))
                .isEqualTo(new Skipped<>(limit(new Named<>(limit(a, 5), "two"), Long.MAX_VALUE), Long.MAX_VALUE));
    }

    @Test
    @Tag("P26")
    void aHundredThousandNamedLimitsAndMapsInTurn() {
        Plan<Integer> plan = a;
        for (int i = 0; i < 100_000; i++) {
            plan = new Named<>(limit(doubled(plan), 100_010 - i), "n");
        }
        Plan<?> below = (Plan<?>)
                Optimizer.optimize(List.of(count(plan))).get(0).inputs().get(0);
        for (int i = 0; i < 100_000; i++) {
            assertThat(below).isInstanceOf(Mapped.class);
            below = (Plan<?>) below.inputs().get(0);
        }
        assertThat(below).isInstanceOf(Named.class);
    }

    @Test
    @Tag("P26")
    void aHundredThousandLimitsAndMapsInTurn() {
        Plan<Integer> plan = a;
        for (int i = 0; i < 100_000; i++) {
            plan = limit(new Skipped<>(limit(new Named<>(doubled(plan), "n"), 100_010 - i), 0), 7);
        }
        Plan<?> below = (Plan<?>)
                Optimizer.optimize(List.of(count(plan))).get(0).inputs().get(0);
        while (!(below instanceof Limited<?>)) {
            below = (Plan<?>) below.inputs().get(0);
        }
        assertThat(((Limited<?>) below).count()).isEqualTo(7);
        assertThat(below.inputs().get(0)).isSameAs(a);
    }
}
