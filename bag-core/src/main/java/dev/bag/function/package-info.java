/** Functions that may throw anything: what the operators of a bag are given. */
@org.jspecify.annotations.NullMarked
package dev.bag.function;

