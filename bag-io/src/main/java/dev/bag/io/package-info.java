/** Bags of records in files: {@code TextFiles} and what it needs. */
@org.jspecify.annotations.NullMarked
package dev.bag.io;
