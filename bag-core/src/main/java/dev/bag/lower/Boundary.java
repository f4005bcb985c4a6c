package dev.bag.lower;

import dev.bag.fold.Fold;
import dev.bag.function.CheckedFunction;
import dev.bag.kernel.FirstFold;
import dev.bag.kernel.Operator;
import dev.bag.kernel.Place;
import dev.bag.plan.Cogrouped;
import dev.bag.plan.Distinct;
import dev.bag.plan.FoldedByKey;
import dev.bag.plan.GroupedByKey;
import dev.bag.plan.Multiplied;
import dev.bag.plan.Plan;
import dev.bag.plan.Repartitioned;
import dev.bag.plan.Routing;
import dev.bag.plan.Sorted;
import dev.bag.plan.SpreadByKey;
import dev.bag.schedule.Batch;
import dev.bag.shuffle.Combining;
import dev.bag.shuffle.EntrySink;
import dev.bag.shuffle.Grouping;
import dev.bag.shuffle.KeptRecords;
import dev.bag.shuffle.PieceSink;
import dev.bag.shuffle.RecordsOfTarget;
import dev.bag.shuffle.Router;
import dev.bag.shuffle.Router.Extract;
import dev.bag.shuffle.SumSink;
import dev.bag.shuffle.TableSink;
import dev.bag.shuffle.Targets;
import dev.bag.source.Part;
import dev.bag.spill.RunSpace;
import dev.bag.spill.SpillArea;
import dev.bag.trait.LongSum;
import dev.bag.value.Pair;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An operation between stages: where the stages below it end, and what the stage above it reads.
 *
 * @param afterwards what must follow the stage below before that can be read, or null
 */
