package dev.bag.shuffle;

import dev.bag.spill.RunSpace;

/** What one sink may gather before it seals what it has. The more sinks gather at the same time, the less. */
final class Gathering {

    private final RunSpace space;
    private boolean isOver;

    /** From now on until {@link #end} a sink gathers. */
    Gathering(RunSpace space) {
        this.space = space;
        space.gatheringBegins();
    }

    /** The share of the sink in the memory, as things are now. */
    long share() {
        return space.taskShare();
    }

    /** The sink gathers no more; may be told again. */
    void end() {
        if (!isOver) {
            isOver = true;
            space.gatheringEnds();
        }
    }
}
