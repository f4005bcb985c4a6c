package dev.bag.io.split;

import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;

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

    /**
     * Returns the path that a URI stands for, in the file system of its scheme.
     *
     * @throws IllegalArgumentException if there is no such file system
     */
    public static Path path(URI uri) {
        if (uri.getScheme() == null) {
            throw new IllegalArgumentException(uri + ": the URI has no scheme, such as file:");
        }
        try {
            return Path.of(uri);
        } catch (FileSystemNotFoundException e) {
            throw new IllegalArgumentException(uri + ": " + missingFileSystem(uri.getScheme()), e);
        }
    }

    private static String missingFileSystem(String scheme) {
        return switch (scheme) {
            case "s3" -> "s3 needs software.amazon.nio.s3:aws-java-nio-spi-for-s3 on the class path.";
            case "azb" -> "azb needs com.azure:azure-storage-blob-nio on the class path.";
            case "sftp" -> "sftp needs org.apache.sshd:sshd-sftp on the class path.";
            case "gs" -> "gs needs com.google.cloud:google-cloud-nio on the class path.";
            case "jar" -> "open it first, with java.nio.file.FileSystems.newFileSystem(...).";
            default -> "no java.nio.file provider for the scheme \"" + scheme + "\" is on the class path.";
        };
    }
}
