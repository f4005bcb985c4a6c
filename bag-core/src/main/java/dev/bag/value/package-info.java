/**
 * Small immutable values that appear in signatures.
 *
 * <p>A <i>view</i> ({@code View}) is a value that refers to bytes it does not own, such as a {@code Utf8} that is a piece
 * of what was read; a <i>block</i> ({@code Block}) is these bytes, until their buffer is used again.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.value;
