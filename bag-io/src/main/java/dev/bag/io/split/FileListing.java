package dev.bag.io.split;

import static java.util.Objects.requireNonNull;

import dev.bag.io.codec.InputFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The files that names, directories and patterns stand for, with their sizes. What exists is taken as it is, before its
 * name is read as a pattern. The matches of one pattern are sorted; the order of the patterns is kept.
 */
public final class FileListing {

    /** Beyond it further names are not joined: they would not be read. */
    private static final int LONGEST_NAME = 200;

    private final Comparator<String> order;
    private final boolean allowEmpty;
    private final List<InputFile> files = new ArrayList<>();
    private final StringBuilder names = new StringBuilder();

    /**
     * A list without files.
     *
     * @param naturalOrder whether {@code part-9} comes before {@code part-10}
     * @param allowEmpty whether a pattern may match nothing, and a file not exist
     */
    public FileListing(boolean naturalOrder, boolean allowEmpty) {
        this.order = naturalOrder ? new NaturalOrder() : Comparator.naturalOrder();
        this.allowEmpty = allowEmpty;
    }

    /**
     * What was found, in order.
     *
     * @throws IllegalArgumentException when there is an archive among them
     */
    public List<InputFile> files() {
        files.forEach(file -> ArchiveNames.refuse(file.name()));
        return List.copyOf(files);
    }

    /** What was looked for, as the user named it. */
    public String name() {
        return names.toString();
    }

    /** Adds what each path, pattern, or URI in a string stands for. */
    public FileListing addAll(String... texts) {
        for (String text : texts) {
            addName(requireNonNull(text, "a path is null"));
            if (hasScheme(text)) {
                add(path(uri(text)), text);
            } else {
                add(FileSystems.getDefault(), text, text);
            }
        }
        return this;
    }

    /** Adds what each path stands for; a path that does not exist is a pattern. */
    public FileListing addAll(Path... paths) {
        for (Path path : paths) {
            addName(requireNonNull(path, "a path is null").toString());
            add(path, InputFile.nameOf(path));
        }
        return this;
    }

    /** Adds what each URI stands for, in the file system of its scheme. */
    public FileListing addAll(URI... uris) {
        for (URI uri : uris) {
            addName(requireNonNull(uri, "a URI is null").toString());
            add(path(uri), uri.toString());
        }
        return this;
    }

    private void addName(String name) {
        if (names.length() > LONGEST_NAME) {
            return;
        }
        names.append(names.length() == 0 ? "" : ", ").append(name);
        if (names.length() > LONGEST_NAME) {
            names.append(", …");
        }
    }

    /** Two letters at least before the colon: one is a drive. */
    private static boolean hasScheme(String text) {
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

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    text + ": this is not a URI, though it begins like one: " + e.getMessage(), e);
        }
    }

    private static Path path(URI uri) {
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
            case "gs" -> "gs needs com.google.cloud:google-cloud-nio on the class path.";
            case "jar" -> "open it first, with java.nio.file.FileSystems.newFileSystem(...).";
            default -> "no java.nio.file provider for the scheme \"" + scheme + "\" is on the class path.";
        };
    }

    private void add(Path path, String shown) {
        add(path.getFileSystem(), path.toString(), shown);
    }

    private void add(FileSystem fileSystem, String text, String shown) {
        try {
            Lookup lookup = new Lookup(fileSystem, order);
            Collection<InputFile> found = lookup.find(text);
            if (found.isEmpty() && !allowEmpty) {
                throw new IllegalArgumentException(shown + ": " + lookup.whyNothing(text));
            }
            files.addAll(found);
        } catch (IOException e) {
            throw new UncheckedIOException(shown + ": looking for files failed: " + e, e);
        }
    }

    /** Knows archives by their names: read as text, their headers would pass for lines. */
    static final class ArchiveNames {

        private static final List<String> ENDINGS =
                List.of(".zip", ".jar", ".7z", ".tar", ".tgz", ".tbz2", ".txz", ".tzst");

        private ArchiveNames() {}

        /** Refuses an archive. */
        static void refuse(String name) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (isArchive(lower)) {
                throw new IllegalArgumentException(
                        name + ": this is an archive, and archives are not read yet. Unpack it first.");
            }
        }

        private static boolean isArchive(String name) {
            for (String ending : ENDINGS) {
                if (name.endsWith(ending)) {
                    return true;
                }
            }
            int tar = name.lastIndexOf(".tar.");
            return tar >= 0 && name.indexOf('.', tar + ".tar.".length()) < 0;
        }
    }
}
