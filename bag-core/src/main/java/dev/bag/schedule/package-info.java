/** Runs batches of tasks on threads: order, failure, cancel. Knows no plans and no records. */
@org.jspecify.annotations.NullMarked
package dev.bag.schedule;

