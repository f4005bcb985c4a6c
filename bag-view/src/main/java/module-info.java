/** Pictures of plans: what {@code visualize} needs. */
@SuppressWarnings("requires-automatic") // graphper only has the names of its jars
module dev.bag.view {
    requires dev.bag.core;
    requires graph.support.core;
    requires graph.support.dot;
    requires org.slf4j; // graphper logs with it, and cannot say so
    requires static org.jspecify;

    provides dev.bag.show.Drawer with
            dev.bag.view.GraphDrawer;
}
