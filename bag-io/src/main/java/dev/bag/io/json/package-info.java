/**
 * JSON: documents in bytes, and lines of them as records. Seen by {@code dev.bag.io} only; knows no files.
 *
 * <p>Words. A {@link dev.bag.io.json.FieldTree} holds the paths of fields that are looked for. A
 * {@code JsonScanner} walks over one document, without a tree and without a library, checks every byte of it, and says where the
 * values of these fields stand. {@link dev.bag.io.json.JsonTexts} decodes texts with escapes. The grammar is that of RFC 8259,
 * section 2 to 7, and the limits are those of Jackson's parser, so that both accept the same documents.
 *
 * <p>A {@code JsonLine} is one line, wherever its bytes are, and says where in it an error is. Two record makers read it:
 * {@link dev.bag.io.json.JsonRecords} by Jackson, as a {@link dev.bag.io.json.JsonBinding} says, and
 * {@link dev.bag.io.json.JsonRowRecords} by the scanner, into {@link dev.bag.io.json.RowValues}.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.io.json;
