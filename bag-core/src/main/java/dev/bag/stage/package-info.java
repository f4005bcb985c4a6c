/**
 * What a run does, as data: a plan divided into stages, with the tasks of each, what is read, and what becomes of the
 * records at the ends. It knows no threads and no memory, and can be sent elsewhere.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.stage;

