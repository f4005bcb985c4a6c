/**
 * What a fold can tell the engine about itself, beyond what every fold says, so that the engine may do the same with less.
 * Hidden from users: whoever does not ask for a trait gets the same answer.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.trait;

