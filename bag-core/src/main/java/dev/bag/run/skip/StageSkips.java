package dev.bag.run.skip;

import dev.bag.run.skip.TaskSkips.Told;

/**
 * What takes the skips of one stage.
 *
 * @param stage the number of the stage in the run
 */
public record StageSkips(RunSkips run, int stage) {

    /** Returns what takes those of one attempt at a chunk of a task. */
    public TaskSkips open(int task, int chunk, Told told) {
        return new TaskSkips(run, stage, task, chunk, told);
    }

    /** The stage is over: throws if it has left out more than a policy lets pass. */
    public void settle() {
        run.settle(stage);
    }
}
