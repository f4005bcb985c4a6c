package dev.bag.io.fuzz;

import java.util.List;

/** What bytes are given to that a fuzzer makes up. */
public interface FuzzTarget {

    /** Reads bytes. Throws anything if they are not read as they should be; that they are refused as they should be is no failure. */
    void read(byte[] input) throws Exception;

    /** Returns the inputs from which others are made. Those that take a program which is not installed are left out. */
    List<byte[]> seeds() throws Exception;
}
