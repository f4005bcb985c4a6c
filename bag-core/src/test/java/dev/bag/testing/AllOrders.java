package dev.bag.testing;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/**
 * Runs the operations of a class on some threads in one order of their steps after the other, by Lincheck: each result must be
 * one that the operations could have had one after the other, and what is to be {@linkplain
 * org.jetbrains.lincheck.datastructures.Validate validated} must hold in the end. {@code -Dorders=20000} tries more.
 */
public final class AllOrders {

    /** How many different operations are tried, and in how many orders each. */
    private static final int SCENARIOS = 10;

    private static final int ORDERS = Integer.getInteger("orders", 300);

    private AllOrders() {}

    /** Checks {@code operations}, of which each thread makes so many. */
    public static void check(Class<?> operations, int threads, int operationsOfEach) {
        new ModelCheckingOptions()
                .threads(threads)
                .actorsPerThread(operationsOfEach)
                .iterations(SCENARIOS)
                .invocationsPerIteration(ORDERS)
                .check(operations);
    }

    /** Fails unless {@code holds}: within operations there can be no assertions of a library, because its steps would count. */
    public static void holds(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
