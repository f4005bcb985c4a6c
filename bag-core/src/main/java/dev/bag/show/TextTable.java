package dev.bag.show;

import dev.bag.text.OneLine;
import java.util.ArrayList;
import java.util.List;

/** A {@link Table} as lines of text that are no longer than a terminal is wide. */
public final class TextTable {

    private static final String GAP = "  ";
    /** A column is not made narrower. */
    private static final int NARROWEST = 8;

    private static final int NARROWEST_TERMINAL = 20;

    private TextTable() {}

    /**
     * Returns the lines of a table, each with a line feed. Long texts are cut; columns for which there is no room are named below.
     *
     * @param terminal how many cells a line has
     */
    public static String of(Table table, int terminal) {
        int[] widths = widths(table);
        int shown = fit(widths, Math.max(terminal, NARROWEST_TERMINAL));
        StringBuilder text = new StringBuilder();
        addRow(table.columns(), table, widths, shown, text);
        List<String> lines = new ArrayList<>(shown);
        for (int i = 0; i < shown; i++) {
            lines.add("-".repeat(widths[i]));
        }
        addRow(lines, table, widths, shown, text);
        table.rows().forEach(row -> addRow(row, table, widths, shown, text));
        addNote("(" + table.note() + ")", terminal, text);
        if (shown < table.columns().size()) {
            List<String> left = table.columns().subList(shown, table.columns().size());
            addNote("(no room for " + String.join(", ", left) + ")", terminal, text);
        }
        return text.toString();
    }

    private static void addNote(String note, int terminal, StringBuilder text) {
        text.append(OneLine.cut(note, Math.max(terminal, NARROWEST_TERMINAL))).append('\n');
    }

    private static int[] widths(Table table) {
        int[] widths = new int[table.columns().size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = OneLine.width(OneLine.of(table.columns().get(i)));
            for (List<String> row : table.rows()) {
                widths[i] = Math.max(widths[i], OneLine.width(row.get(i)));
            }
        }
        return widths;
    }

    /** Makes the widest columns narrower until all fit, or no column can be; returns how many columns fit. */
    private static int fit(int[] widths, int terminal) {
        int sum = GAP.length() * (widths.length - 1);
        int floor = sum;
        for (int width : widths) {
            sum += width;
            floor += Math.min(width, NARROWEST);
        }
        int shown = widths.length;
        while (shown > 1 && floor > terminal) {
            shown--;
            sum -= widths[shown] + GAP.length();
            floor -= Math.min(widths[shown], NARROWEST) + GAP.length();
        }
        while (sum > terminal) {
            int widest = 0;
            for (int i = 1; i < shown; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            widths[widest]--;
            sum--;
        }
        return shown;
    }

    private static void addRow(List<String> cells, Table table, int[] widths, int shown, StringBuilder text) {
        int begin = text.length();
        for (int i = 0; i < shown; i++) {
            String cell = OneLine.cut(OneLine.of(cells.get(i)), widths[i]);
            String pad = " ".repeat(widths[i] - OneLine.width(cell));
            boolean isRight = table.areNumbers().get(i);
            text.append(i == 0 ? "" : GAP).append(isRight ? pad + cell : cell + pad);
        }
        while (text.length() > begin && text.charAt(text.length() - 1) == ' ') {
            text.setLength(text.length() - 1);
        }
        text.append('\n');
    }
}
