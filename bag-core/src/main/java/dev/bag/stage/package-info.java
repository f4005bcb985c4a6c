/**
 * What a run does, as data: a plan divided into stages, with the tasks of each, what is read, and what becomes of the
 * records at the ends. It knows no threads and no memory, and can be sent elsewhere.
 *
 * <h2>Words</h2>
 *
 * <ul>
 *   <li><b>Goal</b>: what a run is for: values, a stream, records to be kept ({@link dev.bag.stage.Goal}).
 *   <li><b>Program</b>: the steps of a run in order, a <b>call</b> or a <b>pass</b> through a stage each ({@link
 *       dev.bag.stage.Program}). Values and exchanges have numbers in it.
 *   <li><b>Stage</b>: what is worked through in one go ({@link dev.bag.stage.Stage}).
 *   <li><b>Root</b>: what a stage reads: a source, values, an exchange ({@link dev.bag.stage.StageRoot}).
 *   <li><b>Fragment</b>: a root or an operation of a stage. They are numbered through, roots first.
 *   <li><b>Lane</b>: a partition of a fragment, or one of those that make up a joined partition.
 *   <li><b>End</b>: where the records of a fragment leave the stage ({@link dev.bag.stage.EndSpec}).
 *   <li><b>Exchange</b>: an operation between stages. Earlier stages end in it, a later one has it as a root.
 *   <li><b>Root partition</b>: one partition of one root.
 *   <li><b>Task</b>: the root partitions that must be worked on together, mostly one ({@link
 *       dev.bag.stage.StageTasks}).
 *   <li><b>Level</b>: how many stages must be over before a node can be computed ({@code Levels}).
 * </ul>
 *
 * <h2>States</h2>
 *
 * <p>There are none: a program and its parts do not change once they are built. What follows from the lists of a
 * stage is found out again when it has been read from bytes.
 *
 * <h2>Visibility</h2>
 *
 * <p>It sees plans, the optimizer, and of the kernel only what names a place ({@code Operator}, {@code Operator.Place}) and
 * cuts evenly ({@code EvenCut}). It is seen by {@code run}, {@code run.wire} and, for goals and explanations, {@code
 * dev.bag}.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.stage;
