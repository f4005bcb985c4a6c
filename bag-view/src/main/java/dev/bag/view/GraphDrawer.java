package dev.bag.view;

import dev.bag.show.Drawer;
import org.graphper.draw.ExecuteException;
import org.graphper.parser.DotParser;

/** Draws graphs with graphper, which lays them out as Graphviz does, in Java alone. */
public final class GraphDrawer implements Drawer {

    /** Called by the service loader. */
    public GraphDrawer() {}

    @Override
    public String svg(String dot) {
        try {
            return DotParser.parse(dot).toSvgStr();
        } catch (ExecuteException e) {
            throw new IllegalStateException("the picture cannot be drawn; a .dot file can be written instead", e);
        }
    }
}
