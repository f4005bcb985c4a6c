package dev.bag.value;

import java.util.Map;
import java.util.Optional;

/**
 * Knows the fields of a type of record that is neither a Java record nor a map, so that tables show each as a column. A library
 * provides it as a service ({@link java.util.ServiceLoader}) for its own types; bag-io does for rows of CSV and JSON.
 */
@FunctionalInterface
public interface RecordFields {

    /**
     * Returns the fields of a record, in the order of the columns.
     *
     * @param record any record of any bag
     * @return names and values; empty if {@code record} is of a type that this does not know
     */
    Optional<? extends Map<String, ?>> of(Object record);
}
