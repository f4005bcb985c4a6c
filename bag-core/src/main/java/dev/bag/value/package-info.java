/** Small immutable values that appear in signatures. */
@org.jspecify.annotations.NullMarked
package dev.bag.value;
