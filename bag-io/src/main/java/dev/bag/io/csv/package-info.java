/**
 * Delimiter-separated values: rows out of bytes, records out of rows, and rows out of records. Seen by {@code dev.bag.io} only.
 *
 * <p>Words. A {@link dev.bag.io.csv.Dialect} says which characters have a meaning. A {@link dev.bag.io.csv.RowText} decodes
 * a file and cuts it into {@link dev.bag.io.csv.RowBlock}s of whole rows: that is quick, because {@code RowEnds} only
 * looks for where rows end. {@link dev.bag.io.csv.Rows} parses the rows of a block, on any thread. A
 * {@link dev.bag.io.csv.Row} is all its values in one text. The {@link dev.bag.io.csv.Header} of a file is shared by its
 * rows. None of these knows how files are compressed, nor what becomes of a row.
 *
 * <p>Reading: a {@link dev.bag.io.csv.CsvPart} opens one {@code OpenedCsv} after the other, which gives rows to
 * {@link dev.bag.io.csv.RowMakers}, of which {@link dev.bag.io.csv.CsvBinding} is the one for record classes. Writing: a
 * {@link dev.bag.io.csv.CsvLayout} says how, {@code CsvEncoder} finds the values of a record, and
 * {@link dev.bag.io.csv.RowWriter} writes them.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.io.csv;
