/** Summaries of many records, made in parts that are merged: {@code Fold} and the ready-made {@code Folds}. */
@org.jspecify.annotations.NullMarked
package dev.bag.fold;
