package dev.bag.value;

/** Where {@code persist} keeps the records of a bag. */
public enum Storage {

    /** In memory, as the same objects; what exceeds the memory of the runner is written to disk. */
    MEMORY,

    /** On disk from the beginning: takes no memory, and each run reads the files. */
    DISK
}
