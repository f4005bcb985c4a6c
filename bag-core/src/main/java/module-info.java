/** Lazy parallel collections: {@code Bag}, {@code Delayed} and what runs them. */
@SuppressWarnings({"requires-automatic", "module"}) // Kryo only says its name; bag-view is compiled later
module dev.bag.core {
    requires com.esotericsoftware.kryo.kryo5;
    requires jdk.unsupported; // for Kryo, which makes objects without calling their constructors
    requires static jdk.httpserver; // for dashboards
    requires static jdk.jfr; // recorded where there is a flight recorder
    requires static transitive org.jspecify;

    exports dev.bag;
    exports dev.bag.fold;
    exports dev.bag.function;
    exports dev.bag.show to
            dev.bag.view;
    exports dev.bag.source;
    exports dev.bag.value;

    uses dev.bag.show.Drawer;
    uses dev.bag.value.RecordFields;
}
