package dev.bag.view;

import dev.bag.show.Drawer;
import org.graphper.draw.ExecuteException;
import org.graphper.parser.DotParser;

/** Draws graphs with graphper, which lays them out as Graphviz does, in Java alone. */
public final class GraphDrawer implements Drawer {

    /** Called by the service loader. */
    public GraphDrawer() {}

    /** In place of a backslash, which graphper takes for the beginning of a line break or a tab also behind another one. */
    private static final String BACKSLASH = "\uE05C";

    /** The name by which Java knows any font without serifs, and browsers none. */
    private static final String FONT_OF_JAVA = "font-family=\"SansSerif\"";

    @Override
    public String svg(String dot) {
        try {
            return DotParser.parse(dot.replace("\\\\", BACKSLASH))
                    .toSvgStr()
                    .replace(BACKSLASH, "\\")
                    .replace(FONT_OF_JAVA, "font-family=\"sans-serif\"");
        } catch (ExecuteException e) {
            throw new IllegalStateException("the picture cannot be drawn; a .dot file can be written instead", e);
        }
    }
}
