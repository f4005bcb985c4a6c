/**
 * What a fold or a record can tell the engine about itself, beyond what all of them say, so that the engine may do the same
 * with less: {@link dev.bag.trait.Traits}. Hidden from users: the result is the same if a trait is not asked for.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.trait;
