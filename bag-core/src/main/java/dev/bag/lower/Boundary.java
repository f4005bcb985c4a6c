package dev.bag.lower;

import dev.bag.fold.Fold;
import dev.bag.function.CheckedFunction;
import dev.bag.kernel.FirstFold;
import dev.bag.kernel.Operator;
import dev.bag.kernel.Place;
import dev.bag.plan.Between;
import dev.bag.plan.Cogrouped;
import dev.bag.plan.CutEvenly;
import dev.bag.plan.Distinct;
import dev.bag.plan.FoldedByKey;
import dev.bag.plan.GroupedByKey;
import dev.bag.plan.Multiplied;
import dev.bag.plan.Plan;
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
import dev.bag.shuffle.Router.Extract;
import dev.bag.shuffle.Router;
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

    static Boundary of(Between<?> plan, Operator operator, RunSpace space) {
        return plan.match(new Making(operator, space));
    }

    /** One method an operation, so that the compiler asks for each. */
    private record Making(Operator operator, RunSpace space) implements Between.Cases<Boundary> {

        @Override
        public <T, K, A extends @Nullable Object, R> Boundary foldedByKey(FoldedByKey<T, K, A, R> plan) {
            Fold<Object, @Nullable Object, @Nullable Object> fold = Untyped.fold(plan.fold());
            return combined(
                    new Combine(
                            plan.input(), Untyped.function(plan.key()), fold, plan.partitionCount(), plan.routing()),
                    (key, accumulator) -> new Pair<>(key, finished(fold, accumulator)),
                    operator,
                    space);
        }

        @Override
        public <T, K> Boundary distinct(Distinct<T, K> plan) {
            return combined(
                    new Combine(
                            plan.input(),
                            Untyped.function(plan.key()),
                            new FirstFold(),
                            plan.partitionCount(),
                            Routing.BY_HASH),
                    (key, record) -> Objects.requireNonNull(record),
                    operator,
                    space);
        }

        @Override
        public <T, K, V, R> Boundary groupedByKey(GroupedByKey<T, K, V, R> plan) {
            return grouped(plan, operator, space);
        }

        @Override
        public <K, V, W, R> Boundary cogrouped(Cogrouped<K, V, W, R> plan) {
            return Boundary.cogrouped(plan, operator, space);
        }

        @Override
        public <T, K> Boundary spreadByKey(SpreadByKey<T, K> plan) {
            return spread(plan, operator, space);
        }

        @Override
        public <T, K> Boundary sorted(Sorted<T, K> plan) {
            return plan.most() < Sorted.ALL ? top(plan, operator) : Boundary.sorted(plan, operator, space);
        }

        @Override
        public <T> Boundary cutEvenly(CutEvenly<T> plan) {
            return evenly(plan, operator, space);
        }

        @Override
        public <A, B> Boundary multiplied(Multiplied<A, B> plan) {
            return Boundary.multiplied(plan, operator, space);
        }
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

    private static Boundary grouped(GroupedByKey<?, ?, ?, ?> plan, Operator operator, RunSpace space) {
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

    private static Boundary cogrouped(Cogrouped<?, ?, ?, ?> plan, Operator operator, RunSpace space) {
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

    private static Boundary sorted(Sorted<?, ?> plan, Operator operator, RunSpace space) {
        ShuffleOutput output = new ShuffleOutput(space.newArea());
        CheckedFunction<?, ?> key = plan.key();
        Comparator<Object> order = Untyped.order(plan);
        Router router = key == null ? Router.together() : Router.withKeys(Untyped.function(key));
        Terminal<?> terminal = new ShuffleTerminal(
                plan.input(), operator, output, SORT, place -> EntrySink.sorting(place, router, order, output.area()));
        SortedOutput sorted = new SortedOutput(output, operator, order, plan.partitionCount());
        return new Boundary(
                List.of(terminal),
                List.of(output),
                () -> new OpenedParts(plan.partitionCount(), sorted::open),
                sorted.passes());
    }

    private static Boundary top(Sorted<?, ?> plan, Operator operator) {
        TopOutput output = new TopOutput(plan.partitionCount());
        return new Boundary(List.of(new TopTerminal(plan, operator, output)), List.of(output), output::parts, null);
    }

    private static Boundary evenly(CutEvenly<?> plan, Operator operator, RunSpace space) {
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
