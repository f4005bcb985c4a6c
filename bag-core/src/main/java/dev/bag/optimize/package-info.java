/** Rewrites plans into equal, cheaper plans: one rule a file. */
@org.jspecify.annotations.NullMarked
package dev.bag.optimize;

