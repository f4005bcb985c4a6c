package dev.bag.value;

/** Where {@code persist} keeps the records of a bag. */
public enum Storage {

    /** In memory, as the objects they are; what exceeds the memory of the runner is written to disk. */
    MEMORY,

    /** On disk from the beginning: takes no memory, and each reading reads the files. */
    DISK
}
