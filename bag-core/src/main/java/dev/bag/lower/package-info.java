/** Turns plans into stages of tasks: the only place that knows plans, kernels and the scheduler. */
@org.jspecify.annotations.NullMarked
package dev.bag.lower;
