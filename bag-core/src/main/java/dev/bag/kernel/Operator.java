package dev.bag.kernel;

import java.io.Serializable;
import java.util.function.Supplier;

/**
 * What messages call an operation.
 *
 * @param name its kind, such as {@code map}
 * @param label with the user's name for it, such as {@code map "parse"}
 * @param chain returns the operations from the source to the result; asked only for a message
 */
public record Operator(String name, String label, Supplier<String> chain) implements Serializable {}
