/** Where records come from: the extension point for readers of files and for a user's own data. */
@org.jspecify.annotations.NullMarked
package dev.bag.source;
