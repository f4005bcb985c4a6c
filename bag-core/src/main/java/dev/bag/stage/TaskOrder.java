package dev.bag.stage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which root partitions make up a task, and the order of the tasks. Root partitions that an operation needs together are
 * one set (union-find). Their order is the one in which the operations that need an order meet them, those with most lanes
 * first; if that is not the order of each such operation, there is none in which all of them could share what they read.
 *
 * <p>What is found out of a lane is kept, so that the whole is linear in the lanes of the operations that change lanes,
 * however often an operation is used.
 */
final class TaskOrder {
    private final Stage stage;
    private final Lanes lanes;
    /** For union-find over root partitions. */
    private final int[] leader;
    /** Some root partition of each lane of each origin; all of a lane are in one task. */
    private final int[][] anyOf;
    /** The place of each root partition in the order; -1 until it is met. */
    private final int[] places;
    private int met;

    TaskOrder(Stage stage, Lanes lanes) {
        this.stage = stage;
        this.lanes = lanes;
        this.leader = new int[lanes.rootPartitionCount()];
        this.places = new int[leader.length];
        this.anyOf = new int[stage.fragmentCount()][];
        Arrays.setAll(leader, i -> i);
        Arrays.fill(places, -1);
    }

    /** Returns the root partitions of each task, unless operations contradict each other. */
    Optional<int[][]> find() {
        for (int root = 0; root < stage.firstOperation(); root++) {
            int[] own = new int[stage.laneCount(root)];
            for (int lane = 0; lane < own.length; lane++) {
                own[lane] = lanes.number(root, lane);
            }
            anyOf[root] = own;
        }
        lanes.forEachChange(this::join);
        List<Integer> inOrder = originsInOrder();
        meet(inOrder);
        int[][] tasks = tasks();
        return isOrderOf(inOrder, tasks) ? Optional.of(tasks) : Optional.empty();
    }

    /** Makes one set of what a lane is made of. */
    private void join(int origin) {
        int[] any = new int[stage.laneCount(origin)];
        for (int lane = 0; lane < any.length; lane++) {
            int[] first = {-1};
            lanes.forEachBelow(origin, lane, (below, laneBelow) -> {
                int number = anyOf[below][laneBelow];
                if (first[0] < 0) {
                    first[0] = number;
                } else {
                    leader[find(number)] = find(first[0]);
                }
            });
            any[lane] = first[0];
        }
        anyOf[origin] = any;
    }

    private int find(int number) {
        int at = number;
        while (leader[at] != at) {
            leader[at] = leader[leader[at]];
            at = leader[at];
        }
        return at;
    }

    private List<Integer> originsInOrder() {
        Set<Integer> origins = new LinkedHashSet<>();
        for (int fragment : stage.inOrder()) {
            origins.add(lanes.origin(fragment));
        }
        List<Integer> mostFirst = new ArrayList<>(origins);
        mostFirst.sort(Comparator.comparing((Integer origin) -> -stage.laneCount(origin)));
        return mostFirst;
    }

    /** Gives each root partition its place: as the lanes of these fragments meet them, and then the rest. */
    private void meet(List<Integer> origins) {
        boolean[][] seen = new boolean[stage.fragmentCount()][];
        for (int origin : origins) {
            for (int lane = 0; lane < stage.laneCount(origin); lane++) {
                meet(origin, lane, seen);
            }
        }
        for (int number = 0; number < places.length; number++) {
            if (places[number] < 0) {
                places[number] = met++;
            }
        }
    }

    private void meet(int from, int fromLane, boolean[][] seen) {
        Deque<int[]> open = new ArrayDeque<>();
        open.push(new int[] {from, fromLane});
        while (!open.isEmpty()) {
            int[] next = open.pop();
            int origin = next[0];
            if (seen[origin] == null) {
                seen[origin] = new boolean[stage.laneCount(origin)];
            }
            if (seen[origin][next[1]]) {
                continue;
            }
            seen[origin][next[1]] = true;
            if (stage.isRoot(origin)) {
                places[lanes.number(origin, next[1])] = met++;
                continue;
            }
            Deque<int[]> below = new ArrayDeque<>(2);
            lanes.forEachBelow(origin, next[1], (fragment, lane) -> below.push(new int[] {fragment, lane}));
            below.forEach(open::push);
        }
    }

    /** Tasks in the order of the first place in each, and within a task in the order of the places. */
    private int[][] tasks() {
        int[] byPlace = new int[places.length];
        for (int number = 0; number < places.length; number++) {
            byPlace[places[number]] = number;
        }
        Map<Integer, List<Integer>> members = new LinkedHashMap<>();
        for (int number : byPlace) {
            members.computeIfAbsent(find(number), leading -> new ArrayList<>(1)).add(number);
        }
        return members.values().stream()
                .map(numbers -> numbers.stream().mapToInt(number -> number).toArray())
                .toArray(int[][]::new);
    }

    /** Whether each lane is read before the next one: its task is not a later one, and its last place is before. */
    private boolean isOrderOf(List<Integer> origins, int[][] tasks) {
        if (origins.isEmpty()) {
            return true;
        }
        int[] taskOf = new int[places.length];
        for (int task = 0; task < tasks.length; task++) {
            for (int number : tasks[task]) {
                taskOf[number] = task;
            }
        }
        Spans spans = new Spans();
        for (int root = 0; root < stage.firstOperation(); root++) {
            spans.addRoot(root);
        }
        lanes.forEachChange(spans::add);
        return origins.stream().allMatch(origin -> spans.rise(origin, taskOf));
    }

    /** The first and the last place of what each lane of each origin reads. */
    private final class Spans {
        private final int[][] firsts = new int[stage.fragmentCount()][];
        private final int[][] lasts = new int[stage.fragmentCount()][];

        void addRoot(int root) {
            int[] own = new int[stage.laneCount(root)];
            for (int lane = 0; lane < own.length; lane++) {
                own[lane] = places[lanes.number(root, lane)];
            }
            firsts[root] = own;
            lasts[root] = own;
        }

        void add(int origin) {
            int[] first = new int[stage.laneCount(origin)];
            int[] last = new int[first.length];
            Arrays.fill(first, Integer.MAX_VALUE);
            for (int lane = 0; lane < first.length; lane++) {
                int of = lane;
                lanes.forEachBelow(origin, lane, (below, laneBelow) -> {
                    first[of] = Math.min(first[of], firsts[below][laneBelow]);
                    last[of] = Math.max(last[of], lasts[below][laneBelow]);
                });
            }
            firsts[origin] = first;
            lasts[origin] = last;
        }

        boolean rise(int origin, int[] taskOf) {
            for (int lane = 1; lane < firsts[origin].length; lane++) {
                if (lasts[origin][lane - 1] >= firsts[origin][lane]
                        || taskOf[anyOf[origin][lane - 1]] > taskOf[anyOf[origin][lane]]) {
                    return false;
                }
            }
            return true;
        }
    }
}
