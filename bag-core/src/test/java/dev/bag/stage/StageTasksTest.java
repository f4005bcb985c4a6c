package dev.bag.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.kernel.Operator;
import dev.bag.oracle.PlanInterpreter;
import dev.bag.plan.Concatenated;
import dev.bag.plan.InOrder.Indexed;
import dev.bag.plan.Leaf.Read;
import dev.bag.plan.Mapped;
import dev.bag.plan.MappedPartitions;
import dev.bag.plan.Plan;
import dev.bag.plan.Repartitioned;
import dev.bag.plan.SelectedPartition;
import dev.bag.plan.Zipped;
import dev.bag.testing.ProbedSource;
import dev.bag.value.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tasks of work and their order. Every partition of a source holds one record, the name of itself, so the oracle says of
 * which pieces each partition of a plan is made.
 */
@Tag("P2")
class StageTasksTest {

    private static final Operator OPERATOR = new Operator("test", "test", () -> "test");

    private int sources;

    /** A bag whose records are sets of names of pieces. */
    private Plan<Set<String>> source(int partitions) {
        String name = "s" + sources++;
        List<List<List<Set<String>>>> parts = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            parts.add(List.of(List.of(Set.of(name + "." + i))));
        }
        ProbedSource<Set<String>> probed = ProbedSource.of(parts);
        return Read.of(new ProbedSource<>(name, probed.parts(), probed.probe()));
    }

    private static Set<String> union(Set<String> a, Set<String> b) {
        Set<String> both = new HashSet<>(a);
        both.addAll(b);
        return both;
    }

    private static Plan<Set<String>> zip(Plan<Set<String>> a, Plan<Set<String>> b) {
        return new Zipped<Set<String>, Set<String>, Set<String>>(a, b, StageTasksTest::union, "zip");
    }

    private static Plan<Set<String>> index(Plan<Set<String>> a) {
        return new Mapped<Pair<Set<String>, Long>, Set<String>>(new Indexed<>(a), Pair::first, "map");
    }

    /** Sees its partitions as such, and answers one record, so that partitions can always be zipped. */
    private static Plan<Set<String>> whole(Plan<Set<String>> a) {
        return new MappedPartitions<Set<String>, Set<String>>(
                a,
                (partition, records) -> {
                    Set<String> all = new HashSet<>();
                    records.forEachRemaining(all::addAll);
                    return List.of(all).iterator();
                },
                "mapPartitions");
    }

    private static Plan<Set<String>> joined(Plan<Set<String>> a, int partitions) {
        return whole(Repartitioned.of(a, partitions));
    }

    /** A stage that ends with a reader, and the plan of each of its fragments. */
    private record Staged(Stage stage, List<Plan<?>> plans) {
        Plan<?> plan(int fragment) {
            return plans.get(fragment);
        }

        List<Plan<?>> ordered() {
            return Arrays.stream(stage.inOrder()).<Plan<?>>mapToObj(this::plan).toList();
        }

        List<Plan<?>> joining() {
            return IntStream.range(stage.firstOperation(), stage.fragmentCount())
                    .filter(stage::joinsLanes)
                    .<Plan<?>>mapToObj(this::plan)
                    .toList();
        }

        String name(StageTasks.RootPartition partition) {
            return plan(partition.root()).operator() + "." + partition.partition();
        }
    }

    private static Staged stage(Plan<?> plan) {
        List<Plan<?>> roots = new ArrayList<>();
        List<Plan<?>> operations = new ArrayList<>();
        Stage stage = StageDivision.of(
                        List.of(new StageDivision.End(plan, new EndSpec.Stream(-1, OPERATOR))),
                        root -> {
                            roots.add(root);
                            StageRoot.Origin origin = new StageRoot.Origin.OfSource(roots.size() - 1);
                            return new StageRoot(OPERATOR, root.partitionCount(), false, origin);
                        },
                        operation -> {
                            operations.add((Plan<?>) operation);
                            return OPERATOR;
                        },
                        value -> 0)
                .get(0);
        roots.addAll(operations);
        return new Staged(stage, roots);
    }

    /** The tasks as lists of names of what they read, after a check that they do what the plan demands. */
    private static Optional<List<List<String>>> checkedTasks(Plan<?> plan) {
        Staged staged = stage(plan);
        return StageTasks.find(staged.stage()).map(tasks -> {
            List<List<String>> names = new ArrayList<>();
            Map<String, Integer> taskOf = new HashMap<>();
            for (int task = 0; task < tasks.count(); task++) {
                names.add(tasks.rootPartitions(task).stream().map(staged::name).toList());
                for (String piece : names.get(task)) {
                    assertThat(taskOf.put(piece, task))
                            .as("%s is in one task", piece)
                            .isNull();
                }
            }
            int pieces = staged.stage().roots().stream()
                    .mapToInt(StageRoot::partitionCount)
                    .sum();
            assertThat(taskOf).as("every piece is in a task").hasSize(pieces);
            staged.ordered().forEach(ordered -> assertInOrder(ordered, taskOf));
            staged.joining().forEach(joining -> assertTogether(joining, taskOf));
            return names;
        });
    }

    @SuppressWarnings("unchecked") // records are sets of names, or pairs of one and its index
    private static List<Set<String>> piecesOfPartitions(Plan<?> plan) {
        List<Set<String>> pieces = new ArrayList<>();
        for (List<Object> partition : new PlanInterpreter().partitions(plan)) {
            Set<String> all = new HashSet<>();
            for (Object record : partition) {
                all.addAll((Set<String>) (record instanceof Pair<?, ?> indexed ? indexed.first() : record));
            }
            pieces.add(all);
        }
        return pieces;
    }

    private static void assertInOrder(Plan<?> ordered, Map<String, Integer> taskOf) {
        int last = -1;
        for (Set<String> pieces : piecesOfPartitions(ordered)) {
            for (String piece : pieces) {
                assertThat(taskOf.get(piece))
                        .as("%s under %s", piece, ordered.operator())
                        .isGreaterThanOrEqualTo(last);
            }
            last = pieces.stream().mapToInt(taskOf::get).max().orElse(last);
        }
    }

    private static void assertTogether(Plan<?> joining, Map<String, Integer> taskOf) {
        for (Set<String> pieces : piecesOfPartitions(joining)) {
            assertThat(pieces.stream().map(taskOf::get).distinct()).hasSize(1);
        }
    }

    @Test
    void eachPartitionOfASourceIsATask() {
        assertThat(checkedTasks(source(3))).contains(List.of(List.of("s0.0"), List.of("s0.1"), List.of("s0.2")));
    }

    @Test
    void zippedPartitionsAreWorkedOnTogether() {
        assertThat(checkedTasks(zip(source(2), source(2))))
                .contains(List.of(List.of("s0.0", "s1.0"), List.of("s0.1", "s1.1")));
    }

    @Test
    void joinedPartitionsAreWorkedOnTogether() {
        assertThat(checkedTasks(joined(source(5), 2)))
                .contains(List.of(List.of("s0.0", "s0.1"), List.of("s0.2", "s0.3", "s0.4")));
    }

    @Test
    void tasksAreInTheOrderOfTheBagAndNotOfTheSources() {
        Plan<Set<String>> first = source(2);
        Plan<Set<String>> second = source(1);
        Plan<Set<String>> mapped = new Mapped<Set<String>, Set<String>>(first, names -> names, "map");
        Plan<Set<String>> concat = Concatenated.of(List.of(second, mapped));
        assertThat(checkedTasks(index(concat))).contains(List.of(List.of("s1.0"), List.of("s0.0"), List.of("s0.1")));
    }

    @Test
    void aBagBesideItselfHasNoOrderInWhichEachPartitionIsReadOnce() {
        Plan<Set<String>> twice = source(2);
        assertThat(checkedTasks(Concatenated.of(List.of(twice, twice)))).isEmpty();
        Plan<Set<String>> a = source(1);
        Plan<Set<String>> b = source(1);
        Plan<Set<String>> there = index(Concatenated.of(List.of(a, b)));
        Plan<Set<String>> back = index(Concatenated.of(List.of(b, a)));
        assertThat(checkedTasks(zip(there, back))).isEmpty();
    }

    @Test
    void randomStagesHaveTasksInOrderOrNone() {
        int none = 0;
        int some = 0;
        for (int seed = 0; seed < 3_000; seed++) {
            Plan<Set<String>> plan = random(new Random(seed));
            if (checkedTasks(plan).isEmpty()) {
                none++;
                assertThat(readsSomethingTwiceOrInTwoOrders(plan))
                        .as("seed %s has no order", seed)
                        .isTrue();
            } else {
                some++;
            }
        }
        assertThat(none).isPositive();
        assertThat(some).isPositive();
    }

    private Plan<Set<String>> random(Random random) {
        List<Plan<Set<String>>> plans = new ArrayList<>(List.of(source(1 + random.nextInt(3))));
        for (int step = 0; step < 6; step++) {
            Plan<Set<String>> a = plans.get(random.nextInt(plans.size()));
            Plan<Set<String>> b = plans.get(random.nextInt(plans.size()));
            int count = a.partitionCount();
            Plan<Set<String>> next = switch (random.nextInt(7)) {
                case 0 -> source(1 + random.nextInt(3));
                case 1, 2 -> Concatenated.of(List.of(a, b));
                case 3 -> new SelectedPartition<>(a, random.nextInt(count));
                case 4 -> joined(a, 1 + random.nextInt(count));
                case 5 -> index(a);
                default -> count == b.partitionCount() ? zip(whole(a), whole(b)) : whole(a);
            };
            if (next.partitionCount() <= 8) {
                plans.add(next);
            }
        }
        return plans.get(plans.size() - 1);
    }

    /** Whether a piece comes before another one for one operation and after it, or twice, for the same or another one. */
    private static boolean readsSomethingTwiceOrInTwoOrders(Plan<?> plan) {
        Staged graph = stage(plan);
        Map<String, Set<String>> after = new HashMap<>();
        for (Plan<?> ordered : graph.ordered()) {
            List<Set<String>> partitions = piecesOfPartitions(ordered);
            for (int i = 0; i < partitions.size(); i++) {
                for (int j = i + 1; j < partitions.size(); j++) {
                    for (String piece : partitions.get(i)) {
                        after.computeIfAbsent(piece, key -> new HashSet<>()).addAll(partitions.get(j));
                    }
                }
            }
        }
        Map<String, String> leader = new HashMap<>();
        for (Plan<?> joining : graph.joining()) {
            for (Set<String> together : piecesOfPartitions(joining)) {
                together.forEach(
                        piece -> union(leader, piece, together.iterator().next()));
            }
        }
        Set<List<String>> between = new HashSet<>();
        boolean twice = false;
        for (Map.Entry<String, Set<String>> each : after.entrySet()) {
            for (String later : each.getValue()) {
                twice |= each.getKey().equals(later)
                        || after.getOrDefault(later, Set.of()).contains(each.getKey());
                String from = find(leader, each.getKey());
                String to = find(leader, later);
                if (!from.equals(to)) {
                    between.add(List.of(from, to));
                }
            }
        }
        return twice || hasCycle(between);
    }

    private static String find(Map<String, String> leader, String piece) {
        String at = piece;
        while (leader.containsKey(at) && !leader.get(at).equals(at)) {
            at = leader.get(at);
        }
        return at;
    }

    private static void union(Map<String, String> leader, String a, String b) {
        leader.put(find(leader, a), find(leader, b));
    }

    /** Takes away what nothing comes before, as long as there is such a thing. */
    private static boolean hasCycle(Set<List<String>> between) {
        Set<List<String>> left = new HashSet<>(between);
        while (true) {
            Set<String> targets = new HashSet<>();
            left.forEach(edge -> targets.add(edge.get(1)));
            if (!left.removeIf(edge -> !targets.contains(edge.get(0)))) {
                return !left.isEmpty();
            }
        }
    }

    @Test
    void aPlanThatOccursTwiceIsOneRoot() {
        Plan<Set<String>> shared = source(2);
        Staged staged = stage(zip(shared, index(shared)));
        assertThat(staged.stage().roots()).hasSize(1);
        assertThat(staged.plan(0)).isSameAs(shared);
    }
}
