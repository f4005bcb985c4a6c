package dev.bag.io.split;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern for one name in a directory: {@code *} is any text, {@code ?} any character, {@code [a-z]} one of some,
 * {@code [!a-z]} none of some. A bracket that is not closed stands for itself. Own code, because not every file system
 * comes with a matcher.
 */
final class Glob {

    private final String pattern;

    Glob(String pattern) {
        this.pattern = pattern;
    }

    /** Returns whether a name has to be looked up in a directory. */
    static boolean isPattern(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ("*?[{".indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** The texts that braces stand for: {@code a{b,c}d} is {@code abd} and {@code acd}. */
    static List<String> alternatives(String text) {
        int open = text.indexOf('{');
        int close = open < 0 ? -1 : closingBrace(text, open);
        if (close < 0) {
            return List.of(text);
        }
        List<String> all = new ArrayList<>();
        for (String inner : splitAtCommas(text.substring(open + 1, close))) {
            all.addAll(alternatives(text.substring(0, open).concat(inner).concat(text.substring(close + 1))));
        }
        return all;
    }

    private static int closingBrace(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private static List<String> splitAtCommas(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** Names that begin with a dot or an underscore are matched only by patterns that begin with it, too. */
    boolean matches(String name) {
        if (isIgnored(name) && (pattern.isEmpty() || pattern.charAt(0) != name.charAt(0))) {
            return false;
        }
        return matchesText(name);
    }

    /** Hidden names, and those that other tools write beside their data, such as {@code _SUCCESS}. */
    static boolean isIgnored(String name) {
        return name.startsWith(".") || name.startsWith("_");
    }

    /** On a mismatch the last star takes one character more: no pattern takes more than length times length steps. */
    private boolean matchesText(String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int starName = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                starName = n;
            } else if (p < pattern.length() && matchesOne(p, name.charAt(n))) {
                p = elementEnd(p);
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++starName;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private boolean matchesOne(int p, char c) {
        char wanted = pattern.charAt(p);
        if (wanted == '[' && bracketEnd(p) > 0) {
            return inBracket(p, c);
        }
        return wanted == '?' || wanted == c;
    }

    private int elementEnd(int p) {
        int bracketEnd = pattern.charAt(p) == '[' ? bracketEnd(p) : -1;
        return bracketEnd > 0 ? bracketEnd + 1 : p + 1;
    }

    /** The closing bracket; the first character inside does not close. */
    private int bracketEnd(int p) {
        int first = isNegated(p) ? p + 2 : p + 1;
        return pattern.indexOf(']', first + 1);
    }

    private boolean isNegated(int p) {
        return p + 1 < pattern.length() && "!^".indexOf(pattern.charAt(p + 1)) >= 0;
    }

    private boolean inBracket(int p, char c) {
        boolean found = false;
        int end = bracketEnd(p);
        for (int i = isNegated(p) ? p + 2 : p + 1; i < end; i++) {
            boolean range = i + 2 < end && pattern.charAt(i + 1) == '-';
            found |= range ? c >= pattern.charAt(i) && c <= pattern.charAt(i + 2) : c == pattern.charAt(i);
            i += range ? 2 : 0;
        }
        return found != isNegated(p);
    }
}
