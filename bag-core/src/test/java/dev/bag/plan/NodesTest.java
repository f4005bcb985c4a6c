package dev.bag.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.fold.Folds;
import dev.bag.isolate.Isolated;
import dev.bag.outside.Calls;
import dev.bag.plan.Between.Multiplied;
import dev.bag.plan.InOrder.Indexed;
import dev.bag.plan.InOrder.Limited;
import dev.bag.plan.InOrder.Skipped;
import dev.bag.plan.InOrder.TakenWhile;
import dev.bag.plan.Leaf.FromDelayed;
import dev.bag.plan.Leaf.Read;
import dev.bag.plan.Leaf.Slot;
import dev.bag.plan.Shuffled.Distinct;
import dev.bag.plan.Shuffled.SpreadByKey;
import dev.bag.plan.Value.Called;
import dev.bag.plan.Value.Constant;
import dev.bag.plan.Value.FirstOf;
import dev.bag.plan.Value.FlatMapped;
import dev.bag.plan.Value.Folded;
import dev.bag.plan.Value.NamedValue;
import dev.bag.plan.Value.Recovered;
import dev.bag.plan.Value.Taken;
import dev.bag.plan.Value.ValueSlot;
import dev.bag.plan.Value.Written;
import dev.bag.source.Part;
import dev.bag.source.Source;
import dev.bag.testing.ListSink;
import dev.bag.trait.Expander;
import dev.bag.trait.Traits.EntryKey;
import dev.bag.value.ErrorPolicy;
import dev.bag.value.InFlight;
import dev.bag.value.Isolation;
import dev.bag.value.Pair;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all operations can do: take other inputs, and be sent somewhere. */
class NodesTest {

    private static final Plan<Integer> A = Read.of(
            Source.of("a", List.of(() -> List.of(1).iterator(), () -> List.of(2).iterator())));
    private static final Plan<Integer> B = Read.of(
            Source.of("b", List.of(() -> List.of(3).iterator(), () -> List.of(4).iterator())));
    private static final Plan<Pair<Integer, Integer>> ENTRIES = new Mapped<>(A, n -> new Pair<>(n, n), "keyBy");
    private static final Value<Integer> ONE = new Constant<>(1);
    private static final Scanned.Start<Integer, Integer> FIRST = new Scanned.Start.FirstRecord<>(n -> n);
    private static final Expander<Pair<Integer, Pair<List<Integer>, List<Integer>>>, Integer> KEYS =
            (group, out) -> out.accept(group.first());

    /** One of each kind. */
    static List<Node> nodes() {
        return List.of(
                A,
                new FromDelayed<Integer>(List.of(new Constant<>(List.of(1)), new Constant<>(List.of(2)))),
                new Slot<Integer>(3, 2),
                new Taken<>(A, "stream"),
                new Mapped<>(A, n -> n, "map"),
                new Mapped.NotNull<Integer, Integer>(A, n -> n, "mapNotNull"),
                new Filtered<>(A, n -> true, "filter"),
                new Expanded<Integer, Integer>(A, (n, out) -> out.accept(n), "flatMap"),
                new Expanded.With<Integer, Integer, Integer>(A, ONE, (n, one, out) -> out.accept(n), "joinBroadcast"),
                new MappedPartitions<Integer, Integer>(A, (index, records) -> records, "mapPartitions"),
                new MappedPartitions.Elsewhere<Integer, Integer>(A, Calls.waiting(n -> n, InFlight.of(2)), "mapAsync"),
                new MappedPartitions.Elsewhere<Integer, Integer>(
                        A,
                        Calls.waiting(new Isolated<Integer, Integer>(n -> n, Isolation.of(2)), InFlight.of(2)),
                        "mapIsolated"),
                new Mapped.With<Integer, Integer, Integer>(A, ONE, Integer::sum),
                new Mapped.WithResource<Integer, Integer, Integer>(A, () -> 1, Integer::sum),
                new Indexed<>(A),
                new Scanned<>(A, FIRST, Integer::sum),
                new Sampled<>(A, 0.5, 1),
                new Limited<>(A, 3),
                new Skipped<>(A, 3),
                new TakenWhile<>(A, n -> true),
                new Named<>(A, "name"),
                new Guarded<>(A, ErrorPolicy.skip(3)),
                new Zipped<Integer, Integer, Integer>(A, B, Integer::sum, "zip"),
                Concatenated.of(List.of(A, B)),
                new SelectedPartition<>(A, 1),
                Repartitioned.of(A, 1),
                Repartitioned.of(A, 5),
                Multiplied.of(A, B),
                new FoldedByKey<>(A, n -> n, Folds.<Integer>counting(), 2, "countBy"),
                GroupedByKey.<Integer, Integer, Integer>of(A, n -> n, n -> n, "groupBy"),
                Cogrouped.of(ENTRIES, ENTRIES, KEYS, "join"),
                new SpreadByKey<>(ENTRIES, new EntryKey<>(), 2, "partitionByKey"),
                new Distinct<>(A, n -> n, 2, "distinct"),
                Sorted.by((Integer n) -> -n, A, Comparator.<Integer>naturalOrder(), "sortBy"),
                ONE,
                new Called<Integer>(List.of(ONE, ONE), values -> 1, "call"),
                new FlatMapped<Integer, Integer>(ONE, n -> ONE),
                new Recovered<Integer>(ONE, failure -> 2),
                new FirstOf<Integer>(List.of(ONE, ONE)),
                new Folded<>(A, Folds.<Integer>counting(), "count"),
                new Written<>(A, new ListSink<Integer>(), "write"),
                new NamedValue<>(ONE, "name"),
                new ValueSlot<Integer>(2));
    }

