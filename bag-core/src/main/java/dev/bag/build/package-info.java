/**
 * Makes the plans of operators out of what users write: what {@link dev.bag.Bag} and {@link dev.bag.KeyedBag} say in one
 * line each is made here of records of {@code dev.bag.plan}. What an operator needs that the plan does not say, such as
 * the keys of a join or the digits of a range, are functions, folds and sources of this package.
 *
 * <p>Nothing here runs anything or has a state. Seen by {@code dev.bag} only.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.build;
