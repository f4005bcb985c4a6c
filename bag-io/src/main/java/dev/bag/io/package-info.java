/**
 * Bags of records in files: {@code TextFiles}, {@code JsonLines}, {@code CsvFiles}, {@code Archives}, {@code WholeFiles} and what
 * they need.
 * The only package of this module that others see.
 *
 * <p>Options keep a {@code LineFiles} of {@code dev.bag.io.parts} and what their format has beside it in {@code dev.bag.io.csv} and
 * {@code dev.bag.io.json}. None of those packages sees this one: a public choice, such as {@code Malformed}, holds what it is called
 * there, and {@code InstalledCodecs} gives them the codecs that users bring. Hidden in this package are parts whose records are
 * public: an {@code ArchivePart} reads entries, a {@code WholePart} one file after the other. {@code TextSink} is where
 * records become the bytes of files.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.io;
