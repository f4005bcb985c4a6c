/**
 * What becomes of the records that a run leaves out because a policy says so: they are counted, told, and listed in files.
 *
 * <h2>Words</h2>
 *
 * <ul>
 *   <li><b>Skip</b>: a record that is left out. Its <b>spot</b> is the operation that failed on it, in a partition.
 *   <li><b>Policy</b>: lets so many records pass, see {@code dev.bag.plan.Guarded}.
 *   <li><b>Reading</b>: the spots of a bag are computed once in a stage, mostly in one stage only. Where several stages
 *       compute the same, what each leaves out is a beginning of what is left out when all of it is read. So the n-th skip
 *       of a spot is one skip, whichever reading comes to it.
 *   <li><b>Dead letter</b>: a line in a file that tells of a skip.
 * </ul>
 *
 * <h2>States</h2>
 *
 * <p>{@code TaskSkips} belongs to one attempt at a task. It is committed when the attempt counts, and forgotten otherwise.
 * {@code RunSkips} has all that is committed. When all has been read it finishes: the files get their names. When the run is
 * over it is closed, and nothing is left of what was not finished.
 *
 * <h2>Visibility</h2>
 *
 * <p>It sees the kernel, and knows no stages or threads. It is seen by {@code run} and, to check a policy, by {@code dev.bag}.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.run.skip;
