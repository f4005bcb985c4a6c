package dev.bag.memory;

import java.io.IOException;

/** Something a run keeps in memory that can be written to disk instead. */
public interface Spillable {

    /** About how many bytes of memory that would free. */
    long bytes();

    /**
     * Writes it to disk, on any thread; does nothing when that has been done already or it is not needed any more.
     *
     * @return about how many bytes of memory that has freed
     */
    long spill() throws IOException;

    /** Nobody will need it any more: it is given up, and the memory it has counted is given back. */
    void drop();
}
