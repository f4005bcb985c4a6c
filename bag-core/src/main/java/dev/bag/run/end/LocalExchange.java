package dev.bag.run.end;

import dev.bag.fold.Fold;
import dev.bag.function.CheckedFunction;
import dev.bag.kernel.FirstFold;
import dev.bag.kernel.Operator;
import dev.bag.kernel.Operator.Place;
import dev.bag.plan.Between;
import dev.bag.plan.Between.Multiplied;
import dev.bag.plan.Cogrouped;
import dev.bag.plan.FoldedByKey;
import dev.bag.plan.GroupedByKey;
import dev.bag.plan.Repartitioned.CutEvenly;
import dev.bag.plan.Shuffled.Distinct;
import dev.bag.plan.Shuffled.Routing;
import dev.bag.plan.Shuffled.SpreadByKey;
import dev.bag.plan.Sorted;
import dev.bag.run.end.SegmentsEnd.ShuffleOutput;
import dev.bag.run.wire.Untyped;
import dev.bag.schedule.Batch;
import dev.bag.shuffle.gather.DoublesSink;
import dev.bag.shuffle.gather.EntrySink;
import dev.bag.shuffle.gather.SharedSums;
import dev.bag.shuffle.gather.SumSink;
import dev.bag.shuffle.gather.TableSink;
import dev.bag.shuffle.gather.TableSizes;
import dev.bag.shuffle.gather.Targets;
import dev.bag.shuffle.hold.CursorChunk;
import dev.bag.shuffle.hold.KeptRecords;
import dev.bag.shuffle.reduce.Combining;
import dev.bag.shuffle.reduce.Grouping;
import dev.bag.source.Part;
import dev.bag.spill.RunSpace;
import dev.bag.spill.SpillArea;
import dev.bag.trait.Traits.InDoubles;
import dev.bag.trait.Traits.LongSum;
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
    private record Setting(Operator operator, RunSpace space, boolean readsAgain, boolean gathersOnce) {
        ShuffleOutput newOutput() {
            return new ShuffleOutput(space.newArea(), readsAgain);
        }
    }

    /**
     * Returns the exchange for {@code plan}.
     *
     * @param space where it keeps what it is given
     * @param readsAgain whether tasks that fail are run again, so that what they have read must stay
     * @param gathersOnce whether no task of the stage below is ever run again
     */
    public static LocalExchange of(
            Between<?> plan, Operator operator, RunSpace space, boolean readsAgain, boolean gathersOnce) {
        return plan.match(new Kinds(new Setting(operator, space, readsAgain, gathersOnce)));
    }

    /** The exchange for each kind of operation. */
    private record Kinds(Setting setting) implements Between.Cases<LocalExchange> {
        @Override
        public <T, K, A extends @Nullable Object, R> LocalExchange foldedByKey(FoldedByKey<T, K, A, R> plan) {
            Fold<Object, @Nullable Object, @Nullable Object> fold = Untyped.fold(plan.fold());
            return combined(
                    new Combine(Untyped.function(plan.key()), fold, plan.partitionCount(), plan.routing()),
                    (key, accumulator) -> new Pair<>(key, finished(fold, accumulator)),
                    setting);
        }

        @Override
        public <T, K> LocalExchange distinct(Distinct<T, K> plan) {
            return combined(
                    new Combine(Untyped.function(plan.key()), new FirstFold(), plan.partitionCount(), Routing.BY_HASH),
                    (key, record) -> Objects.requireNonNull(record),
                    setting);
        }

        @Override
        public <T, K, V, R> LocalExchange groupedByKey(GroupedByKey<T, K, V, R> plan) {
            return grouped(plan, setting);
        }

        @Override
        public <K, V, W, R> LocalExchange cogrouped(Cogrouped<K, V, W, R> plan) {
            return LocalExchange.cogrouped(plan, setting);
        }

        @Override
        public <T, K> LocalExchange spreadByKey(SpreadByKey<T, K> plan) {
            return spread(plan, setting);
        }

        @Override
        public <T, K> LocalExchange sorted(Sorted<T, K> plan) {
            return plan.most() < Sorted.ALL ? top(plan, setting) : LocalExchange.sorted(plan, setting);
        }

        @Override
        public <T> LocalExchange cutEvenly(CutEvenly<T> plan) {
            return evenly(plan, setting);
        }

        @Override
        public <A, B> LocalExchange multiplied(Multiplied<A, B> plan) {
            return LocalExchange.multiplied(plan, setting);
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
            CheckedFunction<Object, ?> key, Fold<Object, @Nullable Object, ?> fold, int targetCount, Routing routing) {}

    private static LocalExchange combined(Combine plan, Combining.Result result, Setting setting) {
        ShuffleOutput output = setting.newOutput();
        MergedTables combined = new MergedTables(
                output,
                setting.operator(),
                plan.targetCount(),
                tables -> new Combining(setting.operator(), output.area(), tables.segments(), plan.fold(), result));
        return new LocalExchange(
                List.of(combiningEnd(plan, output, setting)),
                List.of(output),
                () -> new OpenedParts(plan.targetCount(), combined::open),
                combined.keeping());
    }

    private static SegmentsEnd combiningEnd(Combine plan, ShuffleOutput output, Setting setting) {
        SpillArea area = output.area();
        if (plan.fold() instanceof InDoubles<?> known) {
            InDoubles<Object> fold = Untyped.inDoubles(known);
            TableSizes sizes = new TableSizes();
            return new SegmentsEnd(
                    setting.operator(),
                    output,
                    place -> new DoublesSink(place, plan.key(), fold, area, targets(plan, place), sizes));
        }
        if (!(plan.fold() instanceof LongSum<?, ?> known)) {
            return new SegmentsEnd(
                    setting.operator(),
                    output,
                    place -> new TableSink(place, plan.key(), plan.fold(), area, targets(plan, place)));
        }
        LongSum<Object, Object> sum = Untyped.sum(known);
        if (plan.routing() == Routing.IN_PLACE || !setting.gathersOnce()) {
            return new SegmentsEnd(
                    setting.operator(),
                    output,
                    place -> new SumSink(place, plan.key(), sum, area, targets(plan, place)));
        }
        SharedSums shared = new SharedSums(area, Targets.byHash(plan.targetCount()), sum);
        return new SegmentsEnd(
                setting.operator(), output, place -> new SumSink(place, plan.key(), sum, shared), shared);
    }

    private static Targets targets(Combine plan, Place place) {
        return targets(plan.routing(), plan.targetCount(), place);
    }

    private static LocalExchange grouped(GroupedByKey<?, ?, ?, ?> plan, Setting setting) {
        ShuffleOutput output = setting.newOutput();
        Extract extract = new Extract(Untyped.function(plan.key()), Untyped.function(plan.value()));
        Grouping.Result pair = (key, groups) -> new Pair<>(key, groups[0]);
        return new LocalExchange(
                List.of(entries(extract, plan.routing(), plan.partitionCount(), output, setting)),
                List.of(output),
                () -> new OpenedParts(
                        plan.partitionCount(),
                        target -> new Grouping(output.area(), List.of(output.segments()), output.reading(), pair)
                                .open(target)),
                null);
    }

    private static SegmentsEnd entries(
            Extract extract, Routing routing, int targetCount, ShuffleOutput output, Setting setting) {
        return new SegmentsEnd(
                setting.operator(),
                output,
                place -> EntrySink.entries(
                        place, targets(routing, targetCount, place), extract.key(), extract.value(), output.area()));
    }

    private static Targets targets(Routing routing, int count, Place place) {
        return routing == Routing.IN_PLACE ? Targets.inPlace(count, place.partition()) : Targets.byHash(count);
    }

    /** How key and value are had from a record. */
    private record Extract(CheckedFunction<Object, ?> key, CheckedFunction<Object, ?> value) {}

    private static LocalExchange cogrouped(Cogrouped<?, ?, ?, ?> plan, Setting setting) {
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
                                        left.area(), List.of(left.segments(), right.segments()), left.reading(), pair)
                                .open(target)),
                null);
    }

    private static LocalExchange spread(SpreadByKey<?, ?> plan, Setting setting) {
        ShuffleOutput output = setting.newOutput();
        CheckedFunction<Object, ?> key = Untyped.function(plan.key());
        Targets targets = Targets.byHash(plan.partitionCount());
        return new LocalExchange(
                List.of(new SegmentsEnd(
                        setting.operator(), output, place -> EntrySink.spreading(place, targets, key, output.area()))),
                List.of(output),
                () -> new OpenedParts(
                        plan.partitionCount(),
                        target -> new CursorChunk(output.segments().open(target, output.reading()), setting.space())),
                null);
    }

    private static LocalExchange sorted(Sorted<?, ?> plan, Setting setting) {
        ShuffleOutput output = setting.newOutput();
        CheckedFunction<?, ?> key = plan.key();
        Comparator<Object> order = Untyped.order(plan);
        CheckedFunction<Object, ?> function = key == null ? null : Untyped.function(key);
        MergedRuns sorted = new MergedRuns(output, setting.operator(), order, plan.partitionCount());
        return new LocalExchange(
                List.of(new SegmentsEnd(
                        setting.operator(), output, place -> EntrySink.sorting(place, function, order, output.area()))),
                List.of(output),
                () -> new OpenedParts(plan.partitionCount(), sorted::open),
                sorted.passes());
    }

    private static LocalExchange top(Sorted<?, ?> plan, Setting setting) {
        FoldEnd.Top output = new FoldEnd.Top(plan.partitionCount());
        return new LocalExchange(
                List.of(FoldEnd.top(plan, setting.operator(), output)), List.of(output), output::parts, null);
    }

    private static LocalExchange evenly(CutEvenly<?> plan, Setting setting) {
        ShuffleOutput output = setting.newOutput();
        int count = plan.partitionCount();
        return new LocalExchange(
                List.of(new SegmentsEnd(
                        setting.operator(),
                        output,
                        place -> EntrySink.keeping(place, Targets.TOGETHER, output.area()))),
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
