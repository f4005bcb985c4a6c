package dev.bag.run.end;

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
import dev.bag.run.wire.Untyped;
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
 * An operation between stages, in this process: where the stages below it end, and what the stage above it reads.
 *
 * @param ends one for each input of the operation
 * @param outputs what is there once the ends are complete
 * @param parts returns the partitions that can be read then
 * @param afterwards what must follow the stage below before they can be read, or null
 */
public record LocalExchange(
        List<StageEnd<?>> ends,
        List<? extends Produced> outputs,
        Supplier<List<? extends Part<?>>> parts,
        @Nullable Batch afterwards) {

    /** Where an exchange keeps what it is given, and whether that is read again by tasks that failed. */
    private record Setting(Operator operator, RunSpace space, boolean readsAgain) {
        ShuffleOutput newOutput() {
            return new ShuffleOutput(space.newArea(), readsAgain);
        }
    }

    /**
     * Returns the exchange for {@code plan}.
     *
     * @param space where it keeps what it is given
     * @param readsAgain whether tasks that fail are run again, so that what they have read must stay
     */
    public static LocalExchange of(Plan<?> plan, Operator operator, RunSpace space, boolean readsAgain) {
        Setting setting = new Setting(operator, space, readsAgain);
        if (plan instanceof FoldedByKey<?, ?, ?, ?> folded) {
            Fold<Object, @Nullable Object, @Nullable Object> fold = Untyped.fold(folded.fold());
            return combined(
                    new Combine(Untyped.function(folded.key()), fold, folded.partitionCount(), folded.routing()),
                    (key, accumulator) -> new Pair<>(key, finished(fold, accumulator)),
                    setting);
        }
        if (plan instanceof Distinct<?, ?> distinct) {
            return combined(
                    new Combine(
                            Untyped.function(distinct.key()),
                            new FirstFold(),
                            distinct.partitionCount(),
                            Routing.BY_HASH),
                    (key, record) -> Objects.requireNonNull(record),
                    setting);
        }
        if (plan instanceof GroupedByKey<?, ?, ?> grouped) {
            return grouped(grouped, setting);
        }
        if (plan instanceof Sorted<?> sorted) {
            return sorted.most() < Sorted.ALL ? top(sorted, setting) : sorted(sorted, setting);
        }
        if (plan instanceof Repartitioned<?> repartitioned) {
            return evenly(repartitioned, setting);
        }
        if (plan instanceof SpreadByKey<?, ?> spread) {
            return spread(spread, setting);
        }
        if (plan instanceof Cogrouped<?, ?, ?> cogrouped) {
            return cogrouped(cogrouped, setting);
        }
        if (plan instanceof Multiplied<?, ?> product) {
            return multiplied(product, setting);
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
            CheckedFunction<Object, ?> key,
            Fold<Object, @Nullable Object, ?> fold,
            int targetCount,
            Routing routing) {}

    private static LocalExchange combined(Combine plan, Combining.Result result, Setting setting) {
        ShuffleOutput output = setting.newOutput();
        CombinedOutput combined = new CombinedOutput(
                output,
                setting.operator(),
                plan.targetCount(),
                tables -> new Combining(setting.operator(), setting.space(), tables.segments(), plan.fold(), result));
        return new LocalExchange(
                List.of(new SegmentsEnd(setting.operator(), output, place -> sink(plan, place, output.area()))),
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

    private static LocalExchange grouped(GroupedByKey<?, ?, ?> plan, Setting setting) {
        ShuffleOutput output = setting.newOutput();
        Extract extract = new Extract(Untyped.function(plan.key()), Untyped.function(plan.value()));
        Grouping.Result pair = (key, groups) -> new Pair<>(key, groups[0]);
        return new LocalExchange(
                List.of(entries(extract, plan.routing(), plan.partitionCount(), output, setting)),
                List.of(output),
                () -> new OpenedParts(
                        plan.partitionCount(),
                        target -> new Grouping(setting.space(), List.of(output.segments()), output.reading(), pair)
                                .open(target)),
                null);
    }

    private static SegmentsEnd entries(
            Extract extract, Routing routing, int targetCount, ShuffleOutput output, Setting setting) {
        Router router = routing == Routing.IN_PLACE
                ? Router.inPlace(extract, targetCount)
                : Router.entries(extract, targetCount);
        return spreading(router, output, setting);
    }

    private static SegmentsEnd spreading(Router router, ShuffleOutput output, Setting setting) {
        return new SegmentsEnd(
                setting.operator(), output, place -> EntrySink.spreading(place, router, output.area()));
    }

    private static LocalExchange cogrouped(Cogrouped<?, ?, ?> plan, Setting setting) {
        ShuffleOutput left = setting.newOutput();
        ShuffleOutput right = setting.newOutput();
        Extract extract = new Extract(entry -> ((Pair<?, ?>) entry).first(), entry -> ((Pair<?, ?>) entry).second());
        int count = plan.partitionCount();
        Grouping.Result pair = (key, groups) -> new Pair<>(key, new Pair<>(groups[0], groups[1]));
        return new LocalExchange(
                List.of(
                        entries(extract, plan.leftRouting(), count, left, setting),
                        entries(extract, plan.rightRouting(), count, right, setting)),
                List.of(left, right),
                () -> new OpenedParts(
                        count,
                        target -> new Grouping(
                                        setting.space(),
                                        List.of(left.segments(), right.segments()),
                                        left.reading(),
                                        pair)
                                .open(target)),
                null);
    }

    private static LocalExchange spread(SpreadByKey<?, ?> plan, Setting setting) {
        ShuffleOutput output = setting.newOutput();
        Router router = Router.byKey(Untyped.function(plan.key()), plan.partitionCount());
        return new LocalExchange(
                List.of(spreading(router, output, setting)),
                List.of(output),
                () -> new OpenedParts(
                        plan.partitionCount(),
                        target -> new RecordsOfTarget(output.segments(), target, output.reading(), setting.space())),
                null);
    }

    private static LocalExchange sorted(Sorted<?> plan, Setting setting) {
        ShuffleOutput output = setting.newOutput();
        Comparator<Object> order = Untyped.comparator(plan.comparator());
        SortedOutput sorted = new SortedOutput(output, setting.operator(), order, plan.partitionCount());
        return new LocalExchange(
                List.of(new SegmentsEnd(
                        setting.operator(), output, place -> EntrySink.sorting(place, order, output.area()))),
                List.of(output),
                () -> new OpenedParts(plan.partitionCount(), sorted::open),
                sorted.passes());
    }

    private static LocalExchange top(Sorted<?> plan, Setting setting) {
        TopOutput output = new TopOutput(plan.partitionCount());
        return new LocalExchange(
                List.of(new TopEnd(plan, setting.operator(), output)), List.of(output), output::parts, null);
    }

    private static LocalExchange evenly(Repartitioned<?> plan, Setting setting) {
        ShuffleOutput output = setting.newOutput();
        int count = plan.partitionCount();
        return new LocalExchange(
                List.of(spreading(Router.together(), output, setting)),
                List.of(output),
                () -> new OpenedParts(
                        count, part -> new KeptRecords(output.segments().list()).evenly(part, count)),
                null);
    }

    private static LocalExchange multiplied(Multiplied<?, ?> plan, Setting setting) {
        ShuffleOutput left = setting.newOutput();
        ShuffleOutput right = setting.newOutput();
        int width = plan.right().partitionCount();
        return new LocalExchange(
                List.of(
                        SegmentsEnd.keepingPartitions(plan.left().partitionCount(), setting.operator(), left),
                        SegmentsEnd.keepingPartitions(width, setting.operator(), right)),
                List.of(left, right),
                () -> new OpenedParts(
                        plan.partitionCount(),
                        part -> new Product(left.segments(), part / width, right.segments(), part % width)),
                null);
    }
}
