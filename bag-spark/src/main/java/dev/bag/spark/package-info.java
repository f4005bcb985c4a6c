/**
 * Bags on a cluster: {@link dev.bag.spark.SparkRunner} makes a {@link dev.bag.Runner} whose stages are worked through by
 * Apache Spark.
 *
 * <h2>Words</h2>
 *
 * <ul>
 *   <li><b>Job</b>: a stage of a program is a job of Spark, its tasks are tasks of Spark. Each runs the readers, loops and tables of
 *       bag-core ({@code FarStage}).
 *   <li><b>Block</b>: entries of an exchange for one target, as bytes. A shuffle of Spark moves blocks and knows nothing of what
 *       is in them. All exchanges at which a stage ends share one shuffle: its first partition has what the tasks have left for the
 *       driver, and those of the ends lie behind it, one after the other.
 * </ul>
 */
@org.jspecify.annotations.NullMarked
package dev.bag.spark;
