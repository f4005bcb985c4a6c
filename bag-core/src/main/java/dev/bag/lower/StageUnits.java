package dev.bag.lower;

import dev.bag.kernel.Place;
import dev.bag.plan.Concatenated;
import dev.bag.plan.JoinedNeighbours;
import dev.bag.plan.Plan;
import dev.bag.plan.SelectedPartition;
import dev.bag.plan.Zipped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The units of work of a stage and their order. A <i>piece</i> is one partition of one root; pieces are numbered through
 * all roots. Mostly each piece is a unit. Where an operation needs several pieces together, as {@code zip} does, those
 * make up one unit; where an operation takes something from each partition to the next, units are in its order.
 */
final class StageUnits {

    private final List<StageRoot> roots;
    private final int[] firstPiece;
    /** The pieces of each unit; null where each piece is a unit, in their order. */
    private final int[][] units;

    /** One partition of a root. */
    record Piece(StageRoot root, int partition) {

        /** Where this is, for messages. */
        Place place() {
            return new Place(root.operator(), partition, root);
        }
    }

    private StageUnits(List<StageRoot> roots, int[] firstPiece, int[][] units) {
        this.roots = roots;
        this.firstPiece = firstPiece;
        this.units = units;
    }

    /** The units of {@code graph}, or none when no order of units satisfies all operations. */
    static Optional<StageUnits> of(StageGraph graph) {
        return new Planner(graph).plan();
    }

    int count() {
        return units.length == 0 ? firstPiece[roots.size()] : units.length;
    }

    List<Piece> pieces(int unit) {
        if (units.length == 0) {
            return List.of(piece(unit));
        }
        List<Piece> pieces = new ArrayList<>(units[unit].length);
        for (int number : units[unit]) {
            pieces.add(piece(number));
        }
        return pieces;
    }

    private Piece piece(int number) {
        int root = Arrays.binarySearch(firstPiece, 0, roots.size(), number);
        root = root >= 0 ? root : -2 - root;
        return new Piece(roots.get(root), number - firstPiece[root]);
    }

    private static final class Planner {

        private final StageGraph graph;
        private final List<StageRoot> roots;
        private final int[] firstPiece;
        private final Map<Plan<?>, Integer> rootNumbers = new IdentityHashMap<>();
        /** For union-find over pieces. */
        private final int[] leader;

        Planner(StageGraph graph) {
            this.graph = graph;
            this.roots = graph.roots();
            this.firstPiece = new int[roots.size() + 1];
            for (int i = 0; i < roots.size(); i++) {
                rootNumbers.put(roots.get(i).plan(), i);
                firstPiece[i + 1] = firstPiece[i] + roots.get(i).partitionCount();
            }
            this.leader = new int[isSimple() ? 0 : firstPiece[roots.size()]];
        }

        /** Whether the pieces of one root, in their order, will do. */
        private boolean isSimple() {
            return graph.joining().isEmpty()
                    && (graph.ordered().isEmpty()
                            || graph.operations().stream()
                                    .noneMatch(plan ->
                                            plan instanceof Concatenated<?> || plan instanceof SelectedPartition<?>));
        }

        Optional<StageUnits> plan() {
            if (leader.length == 0) {
                return Optional.of(new StageUnits(roots, firstPiece, new int[0][]));
            }
            joinPieces();
            return Precedence.of(leader.length, this::addDemands).flatMap(this::unitsInOrder);
        }

        /** Each ordered operation wants the pieces of a partition before those of the next one. */
        private void addDemands(Precedence precedence) {
            for (Plan<?> plan : graph.ordered()) {
                List<Integer> before = pieces(plan, 0);
                for (int partition = 1; partition < graph.leafCount(plan); partition++) {
                    List<Integer> pieces = pieces(plan, partition);
                    precedence.add(before, pieces);
                    before = pieces;
                }
            }
        }

