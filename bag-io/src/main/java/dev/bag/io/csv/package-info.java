/**
 * Delimiter-separated values: rows out of bytes, records out of rows, and rows out of records. Seen by {@code dev.bag.io} only.
 *
 * <p>Words. A {@code Dialect} says which characters have a meaning. {@code RowBlocks} cuts a file into blocks of whole rows:
 * that is quick, because {@code RowEnds} only looks for where rows end. {@code Rows} parses the rows of a block, on any
 * thread. Both come in two kinds: {@code RowBytes} and {@code ByteRows} look at the bytes of UTF-8, {@code RowText} and
 * {@code LibraryRows} decode all other charsets, and have FastCSV parse them. A {@link dev.bag.io.csv.Row} is where a reader
 * is; {@link dev.bag.io.csv.Cells} are what is kept of it. The {@link dev.bag.io.csv.Header} of a file is shared by its
 * rows. None of these knows how files are compressed, nor what becomes of a row.
 *
 * <p>Reading: a {@link dev.bag.io.csv.CsvPart} opens one {@code OpenedCsv} after the other, which gives rows to what
 * {@link dev.bag.io.csv.Row.Makers} has made; {@link dev.bag.io.csv.CsvBinding} is the one for record classes. Writing: a
 * {@link dev.bag.io.csv.CsvLayout} says how, {@code CsvEncoder} finds the values of a record, and
 * {@link dev.bag.io.csv.RowWriter} writes them.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.io.csv;
