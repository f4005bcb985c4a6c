package dev.bag.io.csv;

/**
 * Whole rows of a text.
 *
 * @param length how many of the characters are of the rows
 * @param linesBefore how many lines of the text precede them
 */
public record RowBlock(char[] characters, int length, long linesBefore) {}