        /** Units in an order that respects that of their pieces, unless there is none. */
        private Optional<StageUnits> unitsInOrder(Precedence pieces) {
            Map<Integer, List<Integer>> members = new LinkedHashMap<>();
            for (int piece : pieces.order()) {
                members.computeIfAbsent(find(piece), key -> new ArrayList<>()).add(piece);
            }
            List<List<Integer>> units = new ArrayList<>(members.values());
            int[] unitOf = new int[leader.length];
            for (int unit = 0; unit < units.size(); unit++) {
                for (int piece : units.get(unit)) {
                    unitOf[piece] = unit;
                }
            }
            return Precedence.of(
                            units.size(),
                            between -> pieces.forEach((before, after) ->
                                    addBetween(between, unitsOf(before, unitOf), unitsOf(after, unitOf))))
                    .map(order -> new StageUnits(roots, firstPiece, arrays(units, order.order())));
        }

        private static List<Integer> unitsOf(List<Integer> pieces, int[] unitOf) {
            return pieces.stream().map(piece -> unitOf[piece]).distinct().toList();
        }

        /** A unit need not come before itself: within it, its pieces have their order. */
        private static void addBetween(Precedence between, List<Integer> before, List<Integer> after) {
            if (Collections.disjoint(before, after)) {
                between.add(before, after);
                return;
            }
            for (Integer first : before) {
                for (Integer second : after) {
                    if (!first.equals(second)) {
                        between.add(List.of(first), List.of(second));
                    }
                }
            }
        }

        private static int[][] arrays(List<List<Integer>> units, int[] order) {
            int[][] arrays = new int[order.length][];
            for (int i = 0; i < order.length; i++) {
                arrays[i] =
                        units.get(order[i]).stream().mapToInt(piece -> piece).toArray();
            }
            return arrays;
        }

        private void joinPieces() {
            Arrays.setAll(leader, i -> i);
            for (Plan<?> plan : graph.joining()) {
                for (int partition = 0; partition < graph.leafCount(plan); partition++) {
                    List<Integer> together = pieces(plan, partition);
                    for (int piece : together) {
                        leader[find(piece)] = find(together.get(0));
                    }
                }
            }
        }

        private int find(int piece) {
            int at = piece;
            while (leader[at] != at) {
                leader[at] = leader[leader[at]];
                at = leader[at];
            }
            return at;
        }

        /** The pieces from which partition {@code partition} of {@code plan} is made. */
        private List<Integer> pieces(Plan<?> plan, int partition) {
            Set<Integer> found = new LinkedHashSet<>(2);
            collect(plan, partition, found);
            return List.copyOf(found);
        }

        private void collect(Plan<?> from, int fromPartition, Set<Integer> found) {
            Plan<?> plan = from;
            int partition = fromPartition;
            while (!rootNumbers.containsKey(plan)) {
                if (plan instanceof Zipped<?, ?, ?> zip) {
                    collect(zip.left(), partition, found);
                    plan = zip.right();
                } else if (plan instanceof Concatenated<?> concat) {
                    int bag = graph.bagOf(concat, partition);
                    partition -= graph.offsets(concat)[bag];
                    plan = concat.bags().get(bag);
                } else if (plan instanceof SelectedPartition<?> selected) {
                    partition = selected.index();
                    plan = selected.input();
                } else if (plan instanceof JoinedNeighbours<?> joined && graph.joinsForReal(joined)) {
                    Neighbours neighbours = new Neighbours(graph.leafCount(joined.input()), joined.partitionCount());
                    int last = neighbours.end(partition) - 1;
                    for (int member = neighbours.start(partition); member < last; member++) {
                        collect(joined.input(), member, found);
                    }
                    partition = last;
                    plan = joined.input();
                } else {
                    plan = (Plan<?>) plan.inputs().get(0);
                }
            }
            Integer root = rootNumbers.get(plan);
            found.add(firstPiece[root == null ? 0 : root] + partition);
        }
    }
}
