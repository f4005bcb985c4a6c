/**
 * Files on web servers. Seen by {@code split} and {@code dev.bag.io}; loaded only if there is such a file, as {@code
 * java.net.http} is.
 *
 * <p>Words. {@link dev.bag.io.http.WebFiles} asks a server for the size and the version of a file when a bag is built.
 * The {@code version} is what the server says of it: its ETag, or when it was changed last. A {@code WebChannel} is the open file:
 * it asks for one range after the other, and compares the version of each with that. A {@code Request} gets a response from
 * wherever a server refers to, and tries again while it is overloaded. A {@code Body} is what comes of one response.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.io.http;
