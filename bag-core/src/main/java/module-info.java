/** Lazy parallel collections: {@code Bag}, {@code Delayed} and what runs them. */
module dev.bag.core {
    requires static transitive org.jspecify;

    exports dev.bag;
    exports dev.bag.fold;
    exports dev.bag.function;
    exports dev.bag.source;
    exports dev.bag.value;
}
