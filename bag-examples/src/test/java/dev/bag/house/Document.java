package dev.bag.house;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A Markdown file: its fenced blocks, and the prose around them. */
record Document(Path file, List<Document.Block> blocks, List<Document.Line> prose) {

    private static final Pattern FENCE = Pattern.compile("\\s*(```+|~~~+)\\s*(\\w*).*");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(<?([^)>\\s]+)[^)]*\\)");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    record Block(String language, int line, String text) {}

    record Line(int number, String text) {}

    static Document read(Path file) {
        List<Block> blocks = new ArrayList<>();
        List<Line> prose = new ArrayList<>();
        List<String> lines = SourceTree.lines(file);
        for (int i = 0; i < lines.size(); i++) {
            var fence = FENCE.matcher(lines.get(i));
            if (!fence.matches()) {
                prose.add(new Line(i + 1, lines.get(i)));
                continue;
            }
            int end = i + 1;
            while (end < lines.size() && !lines.get(end).strip().equals(fence.group(1))) end++;
            blocks.add(new Block(fence.group(2), i + 1, String.join("\n", lines.subList(i + 1, end))));
            i = end;
        }
        return new Document(file, blocks, prose);
    }

    List<Line> links() {
        return find(LINK);
    }

    List<Line> inlineCode() {
        return find(CODE);
    }

    private List<Line> find(Pattern pattern) {
        List<Line> found = new ArrayList<>();
        for (Line line : prose) {
            pattern.matcher(line.text())
                    .results()
                    .map((MatchResult match) -> new Line(line.number(), match.group(1)))
                    .forEach(found::add);
        }
        return found;
    }
}
