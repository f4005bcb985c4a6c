/** Lazy parallel collections: {@code Bag}, {@code Delayed} and what runs them. */
@SuppressWarnings("requires-automatic") // Kryo names its module in the manifest only
module dev.bag.core {
    requires static transitive org.jspecify;
    requires com.esotericsoftware.kryo.kryo5;

    exports dev.bag;
    exports dev.bag.fold;
    exports dev.bag.function;
    exports dev.bag.source;
    exports dev.bag.value;

    // so that accumulators can be written to disk
    opens dev.bag.fold to
            com.esotericsoftware.kryo.kryo5;
}
