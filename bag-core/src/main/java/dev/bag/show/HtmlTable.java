package dev.bag.show;

import dev.bag.text.OneLine;
import java.util.List;

/** A {@link Table} as HTML, for notebooks. Without scripts and style sheets, so that any page can hold it. */
public final class HtmlTable {

    /** Longer cells are cut. */
    private static final int LONGEST = 200;

    private HtmlTable() {}

    /** Returns an element {@code table}. */
    public static String of(Table table) {
        StringBuilder html = new StringBuilder("<table>\n<thead>\n");
        addRow(table.columns(), "th", table, html);
        html.append("</thead>\n<tbody>\n");
        table.rows().forEach(row -> addRow(row, "td", table, html));
        html.append("</tbody>\n<tfoot>\n<tr><td colspan=\"")
                .append(table.columns().size())
                .append("\">")
                .append(escaped(table.note()))
                .append("</td></tr>\n</tfoot>\n</table>\n");
        return html.toString();
    }

    private static void addRow(List<String> cells, String element, Table table, StringBuilder html) {
        html.append("<tr>");
        for (int i = 0; i < cells.size(); i++) {
            String style = table.areNumbers().get(i) ? " style=\"text-align: right\"" : " style=\"text-align: left\"";
            html.append('<').append(element).append(style).append('>');
            html.append(escaped(OneLine.cut(OneLine.of(cells.get(i)), LONGEST)));
            html.append("</").append(element).append('>');
        }
        html.append("</tr>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
