package dev.bag.trait;

/**
 * What a comparator that is the natural order of a key of each record says besides: the key, so that most records can be
 * told apart by a number made of it.
 */
public interface KeyOrder {

    /** The key by whose natural order {@code record} is sorted. */
    Object keyOf(Object record);

    /** The order of two keys. */
    int compareKeys(Object left, Object right);
}
