package dev.bag.trait;

/**
 * A function of entries or an {@link Expander} that returns only entries with the very key of the one it was given, so
 * that they lie where they belong if that one did.
 */
public interface KeepsKeys {}
