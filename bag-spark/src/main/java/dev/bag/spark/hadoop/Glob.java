package dev.bag.spark.hadoop;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A pattern of names as {@link java.nio.file.FileSystem#getPathMatcher} describes it, character by character as a regular expression. */
final class Glob {

    private final String glob;
    private final int[] characters;
    private final StringBuilder regex = new StringBuilder();
    private int at;
    private boolean isInGroup;

    private Glob(String glob) {
        this.glob = glob;
        this.characters = glob.codePoints().toArray();
    }

    static Pattern pattern(String glob) {
        Glob read = new Glob(glob);
        while (read.at < read.characters.length) {
            read.takeNext();
        }
        if (read.isInGroup) {
            throw read.wrong("} is missing");
        }
        return Pattern.compile(read.regex.toString(), Pattern.DOTALL);
    }

    private void takeNext() {
        int c = characters[at++];
        switch (c) {
            case '*' -> takeStars();
            case '?' -> regex.append("[^/]");
            case '[' -> takeBrackets();
            case '{' -> begin();
            case '}' -> regex.append(isInGroup ? ")" : "\\}");
            case ',' -> regex.append(isInGroup ? "|" : ",");
            case '\\' -> literal(next("a character is missing behind \\"));
            default -> literal(c);
        }
        isInGroup &= c != '}';
    }

    private void takeStars() {
        boolean isAnyDepth = at < characters.length && characters[at] == '*';
        at += isAnyDepth ? 1 : 0;
        regex.append(isAnyDepth ? ".*" : "[^/]*");
    }

    private void begin() {
        if (isInGroup) {
            throw wrong("{ is in another {");
        }
        isInGroup = true;
        regex.append("(?:");
    }

    /** One of some characters, or one that is not among them, but never what ends a name. */
    private void takeBrackets() {
        String unclosed = "] is missing";
        regex.append("[[^/]&&[");
        int c = next(unclosed);
        if (c == '!') {
            regex.append('^');
            c = next(unclosed);
        }
        while (c != ']') {
            if (c == '/') {
                throw wrong("/ is in brackets");
            }
            if (c == '-') {
                regex.append('-');
            } else {
                literal(c);
            }
            c = next(unclosed);
        }
        regex.append("]]");
    }

    private int next(String ifThereIsNone) {
        if (at == characters.length) {
            throw wrong(ifThereIsNone);
        }
        return characters[at++];
    }

    private void literal(int character) {
        if (character < 128 && !Character.isLetterOrDigit(character)) {
            regex.append('\\');
        }
        regex.appendCodePoint(character);
    }

    private PatternSyntaxException wrong(String what) {
        return new PatternSyntaxException(what, glob, glob.offsetByCodePoints(0, at - 1));
    }
}
