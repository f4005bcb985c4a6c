package dev.bag;

import dev.bag.fold.Fold;
import dev.bag.function.CheckedConsumer;
import dev.bag.kernel.GatherFold;
import dev.bag.plan.Guarded;
import dev.bag.plan.InOrder.Limited;
import dev.bag.plan.MappedPartitions;
import dev.bag.plan.Plan;
import dev.bag.plan.SelectedPartition;
import dev.bag.plan.Value;
import dev.bag.plan.Value.Folded;
import dev.bag.plan.Value.Written;
import dev.bag.run.Engine;
import dev.bag.run.Engine.Kept;
import dev.bag.run.skip.RunSkips;
import dev.bag.show.Drawer;
import dev.bag.show.Table;
import dev.bag.show.Terminal;
import dev.bag.show.TextTable;
import dev.bag.source.Sink;
import dev.bag.stage.Drawing;
import dev.bag.stage.Explanation;
import dev.bag.stage.Goal;
import dev.bag.trait.Traits.RetainsNothing;
import dev.bag.value.ErrorPolicy;
import dev.bag.value.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Makes what actions ask for into values, and runs those. */
final class Actions {

    private Actions() {}

    /** The records that a policy lets pass. */
    static <T> Plan<T> guarded(Plan<T> plan, ErrorPolicy policy) {
        RunSkips.check(Objects.requireNonNull(policy, "policy"));
        return new Guarded<>(plan, policy);
    }

    /** All records as a list. */
    static <T> Value<List<T>> gather(Plan<T> plan, String operator) {
        return new Folded<>(plan, new GatherFold<T>(), operator);
    }

    /** The first records as a list. */
    static <T> Value<List<T>> gatherFirst(Plan<T> plan, int count) {
        if (count < 0) {
            throw new IllegalArgumentException("take(" + count + "): the count must be 0 or more");
        }
        return gather(new Limited<>(plan, count), "take");
    }

    /** What a sink returns when all records have been written to it. */
    static <T, R extends @Nullable Object> Value<R> written(Plan<T> plan, Sink<? super T, ? extends R> sink) {
        return new Written<>(plan, Objects.requireNonNull(sink, "sink"), "write");
    }

    /** The records of each partition as a list. */
    static <T> List<Delayed<List<T>>> gatherEach(Plan<T> plan) {
        List<Delayed<List<T>>> partitions = new ArrayList<>(plan.partitionCount());
        for (int i = 0; i < plan.partitionCount(); i++) {
            partitions.add(Delayed.of(gather(new SelectedPartition<>(plan, i), "partition " + i)));
        }
        return List.copyOf(partitions);
    }

    /** Nothing, once {@code action} has seen each record. */
    static <T> Value<@Nullable Object> consume(Plan<T> plan, CheckedConsumer<? super T> action, String operator) {
        return new Folded<>(plan, new ForEachFold<>(action), operator);
    }

    /** Does something with each record, and comes to nothing. */
    private record ForEachFold<T>(CheckedConsumer<? super T> action)
            implements Fold<T, @Nullable Object, @Nullable Object>, RetainsNothing {

        @Override
        public @Nullable Object zero() {
            return null;
        }

        @Override
        public @Nullable Object add(@Nullable Object none, T record) {
            action.accept(record);
            return null;
        }

        @Override
        public @Nullable Object merge(@Nullable Object left, @Nullable Object right) {
            return null;
        }

        @Override
        public @Nullable Object finish(@Nullable Object none) {
            return null;
        }
    }

    /** Nothing, once {@code action} has seen each partition. */
    static <T> Value<@Nullable Object> consumePartitions(Plan<T> plan, CheckedConsumer<? super Iterator<T>> action) {
        Plan<Object> seen = new MappedPartitions<T, Object>(
                plan,
                (index, records) -> {
                    action.acceptChecked(records);
                    return Collections.emptyIterator();
                },
                "forEachPartition");
        return consume(seen, record -> {}, "end");
    }

    /** Computes one value. */
    @SuppressWarnings("unchecked") // the result of a Value<T> is a T
    static <T extends @Nullable Object> T run(Runner runner, Value<T> value) {
        return (T) run(runner, List.of(value)).get(0);
    }

    /** Computes several values in one run. */
    static List<@Nullable Object> run(Runner runner, List<? extends Value<?>> values) {
        return results(
                runner.engine().prepare(new Goal.Values(List.copyOf(values))).run());
    }

    /** Computes the records of a bag and keeps them. */
    static <T> Persisted<T> persist(Runner runner, Plan<T> plan, Storage storage) {
        Engine.Outcome outcome =
                runner.engine().prepare(new Goal.Keep(plan, storage)).run();
        return Persisted.of(plan, (Kept) Objects.requireNonNull(results(outcome).get(0)));
    }

    private static List<@Nullable Object> results(Engine.Outcome outcome) {
        Throwable failure = outcome.failure();
        if (failure != null) {
            throw Failures.exception(failure, outcome.otherFailures(), new Throwable());
        }
        return outcome.results();
    }

    /** Starts computing one value. */
    @SuppressWarnings("unchecked") // the result of a Value<T> is a T
    static <T extends @Nullable Object> CompletableFuture<T> start(Runner runner, Value<T> value) {
        Throwable caller = new Throwable();
        RunFuture<T> future = new RunFuture<>();
        Engine.Started started = runner.engine()
                .prepare(new Goal.Values(List.of(value)))
                .start(outcome -> {
                    try {
                        Throwable failure = outcome.failure();
                        if (failure == null) {
                            future.ended((T) outcome.results().get(0));
                        } else {
                            future.failed(Failures.exception(failure, outcome.otherFailures(), caller));
                        }
                    } catch (Throwable e) { // out of memory; the future must end all the same
                        future.failed(e);
                    }
                });
        future.cancels(started);
        return future;
    }

    /** The first records, as a table. */
    static Table table(Plan<?> plan, int count, String operator, Table.Kind kind, Runner runner) {
        checkRows(count, operator);
        List<?> records = run(runner, gather(new Limited<>(plan, count + 1L), operator));
        return Table.of(records, count, kind);
    }

    /** A value, as a table. */
    static Table table(Value<?> value, int count, String operator, Runner runner) {
        checkRows(count, operator);
        return Table.ofValue(run(runner, value), count);
    }

    private static void checkRows(int count, String operator) {
        if (count < 0) {
            throw new IllegalArgumentException(operator + "(" + count + "): the count must be 0 or more");
        }
    }

    /** Prints a table as wide as the terminal. */
    static void print(Table table) {
        System.out.print(TextTable.of(table, Terminal.columns()));
        System.out.flush();
    }

    /** Draws how a value would be computed. */
    static void draw(Value<?> value, Path file) {
        Drawer.write(Drawing.of(new Goal.Values(List.of(value))), file);
    }

    /** How a value would be computed. */
    static String explain(Value<?> value) {
        return Explanation.of(new Goal.Values(List.of(value)));
    }
}
