/**
 * What a bag or a delayed value means, as data: no behaviour, no handles.
 *
 * <h2>Words</h2>
 *
 * <ul>
 *   <li><b>Node</b>: a plan or a value ({@link dev.bag.plan.Node}). Nodes are told apart by identity.
 *   <li><b>Plan</b>: what a bag means ({@link dev.bag.plan.Plan}): a <b>leaf</b>, or an operation <b>within</b> a
 *       stage or <b>between</b> stages. A <b>narrow</b> operation keeps the partitions of its input.
 *   <li><b>Value</b>: what a delayed value means ({@link dev.bag.plan.Value}).
 *   <li><b>Input</b>: a node that another one is made of.
 *   <li><b>Flow</b>: what an operation must see of a partition, and of those before it ({@link dev.bag.plan.Within.Flow}).
 *   <li><b>Shape</b>: what is known of the partitions when a bag is built ({@link dev.bag.plan.Plan.Shape}).
 *   <li><b>Routing</b>: how a shuffle finds the partition of a record ({@link dev.bag.plan.Shuffled.Routing}).
 *   <li><b>Slot</b>: a number in the place of an input, in operations of a stage ({@link dev.bag.plan.Leaf.Slot}, {@link
 *       dev.bag.plan.Value.ValueSlot}).
 * </ul>
 *
 * <p>Each kind of node is a record that states its meaning in one sentence, checks its arguments, and says what an
 * engine must know of it. Whatever must treat all kinds differently implements {@code Cases}, with one method a kind,
 * so the compiler names what a new kind needs. Kinds that are much alike stand in one file: as variants of one of them,
 * in the interface that they share, or in {@link dev.bag.plan.InOrder}.
 *
 * <h2>States</h2>
 *
 * <p>There are none: nodes do not change. They can be serialized if the functions in them can.
 *
 * <h2>Visibility</h2>
 *
 * <p>It sees the exported packages {@code function}, {@code value}, {@code fold}, {@code source}, and {@code trait}.
 * It is seen by {@code optimize}, {@code stage}, {@code build}, {@code run} with what is below it, and {@code
 * dev.bag}.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.plan;
