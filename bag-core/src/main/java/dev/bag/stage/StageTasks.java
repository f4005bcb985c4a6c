package dev.bag.stage;

import dev.bag.kernel.Operator.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The tasks of a stage and their order. A <i>root partition</i> is one partition of one root; they are numbered through
 * all roots. Mostly each is a task. Where an operation needs several together, as {@code zip} does, those make up one
 * task; where an operation takes something from each partition to the next, tasks are in its order.
 */
public final class StageTasks {
    private final List<StageRoot> roots;
    /** The number of the first partition of each root, and how many there are in all. */
    private final int[] firstOf;
    /** The root partitions of each task; empty where each root partition is a task, in their order. */
    private final int[][] tasks;

    /**
     * One partition of a root.
     *
     * @param root the fragment that is the root
     * @param partition the partition of it
     * @param place where this is, for messages
     */
    public record RootPartition(int root, int partition, Place place) {}

    StageTasks(List<StageRoot> roots, int[] firstOf, int[][] tasks) {
        this.roots = roots;
        this.firstOf = firstOf;
        this.tasks = tasks;
    }

    /** Returns the tasks of {@code stage}, or none when no order of tasks satisfies all operations. */
    static Optional<StageTasks> find(Stage stage) {
        int[] firstOf = new int[stage.roots().size() + 1];
        for (int root = 0; root < stage.roots().size(); root++) {
            firstOf[root + 1] = firstOf[root] + stage.roots().get(root).partitionCount();
        }
        Lanes lanes = Lanes.of(stage, firstOf);
        return lanes.areRootPartitions()
                ? Optional.of(new StageTasks(stage.roots(), firstOf, new int[0][]))
                : new TaskOrder(stage, lanes).find().map(tasks -> new StageTasks(stage.roots(), firstOf, tasks));
    }

    /** Returns the tasks of {@code stage}, for which there is an order, as of all stages of a program. */
    public static StageTasks of(Stage stage) {
        return find(stage).orElseThrow(() -> new IllegalStateException("a stage has no order of tasks"));
    }

    /** Returns how many tasks there are. */
    public int count() {
        return tasks.length == 0 ? firstOf[roots.size()] : tasks.length;
    }

    /** Returns what a task reads, in the order in which it is read. */
    public List<RootPartition> rootPartitions(int task) {
        if (tasks.length == 0) {
            return List.of(rootPartition(task));
        }
        List<RootPartition> partitions = new ArrayList<>(tasks[task].length);
        for (int number : tasks[task]) {
            partitions.add(rootPartition(number));
        }
        return partitions;
    }

    private RootPartition rootPartition(int number) {
        int root = Arrays.binarySearch(firstOf, 0, roots.size(), number);
        root = root >= 0 ? root : -2 - root;
        int partition = number - firstOf[root];
        return new RootPartition(root, partition, new Place(roots.get(root).operator(), partition, roots.get(root)));
    }
}
