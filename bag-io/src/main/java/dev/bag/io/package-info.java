/**
 * Bags of records in files: {@code TextFiles}, {@code JsonLines}, {@code CsvFiles}, {@code Archives}, {@code WholeFiles} and what
 * they need.
 * The only package of this module that others see.
 *
 * <p>Hidden in it are the parts of text sources. A {@code TextPart} describes a partition and opens {@code SlicesInTurn}, which
 * opens one {@code OpenedSlice} after the other: the place where codecs, boundaries and formats meet. {@code TextRecords} is
 * the record maker of text, {@code JsonRecords} and {@code JsonRowRecords} are those of JSON. {@code LineFiles} is what the
 * options of all formats have in common.
 * Of an archive {@code EntriesInTurn} opens one entry after the other in the same way.
 * {@code TextSink} is where records become the bytes of files.
 *
 * <p>A {@code CsvPart} opens one {@code OpenedCsv} after the other, which gives rows of {@code dev.bag.io.csv} to a row maker: that
 * of {@code CsvRecord}, or a {@code CsvBinding} to a record class. A {@code WholePart} reads one file after the other.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.io;
