package dev.bag.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.fold.Fold;
import dev.bag.function.CheckedFunction;
import dev.bag.function.CheckedSupplier;
import dev.bag.isolate.Isolated;
import dev.bag.key.StableHash;
import dev.bag.outside.Calls;
import dev.bag.plan.Between;
import dev.bag.plan.Between.Multiplied;
import dev.bag.plan.Cogrouped;
import dev.bag.plan.Concatenated;
import dev.bag.plan.Expanded;
import dev.bag.plan.Filtered;
import dev.bag.plan.FoldedByKey;
import dev.bag.plan.GroupedByKey;
import dev.bag.plan.Guarded;
import dev.bag.plan.InOrder.Indexed;
import dev.bag.plan.InOrder.Limited;
import dev.bag.plan.InOrder.Skipped;
import dev.bag.plan.InOrder.TakenWhile;
import dev.bag.plan.Leaf;
import dev.bag.plan.Leaf.FromDelayed;
import dev.bag.plan.Leaf.Read;
import dev.bag.plan.Leaf.Slot;
import dev.bag.plan.Mapped;
import dev.bag.plan.MappedPartitions;
import dev.bag.plan.Named;
import dev.bag.plan.Node;
import dev.bag.plan.Plan;
import dev.bag.plan.Repartitioned.CutEvenly;
import dev.bag.plan.Repartitioned.JoinedNeighbours;
import dev.bag.plan.Sampled;
import dev.bag.plan.Scanned;
import dev.bag.plan.SelectedPartition;
import dev.bag.plan.Shuffled.Distinct;
import dev.bag.plan.Shuffled.Routing;
import dev.bag.plan.Shuffled.SpreadByKey;
import dev.bag.plan.Sorted;
import dev.bag.plan.Value;
import dev.bag.plan.Value.Called;
import dev.bag.plan.Value.Constant;
import dev.bag.plan.Value.FirstOf;
import dev.bag.plan.Value.FlatMapped;
import dev.bag.plan.Value.Folded;
import dev.bag.plan.Value.NamedValue;
import dev.bag.plan.Value.Recovered;
import dev.bag.plan.Value.Written;
import dev.bag.plan.Within;
import dev.bag.plan.Zipped;
import dev.bag.process.Pipe;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import dev.bag.source.Sink;
import dev.bag.trait.Expander;
import dev.bag.value.Command;
import dev.bag.value.Pair;
import dev.bag.value.View;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * What plans mean: the partitions of a bag as whole lists, made one after the other on the calling thread. This is the
 * specification of the operators, so it is as simple as can be: nothing is lazy, nothing is shared but whole results.
 */
