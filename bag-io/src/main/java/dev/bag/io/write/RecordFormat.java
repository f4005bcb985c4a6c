package dev.bag.io.write;

import java.io.IOException;
import java.io.Serializable;

/** How records become the bytes of files. */
public interface RecordFormat extends Serializable {

    /** What to do where records do not have the same columns. */
    String NAME_COLUMNS =
            "All records of an output have the same columns. Choose them by name with writeOptions().header(...).";

    /** Returns an encoder, which one thread at a time uses. */
    Encoder newEncoder();

    /** Returns what a file begins with that has no record. */
    byte[] beginningWithoutRecords();

    /**
     * Returns whether all files of an output begin with the same, as those do that have the names of their columns there. If so,
     * one without records begins as those with records do.
     */
    boolean beginsAlike();

    /** Makes bytes of records. */
    interface Encoder {

        /** Returns what a file begins with whose first record is {@code first}. */
        byte[] beginning(Object first);

        /** Returns what all records of an output must have in common with those that were written; empty if that is nothing. */
        String layout();

        /** Gives the bytes of a record, and of what ends it, to {@code out}. */
        void write(Object record, TextBuffer out) throws IOException;
    }
}
