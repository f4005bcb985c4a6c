/**
 * What functions and folds can tell the engine about themselves, beyond what they compute, so that the engine may do the
 * same with less. Hidden from users: without a trait the same comes out.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.trait;

