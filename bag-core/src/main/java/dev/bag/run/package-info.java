/**
 * Runs programs. {@link dev.bag.run.Engine} is what a runner needs of whatever runs them; {@link
 * dev.bag.run.LocalEngine} is the engine of this process.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.run;

