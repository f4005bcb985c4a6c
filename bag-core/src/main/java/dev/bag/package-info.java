/** Lazy parallel collections: {@code Bag}, {@code KeyedBag}, {@code Delayed} and the {@code Runner} that runs them. */
@org.jspecify.annotations.NullMarked
package dev.bag;

