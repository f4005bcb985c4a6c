/**
 * Records as tables that people look at. {@link dev.bag.show.Table#of} finds the columns, {@link dev.bag.show.TextTable} fits them into
 * the width of a terminal, {@link dev.bag.show.HtmlTable} is for notebooks. Runs as pages: {@link dev.bag.show.Page} is the page, {@link
 * dev.bag.show.LiveServer} serves it while runs go on. Knows neither bags nor runs: a caller hands over records, or JSON.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.show;
