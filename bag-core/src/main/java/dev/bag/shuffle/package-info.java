/**
 * What a shuffle or a sort does with entries: gathers them on the map side, seals them into segments that can be spilled,
 * and reduces them target by target within the memory there is. Knows no tasks and no threads.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.shuffle;

