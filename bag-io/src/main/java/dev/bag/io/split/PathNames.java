package dev.bag.io.split;

import java.net.URI;

/** What a user calls a file: a path, or a URI if it begins with a scheme. */
public final class PathNames {

    private PathNames() {}

    /** Returns whether a text is a URI. Two letters at least stand before the colon: one is a drive. */
    public static boolean hasScheme(String text) {
        int colon = text.indexOf(':');
        if (colon < 2 || colon + 1 == text.length()) {
            return false;
        }
        for (int i = 0; i < colon; i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (!letter && (i == 0 || "0123456789+.-".indexOf(c) < 0)) {
                return false;
            }
        }
        return text.charAt(colon + 1) == '/' || text.startsWith("jar:");
    }

    /**
     * Returns the URI that a text is.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    text + ": this is not a URI, though it begins like one: " + e.getMessage(), e);
        }
    }

    /** Returns whether a file is on a web server, which is no file system. */
    static boolean isOnTheWeb(URI uri) {
        return "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    }

    /** Returns whether a text that has a scheme is the URI of a file on a web server. */
    static boolean isOnTheWeb(String text) {
        return text.regionMatches(true, 0, "http:", 0, 5) || text.regionMatches(true, 0, "https:", 0, 6);
    }
}
