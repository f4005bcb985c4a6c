/**
 * Keys: when two are the same one, the hash by which they are spread over partitions, and the table that finds them.
 *
 * <p><b>Words.</b> A key is compared by {@code equals}, an array by its content. Its <i>stable hash</i> is the same in
 * every JVM and consistent with {@code equals}; the partition that it leads to is the <i>target</i>.
 *
 * <p><b>Visibility.</b> Used by the kernel, shuffles and runs; hidden from users.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.key;
