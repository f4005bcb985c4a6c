/**
 * The file systems of Hadoop as file systems of {@code java.nio.file}, so that bag-io reads and writes them as it does all
 * others: {@link dev.bag.spark.hadoop.HadoopResolver} is how it finds them. Sees no other package.
 *
 * <p>An interface of {@code java.nio.file} promises a rename that is atomic; here it is as atomic as the file system is. One that
 * cannot append gets a copy with more behind it, which is put in place when it is closed.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.spark.hadoop;
