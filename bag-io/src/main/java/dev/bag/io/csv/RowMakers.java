package dev.bag.io.csv;

import dev.bag.io.file.InputFile;
import dev.bag.source.SourceException;
import java.io.Serializable;

/**
 * What is made of rows.
 *
 * @param <T> the records
 */
@FunctionalInterface
public interface RowMakers<T> extends Serializable {

    /** Returns what makes records of the rows of a file, or refuses its header, which stands in a line. */
    RowMaker<T> of(Header header, InputFile file, long headerLine) throws SourceException;

    /**
     * Makes a record of a row. Used by several threads at once.
     *
     * @param <T> the records
     */
    @FunctionalInterface
    interface RowMaker<T> {

        /** Returns the record. */
        T make(Row row) throws Exception;
    }
}
