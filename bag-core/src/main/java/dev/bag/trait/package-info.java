/**
 * What a fold or a record can tell the engine about itself, beyond what all of them say, so that the engine may do the same
 * with less: {@link dev.bag.trait.Traits}; and how it is copied where it is kept: {@link dev.bag.trait.Copies}. Hidden from users.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.trait;
