/** Functions that may throw any exception: the arguments of the operators of a bag. */
@org.jspecify.annotations.NullMarked
package dev.bag.function;
