package dev.bag.stage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which root partitions make up a task, and the order of the tasks. Root partitions that an operation needs together are
 * one set (union-find). Operations that need an order demand all that a lane reads before all that the next one reads; if
 * the demands contradict each other, there is no order in which all operations could share what they read.
 *
 * <p>Each lane of a fragment that changes lanes has two milestones, before and behind all that it reads. So the demands
 * are linear in the lanes of these fragments, however often an operation is used.
 */
final class TaskOrder {
    private final Stage stage;
    private final Lanes lanes;
    /** For union-find over root partitions. */
    private final int[] leader;
    /** Some root partition of each lane of each origin; all of a lane are in one task. */
    private final int[][] anyOf;
    /** The first milestone of each origin that is no root. */
    private final int[] milestones;

    private int milestoneCount;

    TaskOrder(Stage stage, Lanes lanes) {
        this.stage = stage;
        this.lanes = lanes;
        this.leader = new int[lanes.rootPartitionCount()];
        this.anyOf = new int[stage.fragmentCount()][];
        this.milestones = new int[stage.fragmentCount()];
        Arrays.setAll(leader, i -> i);
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
        int[] ordered =
                Arrays.stream(stage.inOrder()).map(lanes::origin).distinct().toArray();
        return demands(ordered).order().flatMap(order -> inOrder(tasks(order), ordered));
    }

    /** Makes one set of what a lane is made of. */
    private void join(int origin) {
        milestones[origin] = leader.length + milestoneCount;
        milestoneCount += 2 * stage.laneCount(origin);
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

    private Precedence demands(int[] ordered) {
        Precedence demands = new Precedence(leader.length, milestoneCount);
        lanes.forEachChange(origin -> {
            for (int lane = 0; lane < stage.laneCount(origin); lane++) {
                int begin = begin(origin, lane);
                int end = end(origin, lane);
                lanes.forEachBelow(origin, lane, (below, laneBelow) -> {
                    demands.add(begin, begin(below, laneBelow));
                    demands.add(end(below, laneBelow), end);
                });
            }
        });
        for (int origin : ordered) {
            for (int lane = 1; lane < stage.laneCount(origin); lane++) {
                demands.add(end(origin, lane - 1), begin(origin, lane));
            }
        }
        return demands;
    }

    /** What comes before all that a lane reads: a milestone, or the root partition that it is. */
    private int begin(int origin, int lane) {
        return stage.isRoot(origin) ? lanes.number(origin, lane) : milestones[origin] + 2 * lane;
    }

    /** What comes behind all that a lane reads. */
    private int end(int origin, int lane) {
        return stage.isRoot(origin) ? lanes.number(origin, lane) : milestones[origin] + 2 * lane + 1;
    }

    /** The sets, each in the given order, by the first member of each. */
    private List<int[]> tasks(int[] order) {
        Map<Integer, List<Integer>> members = new LinkedHashMap<>();
        for (int number : order) {
            members.computeIfAbsent(find(number), leading -> new ArrayList<>(1)).add(number);
        }
        return members.values().stream()
                .map(numbers -> numbers.stream().mapToInt(number -> number).toArray())
                .toList();
    }

    /** The tasks in an order that respects that of the lanes; a task need not come before itself. */
    private Optional<int[][]> inOrder(List<int[]> tasks, int[] ordered) {
        int[] taskOf = new int[leader.length];
        for (int task = 0; task < tasks.size(); task++) {
            for (int number : tasks.get(task)) {
                taskOf[number] = task;
            }
        }
        Precedence demands = new Precedence(tasks.size(), 0);
        for (int origin : ordered) {
            for (int lane = 1; lane < stage.laneCount(origin); lane++) {
                int before = taskOf[anyOf[origin][lane - 1]];
                int after = taskOf[anyOf[origin][lane]];
                if (before != after) {
                    demands.add(before, after);
                }
            }
        }
        return demands.order()
                .map(order -> Arrays.stream(order).mapToObj(tasks::get).toArray(int[][]::new));
    }
}
