/**
 * Rows of delimiter-separated values out of bytes. Seen by {@code dev.bag.io} only; knows neither how files are compressed,
 * nor what becomes of a row.
 *
 * <p>Words. A {@link dev.bag.io.csv.Dialect} says which characters have a meaning. A {@link dev.bag.io.csv.RowText} decodes
 * a file and cuts it into {@link dev.bag.io.csv.RowBlock}s of whole rows: that is quick, because {@code RowEnds} only
 * looks for where rows end. {@link dev.bag.io.csv.Rows} parses the rows of a block, on any thread. A
 * {@link dev.bag.io.csv.Row} is all its values in one text. The {@link dev.bag.io.csv.Header} of a file is shared by its
 * rows.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.io.csv;
