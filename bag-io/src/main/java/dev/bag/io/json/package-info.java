/**
 * JSON in bytes, without a tree and without a library. Seen by {@code dev.bag.io} only; knows neither files nor lines.
 *
 * <p>Words. A {@link dev.bag.io.json.FieldTree} holds the paths of fields that are looked for. A {@link
 * dev.bag.io.json.JsonScanner} walks over one document, checks every byte of it, and says where the values of these fields
 * stand. {@link dev.bag.io.json.JsonTexts} decodes texts with escapes.
 *
 * <p>The grammar is that of RFC 8259, section 2 to 7, and the limits are those of Jackson's parser, so that both accept the
 * same documents.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.io.json;