public final class PlanInterpreter
        implements Leaf.Cases<List<List<Object>>>, Within.Cases<List<List<Object>>>, Between.Cases<List<List<Object>>> {

    private final Map<Node, Object> known = new IdentityHashMap<>();

    /** A function of lists of records. */
    private interface OnPartition<T> {
        Iterable<?> apply(int partition, List<T> records) throws Throwable;
    }

    /** Arrays are equal as keys when their content is. */
    private record Key(Object key) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key that && Objects.deepEquals(key, that.key);
        }

        @Override
        public int hashCode() {
            return Arrays.deepHashCode(new Object[] {key});
        }
    }

    /** The partitions of a bag. */
    public List<List<Object>> partitions(Plan<?> plan) {
        return PlanInterpreter.<List<List<Object>>>cast(known(plan));
    }

    /** The records of a bag. */
    public List<Object> records(Plan<?> plan) {
        return partitions(plan).stream().flatMap(List::stream).toList();
    }

    /** A delayed value. */
    public Object value(Value<?> value) {
        return known(value);
    }

    private Object known(Node node) {
        if (!known.containsKey(node)) {
            known.put(node, node instanceof Plan<?> plan ? made(plan) : computed((Value<?>) node));
        }
        return known.get(node);
    }

    private List<List<Object>> made(Plan<?> plan) {
        if (plan instanceof Leaf<?> leaf) {
            return leaf.match(this);
        }
        return plan instanceof Within<?> within ? within.match(this) : ((Between<?>) plan).match(this);
    }

    private Object computed(Value<?> value) {
        if (value instanceof Constant<?> constant) {
            return constant.value();
        }
        if (value instanceof NamedValue<?> named) {
            return value(named.input());
        }
        if (value instanceof Folded<?, ?, ?> folded) {
            return folded(PlanInterpreter.<Fold<Object, Object, Object>>cast(folded.fold()), records(folded.input()));
        }
        if (value instanceof Written<?, ?> written) {
            return written(PlanInterpreter.<Sink<Object, Object>>cast(written.sink()), partitions(written.input()));
        }
        if (value instanceof FlatMapped<?, ?> flatMapped) {
            CheckedFunction<Object, Value<?>> function = cast(flatMapped.function());
            return value(function.apply(value(flatMapped.input())));
        }
        if (value instanceof Recovered<?> recovered) {
            return recovered(recovered);
        }
        if (value instanceof FirstOf<?> first) {
            return first(first);
        }
        Called<?> called = (Called<?>) value;
        Object[] values = called.arguments().stream().map(this::value).toArray();
        CheckedSupplier<Object> call = () -> called.call(number -> values[number]);
        return call.get();
    }

    private Object recovered(Recovered<?> recovered) {
        Exception failure;
        try {
            return value(recovered.below());
        } catch (Exception e) {
            failure = e;
        }
        return recovered.function().apply(failure);
    }

    private Object first(FirstOf<?> first) {
        RuntimeException failure = null;
        for (Value<?> each : first.alternatives()) {
            try {
                return value(each);
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        }
        throw failure;
    }

    private static Object written(Sink<Object, Object> sink, List<List<Object>> partitions) {
        try {
            Sink.Output<Object, Object, Object> output = cast(sink.begin(partitions.size()));
            List<Object> parts = new ArrayList<>();
            for (int partition = 0; partition < partitions.size(); partition++) {
                Sink.Writer<Object, Object> writer = output.open(partition);
                for (Object record : partitions.get(partition)) {
                    writer.write(record);
                }
                parts.add(writer.finish());
            }
            return output.commit(parts);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Object folded(Fold<Object, Object, Object> fold, List<Object> records) {
        Object accumulator = fold.zero();
        for (Object record : records) {
            accumulator = fold.add(accumulator, record);
        }
        return fold.finish(accumulator);
    }

    @Override
    public <T> List<List<Object>> read(Read<T> plan) {
        List<List<Object>> partitions = new ArrayList<>();
        for (Part<T> part : plan.parts()) {
            partitions.add(read(part));
        }
        return partitions.isEmpty() ? List.of(List.of()) : partitions;
    }

    private static List<Object> read(Part<?> part) {
        List<Object> records = new ArrayList<>();
        try (Chunks<?> chunks = part.open()) {
            for (Chunk<?> chunk = chunks.nextChunk(); chunk != null; chunk = chunks.nextChunk()) {
                for (Object record = chunk.next(); record != null; record = chunk.next()) {
                    records.add(record instanceof View<?> view ? view.copy() : record);
                }
                chunk.release();
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return records;
    }

    @Override
    public <T> List<List<Object>> fromDelayed(FromDelayed<T> plan) {
        List<List<Object>> partitions = new ArrayList<>();
        for (Value<? extends Iterable<? extends T>> value : plan.values()) {
            List<Object> records = new ArrayList<>();
            ((Iterable<?>) value(value)).forEach(records::add);
            partitions.add(records);
        }
        return partitions;
    }

    @Override
    public <T> List<List<Object>> slot(Slot<T> plan) {
        throw new IllegalArgumentException("only within a stage does a slot mean something");
    }

    @Override
    public <T> List<List<Object>> concatenated(Concatenated<T> plan) {
        return plan.bags().stream().flatMap(bag -> partitions(bag).stream()).toList();
    }

    @Override
    public <T, R> List<List<Object>> mapped(Mapped<T, R> plan) {
        return eachRecord(plan.input(), plan.function());
    }

    @Override
    public <T, R> List<List<Object>> mappedNotNull(Mapped.NotNull<T, R> plan) {
        return eachPartition(
                plan.input(),
                (index, records) -> records.stream()
                        .map(plan.function())
                        .filter(Objects::nonNull)
                        .toList());
    }

    @Override
    public <T> List<List<Object>> filtered(Filtered<T> plan) {
        return eachPartition(
                plan.input(),
                (index, records) -> records.stream().filter(plan.keep()).toList());
    }

    @Override
    public <T, R> List<List<Object>> expanded(Expanded<T, R> plan) {
        return eachPartition(plan.input(), (index, records) -> expanded(records, plan.expander()));
    }

    @Override
    @SuppressWarnings("unchecked") // the value of a Value<U> is a U
    public <T, U, R> List<List<Object>> expandedWith(Expanded.With<T, U, R> plan) {
        U value = (U) value(plan.value());
        return eachPartition(
                plan.input(),
                (index, records) -> PlanInterpreter.<T, R>expanded(
                        records, (record, out) -> plan.expander().expand(record, value, out)));
    }

    private static <T, R> List<R> expanded(List<T> records, Expander<? super T, R> expander) throws Throwable {
        List<R> all = new ArrayList<>();
        for (T record : records) {
            expander.expand(record, new Expander.Output<R>() {
                @Override
                public void accept(R expanded) {
                    all.add(expanded);
                }

                @Override
                public boolean wantsMore() {
                    return true;
                }
            });
        }
        return all;
    }

    @Override
    public <T, R> List<List<Object>> mappedPartitions(MappedPartitions<T, R> plan) {
        return eachPartition(plan.input(), (index, records) -> {
            List<R> all = new ArrayList<>();
            Iterator<? extends R> made = plan.function().apply(index, records.iterator());
            made.forEachRemaining(all::add);
            return all;
        });
    }

    @Override
    public <T, R> List<List<Object>> mappedElsewhere(MappedPartitions.Elsewhere<T, R> plan) {
        return eachPartition(
                plan.input(),
                (index, records) -> plan.outside() instanceof Pipe<?> pipe
                        ? piped(records, pipe.command())
                        : called(records, PlanInterpreter.<Calls<T, R>>cast(plan.outside())));
    }

    private static <T> List<Object> called(List<T> records, Calls<T, ?> calls) throws Throwable {
        List<Object> all = new ArrayList<>();
        CheckedFunction<? super T, ?> function =
                calls.function() instanceof Isolated<? super T, ?> isolated ? isolated.function() : calls.function();
        for (T record : records) {
            Object made = function.applyChecked(record);
            all.add(
                    made instanceof CompletionStage<?> stage
                            ? stage.toCompletableFuture().get()
                            : made);
        }
        return all;
    }

    /** By way of files. */
    private static List<String> piped(List<?> records, Command command) throws Exception {
        Path input = Files.createTempFile("pipe", ".in");
        Path output = Files.createTempFile("pipe", ".out");
        try {
            Files.write(input, records.stream().map(Object::toString).toList());
            new ProcessBuilder(command.words())
                    .redirectInput(input.toFile())
                    .redirectOutput(output.toFile())
                    .start()
                    .waitFor();
            return Files.readAllLines(output);
        } finally {
            Files.delete(input);
            Files.delete(output);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // the value of a Value<U> is a U
    public <T, U, R> List<List<Object>> mappedWith(Mapped.With<T, U, R> plan) {
        U value = (U) value(plan.value());
        return eachRecord(plan.input(), record -> plan.function().apply(record, value));
    }

    @Override
    public <T, S, R> List<List<Object>> mappedWithResource(Mapped.WithResource<T, S, R> plan) {
        return eachPartition(plan.input(), (index, records) -> {
            if (records.isEmpty()) {
                return List.of();
            }
            S resource = plan.open().get();
            List<Object> all = new ArrayList<>();
            for (T record : records) {
                all.add(plan.function().apply(resource, record));
            }
            if (resource instanceof AutoCloseable closeable) {
                closeable.close();
            }
            return all;
        });
    }

    @Override
    @SuppressWarnings("unchecked") // the records of a Plan<A> are of type A
    public <A, B, R> List<List<Object>> zipped(Zipped<A, B, R> plan) {
        List<List<Object>> right = partitions(plan.right());
        return eachPartition(plan.left(), (index, records) -> {
            if (records.size() != right.get(index).size()) {
                throw new IllegalStateException("partition " + index + ": different lengths");
            }
            List<Object> all = new ArrayList<>();
            for (int i = 0; i < records.size(); i++) {
                all.add(plan.function()
                        .apply(records.get(i), (B) right.get(index).get(i)));
            }
            return all;
        });
    }

    @Override
    public <T> List<List<Object>> indexed(Indexed<T> plan) {
        long[] next = {0};
        return eachRecord(plan.input(), record -> new Pair<>(record, next[0]++));
    }

    @Override
    @SuppressWarnings("unchecked") // what is kept is an A
    public <T, A> List<List<Object>> scanned(Scanned<T, A> plan) {
        Object[] running = {null};
        return eachPartition(plan.input(), (index, records) -> {
            List<Object> all = new ArrayList<>();
            if (index == 0 && plan.start() instanceof Scanned.Start.Initial<?, ?> initial) {
                running[0] = initial.value();
                all.add(running[0]);
            }
            for (T record : records) {
                running[0] = running[0] == null
                        ? ((Scanned.Start.FirstRecord<T, A>) plan.start())
                                .toValue()
                                .apply(record)
                        : plan.operation().apply((A) running[0], record);
                all.add(running[0]);
            }
            return all;
        });
    }

    @Override
    public <T> List<List<Object>> sampled(Sampled<T> plan) {
        return eachPartition(plan.input(), (index, records) -> {
            List<Object> all = new ArrayList<>();
            for (int i = 0; i < records.size(); i++) {
                if (Sampled.Choice.picks(plan.fraction(), plan.seed(), index, i)) {
                    all.add(records.get(i));
                }
            }
            return all;
        });
    }

    @Override
    public <T> List<List<Object>> limited(Limited<T> plan) {
        long[] left = {plan.count()};
        return eachPartition(
                plan.input(),
                (index, records) -> records.stream().filter(r -> left[0]-- > 0).toList());
    }

    @Override
    public <T> List<List<Object>> skipped(Skipped<T> plan) {
        long[] left = {plan.count()};
        return eachPartition(
                plan.input(),
                (index, records) -> records.stream().filter(r -> left[0]-- <= 0).toList());
    }

    @Override
    public <T> List<List<Object>> takenWhile(TakenWhile<T> plan) {
        boolean[] open = {true};
        return eachPartition(
                plan.input(),
                (index, records) -> records.stream()
                        .filter(record -> open[0] = open[0] && plan.keep().test(record))
                        .toList());
    }

    @Override
    public <T> List<List<Object>> cutEvenly(CutEvenly<T> plan) {
        return evenly(records(plan.input()), plan.partitionCount());
    }

    @Override
    public <T> List<List<Object>> joinedNeighbours(JoinedNeighbours<T> plan) {
        return evenly(partitions(plan.input()), plan.partitionCount()).stream()
                .map(neighbours -> neighbours.stream().flatMap(List::stream).toList())
                .toList();
    }

    @Override
    public <T> List<List<Object>> selectedPartition(SelectedPartition<T> plan) {
        return List.of(partitions(plan.input()).get(plan.index()));
    }

    @Override
    public <A, B> List<List<Object>> multiplied(Multiplied<A, B> plan) {
        List<List<Object>> all = new ArrayList<>();
        for (List<Object> left : partitions(plan.left())) {
            for (List<Object> right : partitions(plan.right())) {
                all.add(left.stream()
                        .flatMap(a -> right.stream().<Object>map(b -> new Pair<>(a, b)))
                        .toList());
            }
        }
        return all;
    }

    @Override
    public <T> List<List<Object>> guarded(Guarded<T> plan) {
        return partitions(plan.input());
    }

    @Override
    public <T> List<List<Object>> named(Named<T> plan) {
        return partitions(plan.input());
    }

    @Override
    public <T, K, A, R> List<List<Object>> foldedByKey(FoldedByKey<T, K, A, R> plan) {
        check(plan.routing(), plan.input(), plan.key());
        List<List<Object>> all = emptyLists(plan.partitionCount());
        Fold<Object, Object, Object> fold = cast(plan.fold());
        byKey(plan.input(), plan.key())
                .forEach((key, records) ->
                        spread(all, key).add(new Pair<>(key.key(), folded(fold, List.copyOf(records)))));
        return all;
    }

    @Override
    @SuppressWarnings("unchecked") // the records of a Plan<T> are of type T, and keys that were K are
    public <T, K, V, R> List<List<Object>> groupedByKey(GroupedByKey<T, K, V, R> plan) {
        check(plan.routing(), plan.input(), plan.key());
        List<List<Object>> all = emptyLists(plan.partitionCount());
        byKey(plan.input(), plan.key()).forEach((key, records) -> {
            List<V> values = new ArrayList<>();
            records.forEach(record -> values.add(plan.value().apply((T) record)));
            Pair<K, List<V>> group = new Pair<>((K) key.key(), values);
            spread(all, key).add(plan.result() == null ? group : plan.result().apply(group));
        });
        return all;
    }

    @Override
    public <K, V, W, R> List<List<Object>> cogrouped(Cogrouped<K, V, W, R> plan) {
        check(plan.leftRouting(), plan.left(), Pair::first);
        check(plan.rightRouting(), plan.right(), Pair::first);
        Map<Key, List<Object>> left = byKey(plan.left(), Pair::first);
        Map<Key, List<Object>> right = byKey(plan.right(), Pair::first);
        List<List<Object>> all = emptyLists(plan.partitionCount());
        Set<Key> keys = new LinkedHashSet<>(left.keySet());
        keys.addAll(right.keySet());
        for (Key key : keys) {
            Object group = new Pair<>(key.key(), new Pair<>(values(left, key), values(right, key)));
            spread(all, key).addAll(plan.expander() == null ? List.of(group) : expandedOne(group, plan.expander()));
        }
        return all;
    }

    private static <R> List<R> expandedOne(Object group, Expander<?, R> expander) {
        try {
            return expanded(List.of(group), PlanInterpreter.<Expander<Object, R>>cast(expander));
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Object> values(Map<Key, List<Object>> groups, Key key) {
        return groups.getOrDefault(key, List.of()).stream()
                .map(entry -> (Object) ((Pair<?, ?>) entry).second())
                .toList();
    }

    @Override
    @SuppressWarnings("unchecked") // the records of a Plan<T> are of type T
    public <T, K> List<List<Object>> spreadByKey(SpreadByKey<T, K> plan) {
        List<List<Object>> all = emptyLists(plan.partitionCount());
        for (Object record : records(plan.input())) {
            spread(all, new Key(plan.key().apply((T) record))).add(record);
        }
        return all;
    }

    @Override
    public <T, K> List<List<Object>> distinct(Distinct<T, K> plan) {
        List<List<Object>> all = emptyLists(plan.partitionCount());
        byKey(plan.input(), plan.key())
                .forEach((key, records) -> spread(all, key).add(records.get(0)));
        return all;
    }

    @Override
    @SuppressWarnings("unchecked") // the records of a Plan<T> are of type T, and those without a key are their own
    public <T, K> List<List<Object>> sorted(Sorted<T, K> plan) {
        List<Pair<K, Object>> keyed = new ArrayList<>();
        for (Object record : records(plan.input())) {
            keyed.add(new Pair<>(plan.key() == null ? (K) record : plan.key().apply((T) record), record));
        }
        keyed.sort((a, b) -> plan.comparator().compare(a.first(), b.first()));
        List<Object> records = keyed.stream().map(Pair::second).toList();
        long[] left = {plan.most()};
        return evenly(records, plan.partitionCount()).stream()
                .map(partition ->
                        partition.stream().filter(record -> left[0]-- > 0).toList())
                .toList();
    }

    /** The records of each key, in the order in which the keys were first seen. */
    @SuppressWarnings("unchecked") // the records of a Plan<T> are of type T
    private <T> Map<Key, List<Object>> byKey(Plan<T> input, CheckedFunction<? super T, ?> key) {
        Map<Key, List<Object>> groups = new LinkedHashMap<>();
        for (Object record : records(input)) {
            groups.computeIfAbsent(new Key(key.apply((T) record)), first -> new ArrayList<>())
                    .add(record);
        }
        return groups;
    }

    /** What is said to be in place must be where its key belongs. */
    private <T> void check(Routing routing, Plan<T> input, CheckedFunction<? super T, ?> key) {
        if (routing == Routing.IN_PLACE) {
            int count = partitions(input).size();
            eachPartition(input, (index, records) -> {
                for (T record : records) {
                    assertThat(StableHash.target(key.apply(record), count)).isEqualTo(index);
                }
                return records;
            });
        }
    }

    private static List<Object> spread(List<List<Object>> partitions, Key key) {
        return partitions.get(StableHash.target(key.key(), partitions.size()));
    }

    private <T> List<List<Object>> eachRecord(Plan<T> input, CheckedFunction<? super T, ?> function) {
        return eachPartition(
                input,
                (index, records) -> records.stream()
                        .map(record -> Objects.requireNonNull((Object) function.apply(record)))
                        .toList());
    }

    @SuppressWarnings("unchecked") // the records of a Plan<T> are of type T
    private <T> List<List<Object>> eachPartition(Plan<T> input, OnPartition<T> function) {
        List<List<Object>> all = new ArrayList<>();
        for (List<Object> records : partitions(input)) {
            List<Object> made = new ArrayList<>();
            try {
                function.apply(all.size(), (List<T>) records).forEach(made::add);
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
            all.add(made);
        }
        return all;
    }

    private static <E> List<List<E>> evenly(List<E> elements, int count) {
        List<List<E>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(elements.subList(elements.size() * i / count, elements.size() * (i + 1) / count));
        }
        return all;
    }

    private static List<List<Object>> emptyLists(int count) {
        List<List<Object>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(new ArrayList<>());
        }
        return all;
    }

    @SuppressWarnings("unchecked") // the interpreter keeps all records as objects
    private static <X> X cast(Object object) {
        return (X) object;
    }
}