record Boundary(
        List<Terminal<?>> terminals,
        List<? extends Produced> outputs,
        Supplier<List<? extends Part<?>>> parts,
        @Nullable Batch afterwards) {

    private static final String COMBINE = "combine by key, then shuffle (may spill) for";
    private static final String SHUFFLE = "shuffle by key (may spill) for";
    private static final String COMBINE_IN_PLACE = "combine by key, in place (may spill), for";
    private static final String IN_PLACE = "keep by key, in place (may spill), for";
    private static final String SORT = "sort runs (may spill), then merge for";

    static Boundary of(Plan<?> plan, Operator operator, RunSpace space) {
        if (plan instanceof FoldedByKey<?, ?, ?, ?> folded) {
            Fold<Object, @Nullable Object, @Nullable Object> fold = Untyped.fold(folded.fold());
            return combined(
                    new Combine(
                            folded.input(),
                            Untyped.function(folded.key()),
                            fold,
                            folded.partitionCount(),
                            folded.routing()),
                    (key, accumulator) -> new Pair<>(key, finished(fold, accumulator)),
                    operator,
                    space);
        }
        if (plan instanceof Distinct<?, ?> distinct) {
            return combined(
                    new Combine(
                            distinct.input(),
                            Untyped.function(distinct.key()),
                            new FirstFold(),
                            distinct.partitionCount(),
                            Routing.BY_HASH),
                    (key, record) -> Objects.requireNonNull(record),
                    operator,
                    space);
        }
        if (plan instanceof GroupedByKey<?, ?, ?> grouped) {
            return grouped(grouped, operator, space);
        }
        if (plan instanceof Sorted<?> sorted) {
            return sorted.most() < Sorted.ALL ? top(sorted, operator) : sorted(sorted, operator, space);
        }
        if (plan instanceof Repartitioned<?> repartitioned) {
            return evenly(repartitioned, operator, space);
        }
        if (plan instanceof SpreadByKey<?, ?> spread) {
            return spread(spread, operator, space);
        }
        if (plan instanceof Cogrouped<?, ?, ?> cogrouped) {
            return cogrouped(cogrouped, operator, space);
        }
        if (plan instanceof Multiplied<?, ?> product) {
            return multiplied(product, operator, space);
        }
        throw new IllegalArgumentException(operator.label() + " is not between stages");
    }

    private static Object finished(
            Fold<Object, @Nullable Object, @Nullable Object> fold, @Nullable Object accumulator) {
        Object result = fold.finish(accumulator);
        if (result == null) {
            throw new NullPointerException(
                    "the fold has finished with null, and a value is never null: finish with an Optional instead");
        }
        return result;
    }

    private record Combine(
            Plan<?> input,
            CheckedFunction<Object, ?> key,
            Fold<Object, @Nullable Object, ?> fold,
            int targetCount,
            Routing routing) {}

    private static Boundary combined(Combine plan, Combining.Result result, Operator operator, RunSpace space) {
        ShuffleOutput output = new ShuffleOutput(space.newArea());
        Terminal<?> terminal = plan.routing() == Routing.IN_PLACE
                ? new ShuffleTerminal.OfPartitions(
                        plan.input(), operator, output, COMBINE_IN_PLACE, place -> sink(plan, place, output.area()))
                : new ShuffleTerminal(
                        plan.input(), operator, output, COMBINE, place -> sink(plan, place, output.area()));
        CombinedOutput combined = new CombinedOutput(
                output,
                operator,
                plan.targetCount(),
                tables -> new Combining(operator, space, tables.segments(), plan.fold(), result));
        return new Boundary(
                List.of(terminal),
                List.of(output),
                () -> new OpenedParts(plan.targetCount(), combined::open),
                combined.keeping());
    }

    private static PieceSink sink(Combine plan, Place place, SpillArea area) {
        Targets targets = plan.routing() == Routing.IN_PLACE
                ? Targets.inPlace(plan.targetCount(), place.partition())
                : Targets.byHash(plan.targetCount());
        return plan.fold() instanceof LongSum<?, ?> sum
                ? new SumSink(place, plan.key(), Untyped.sum(sum), area, targets)
                : new TableSink(place, plan.key(), plan.fold(), area, targets);
    }

    private static Boundary grouped(GroupedByKey<?, ?, ?> plan, Operator operator, RunSpace space) {
        ShuffleOutput output = new ShuffleOutput(space.newArea());
        Extract extract = new Extract(Untyped.function(plan.key()), Untyped.function(plan.value()));
        Grouping.Result pair = (key, groups) -> new Pair<>(key, groups[0]);
        return new Boundary(
                List.of(entries(plan.input(), operator, output, extract, plan.routing(), plan.partitionCount())),
                List.of(output),
                () -> new OpenedParts(
                        plan.partitionCount(),
                        target -> new Grouping(space, List.of(output.segments()), output.reading(), pair).open(target)),
                null);
    }

    private static Terminal<?> entries(
            Plan<?> input, Operator operator, ShuffleOutput output, Extract extract, Routing routing, int targetCount) {
        if (routing == Routing.IN_PLACE) {
            Router inPlace = Router.inPlace(extract, targetCount);
            return new ShuffleTerminal.OfPartitions(
                    input, operator, output, IN_PLACE, place -> EntrySink.spreading(place, inPlace, output.area()));
        }
        return shuffle(input, operator, output, SHUFFLE, Router.entries(extract, targetCount));
    }

    private static Terminal<?> shuffle(
            Plan<?> input, Operator operator, ShuffleOutput output, String verb, Router router) {
        return new ShuffleTerminal(
                input, operator, output, verb, place -> EntrySink.spreading(place, router, output.area()));
    }

    private static Boundary cogrouped(Cogrouped<?, ?, ?> plan, Operator operator, RunSpace space) {
        ShuffleOutput left = new ShuffleOutput(space.newArea());
        ShuffleOutput right = new ShuffleOutput(space.newArea());
        Extract extract = new Extract(entry -> ((Pair<?, ?>) entry).first(), entry -> ((Pair<?, ?>) entry).second());
        int count = plan.partitionCount();
        Grouping.Result pair = (key, groups) -> new Pair<>(key, new Pair<>(groups[0], groups[1]));
        return new Boundary(
                List.of(
                        entries(plan.left(), operator, left, extract, plan.leftRouting(), count),
                        entries(plan.right(), operator, right, extract, plan.rightRouting(), count)),
                List.of(left, right),
                () -> new OpenedParts(
                        plan.partitionCount(),
                        target -> new Grouping(space, List.of(left.segments(), right.segments()), left.reading(), pair)
                                .open(target)),
                null);
    }

    private static Boundary spread(SpreadByKey<?, ?> plan, Operator operator, RunSpace space) {
        ShuffleOutput output = new ShuffleOutput(space.newArea());
        Router router = Router.byKey(Untyped.function(plan.key()), plan.partitionCount());
        return new Boundary(
                List.of(shuffle(plan.input(), operator, output, SHUFFLE, router)),
                List.of(output),
                () -> new OpenedParts(
                        plan.partitionCount(),
                        target -> new RecordsOfTarget(output.segments(), target, output.reading(), space)),
                null);
    }

    private static Boundary sorted(Sorted<?> plan, Operator operator, RunSpace space) {
        ShuffleOutput output = new ShuffleOutput(space.newArea());
        Comparator<Object> order = Untyped.comparator(plan.comparator());
        Terminal<?> terminal = new ShuffleTerminal(
                plan.input(), operator, output, SORT, place -> EntrySink.sorting(place, order, output.area()));
        SortedOutput sorted = new SortedOutput(output, operator, order, plan.partitionCount());
        return new Boundary(
                List.of(terminal),
                List.of(output),
                () -> new OpenedParts(plan.partitionCount(), sorted::open),
                sorted.passes());
    }

    private static Boundary top(Sorted<?> plan, Operator operator) {
        FoldTerminal.Top output = new FoldTerminal.Top(plan.partitionCount());
        return new Boundary(List.of(FoldTerminal.top(plan, operator, output)), List.of(output), output::parts, null);
    }

    private static Boundary evenly(Repartitioned<?> plan, Operator operator, RunSpace space) {
        ShuffleOutput output = new ShuffleOutput(space.newArea());
        int count = plan.partitionCount();
        return new Boundary(
                List.of(shuffle(plan.input(), operator, output, ShuffleTerminal.KEEP, Router.together())),
                List.of(output),
                () -> new OpenedParts(
                        count, part -> new KeptRecords(output.segments().list()).evenly(part, count)),
                null);
    }

    private static Boundary multiplied(Multiplied<?, ?> plan, Operator operator, RunSpace space) {
        ShuffleOutput left = new ShuffleOutput(space.newArea());
        ShuffleOutput right = new ShuffleOutput(space.newArea());
        int width = plan.right().partitionCount();
        return new Boundary(
                List.of(
                        ShuffleTerminal.keepingPartitions(plan.left(), operator, left),
                        ShuffleTerminal.keepingPartitions(plan.right(), operator, right)),
                List.of(left, right),
                () -> new OpenedParts(
                        plan.partitionCount(),
                        part -> new Product(left.segments(), part / width, right.segments(), part % width)),
                null);
    }
}
