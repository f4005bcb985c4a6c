/**
 * Summaries of many records, made in parts that are merged: {@code Fold} and the ready-made {@code Folds}, each family of
 * which is one file, such as {@code DoubleFolds}.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.fold;
