package dev.bag.kernel;

/** A sink that must know where its records come among all of a stage. */
public interface Positioned {

    /**
     * Says where; before the first record.
     *
     * @param position the number of the task in the upper half, that of the chunk in the lower, in the order in which one
     *     thread would work on them
     */
    void comesAt(long position);
}
