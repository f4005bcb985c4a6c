/** Summaries of many records that can be made in parts and merged: {@code Fold} and the ready-made {@code Folds}. */
@org.jspecify.annotations.NullMarked
package dev.bag.fold;

