/**
 * Records as tables that people look at. {@link dev.bag.show.Table#of} finds the columns, {@link dev.bag.show.TextTable} fits them into
 * the width of a terminal, {@link dev.bag.show.HtmlTable} is for notebooks. Knows no bags: a caller hands over the records.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.show;
