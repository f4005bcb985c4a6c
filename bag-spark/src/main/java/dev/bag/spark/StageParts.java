package dev.bag.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.Partition;
import org.jspecify.annotations.Nullable;

/** What one task of Spark does: tasks of a stage, and what they read. */
final class StageParts implements Partition {

    private static final long serialVersionUID = 1;

    private final int index;
    private final int[] tasks;
    /** By task and root partition; null for what an exchange has. */
    private final ArrayList<ArrayList<byte @Nullable []>> parts = new ArrayList<>();

    StageParts(int index, int[] tasks, List<List<byte @Nullable []>> parts) {
        this.index = index;
        this.tasks = tasks;
        parts.forEach(each -> this.parts.add(new ArrayList<>(each)));
    }

    int[] tasks() {
        return tasks;
    }

    List<byte @Nullable []> parts(int at) {
        return parts.get(at);
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public int hashCode() {
        return index;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StageParts parts && parts.index == index;
    }
}
