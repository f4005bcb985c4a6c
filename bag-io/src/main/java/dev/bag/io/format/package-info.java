/** Bytes to records: lines of text in any charset. Knows neither which bytes are read nor how they were compressed. */
@org.jspecify.annotations.NullMarked
package dev.bag.io.format;
