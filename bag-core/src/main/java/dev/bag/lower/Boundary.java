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
import dev.bag.shuffle.gather.EntrySink;
import dev.bag.shuffle.gather.GatheringSink;
import dev.bag.shuffle.gather.SumSink;
import dev.bag.shuffle.gather.TableSink;
import dev.bag.shuffle.gather.Targets;
import dev.bag.shuffle.hold.CursorChunk;
import dev.bag.shuffle.hold.KeptRecords;
import dev.bag.shuffle.reduce.Combining;
import dev.bag.shuffle.reduce.Grouping;
import dev.bag.source.Part;
import dev.bag.spill.RunSpace;
import dev.bag.spill.SpillArea;
import dev.bag.trait.LongSum;
import dev.bag.value.Pair;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
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
        MergedTables combined = new MergedTables(
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

    private static GatheringSink sink(Combine plan, Place place, SpillArea area) {
        Targets targets = targets(plan.routing(), plan.targetCount(), place);
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
        boolean inPlace = routing == Routing.IN_PLACE;
        Function<Place, GatheringSink> sinks = place -> EntrySink.entries(
                place, targets(routing, targetCount, place), extract.key(), extract.value(), output.area());
        return inPlace
                ? new ShuffleTerminal.OfPartitions(input, operator, output, IN_PLACE, sinks)
                : new ShuffleTerminal(input, operator, output, SHUFFLE, sinks);
    }

    private static Targets targets(Routing routing, int count, Place place) {
        return routing == Routing.IN_PLACE ? Targets.inPlace(count, place.partition()) : Targets.byHash(count);
    }

    /** How key and value are had from a record. */
    private record Extract(CheckedFunction<Object, ?> key, CheckedFunction<Object, ?> value) {}

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
        CheckedFunction<Object, ?> key = Untyped.function(plan.key());
        Targets targets = Targets.byHash(plan.partitionCount());
        return new Boundary(
                List.of(new ShuffleTerminal(
                        plan.input(),
                        operator,
                        output,
                        SHUFFLE,
                        place -> EntrySink.spreading(place, targets, key, output.area()))),
                List.of(output),
                () -> new OpenedParts(
                        plan.partitionCount(),
                        target -> new CursorChunk(output.segments().open(target, output.reading()), space)),
                null);
    }

    private static Boundary sorted(Sorted<?> plan, Operator operator, RunSpace space) {
        ShuffleOutput output = new ShuffleOutput(space.newArea());
        Comparator<Object> order = Untyped.comparator(plan.comparator());
        Terminal<?> terminal = new ShuffleTerminal(
                plan.input(), operator, output, SORT, place -> EntrySink.sorting(place, order, output.area()));
        MergedRuns sorted = new MergedRuns(output, operator, order, plan.partitionCount());
        return new Boundary(
                List.of(terminal),
                List.of(output),
                () -> new OpenedParts(plan.partitionCount(), sorted::open),
                sorted.passes());
    }

    private static Boundary top(Sorted<?> plan, Operator operator) {
        TopOutput output = new TopOutput(plan.partitionCount());
        return new Boundary(List.of(new TopTerminal(plan, operator, output)), List.of(output), output::parts, null);
    }

    private static Boundary evenly(Repartitioned<?> plan, Operator operator, RunSpace space) {
        ShuffleOutput output = new ShuffleOutput(space.newArea());
        int count = plan.partitionCount();
        return new Boundary(
                List.of(new ShuffleTerminal(
                        plan.input(),
                        operator,
                        output,
                        ShuffleTerminal.KEEP,
                        place -> EntrySink.keeping(place, Targets.TOGETHER, output.area()))),
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
