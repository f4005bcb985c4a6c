/**
 * Rewrites plans into equal, cheaper plans.
 *
 * <h2>Words</h2>
 *
 * <ul>
 *   <li><b>Rule</b>: rewrites one operation, or leaves it ({@code Rule}). Those of one subject stand in one file, each
 *       with a picture of what it does.
 *   <li><b>Pass</b>: one walk over all that is wanted, inputs first, each node once ({@code Optimizer.Pass}). Passes follow
 *       each other until no rule finds anything.
 *   <li><b>Surroundings</b>: what a rule may ask beyond the node itself: its uses, and what is below ({@code
 *       Rule.Surroundings}).
 *   <li><b>Titled</b>: an operation with the names it was given, which move together ({@code Rule.Titled}).
 * </ul>
 *
 * <h2>States</h2>
 *
 * <p>There are none beyond a pass. What was shared stays shared: a node that several others use is rewritten once.
 *
 * <h2>Visibility</h2>
 *
 * <p>It sees plans, {@code trait}, and {@code function}. It is seen by {@code stage} only, through {@link
 * dev.bag.optimize.Optimizer}.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.optimize;
