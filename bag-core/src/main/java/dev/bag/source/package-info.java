/** Where records come from, and where they are written to: the extension point for files and for a user's own data. */
@org.jspecify.annotations.NullMarked
package dev.bag.source;