    @Test
    void theListHasOneOfEachKind() {
        Set<Class<?>> listed = new HashSet<>();
        nodes().forEach(node -> listed.add(node.getClass()));
        assertThat(listed).isEqualTo(records(Node.class));
    }

    private static Set<Class<?>> records(Class<?> type) {
        Set<Class<?>> records = new HashSet<>();
        if (type.isRecord()) {
            records.add(type);
        } else {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                records.addAll(records(permitted));
            }
        }
        return records;
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void isMadeAnewOverItsOwnInputs(Node node) {
        Node copy = node.withInputs(node.inputs());
        assertThat(copy).isNotSameAs(node).isEqualTo(node);
        assertThat(copy.operator()).isEqualTo(node.operator());
        assertThat(copy.inputs()).hasSameSizeAs(node.inputs());
        for (int i = 0; i < node.inputs().size(); i++) {
            assertThat(copy.inputs().get(i)).isSameAs(node.inputs().get(i));
        }
    }

    /** Over slots, as it is part of a stage. */
    @ParameterizedTest
    @MethodSource("nodes")
    void isSentSomewhere(Node node) throws IOException, ClassNotFoundException {
        List<Node> slots = new ArrayList<>();
        for (Node input : node.inputs()) {
            slots.add(input instanceof Plan<?> plan ? new Slot<>(7, plan.partitionCount()) : new ValueSlot<>(8));
        }
        Node sent = node.withInputs(slots);
        assertThat(sent.inputs()).isEqualTo(slots);
        Node received = sentSomewhere(sent);
        assertThat(received).hasSameClassAs(node);
        assertThat(received.inputs()).isEqualTo(slots);
        assertThat(received.operator()).isEqualTo(node.operator());
        if (node instanceof Plan<?> plan) {
            assertThat(((Plan<?>) received).partitionCount()).isEqualTo(plan.partitionCount());
        }
    }

    private record Lazy(int count) implements Source<Integer> {

        @Override
        public String name() {
            return "lazy";
        }

        @Override
        public List<? extends Part<Integer>> parts() {
            List<? extends Part<Integer>> one = ((Read<Integer>) B).parts();
            return new AbstractList<Part<Integer>>() {
                @Override
                public Part<Integer> get(int index) {
                    return one.get(0);
                }

                @Override
                public int size() {
                    return count;
                }
            };
        }
    }

    @Test
    void aSourceIsSentWithItsPartsEvenIfItsListMakesThemWhenTheyAreAskedFor()
            throws IOException, ClassNotFoundException {
        Read<Integer> read = Read.of(new Lazy(5));
        assertThat(read.parts()).isNotInstanceOf(Serializable.class);
        assertThat(sentSomewhere(read).parts()).hasSize(5);
    }

    @SuppressWarnings("unchecked") // it is an N again
    private static <N extends Node> N sentSomewhere(N node) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(node);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (N) in.readObject();
        }
    }
}
