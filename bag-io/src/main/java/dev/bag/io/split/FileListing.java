package dev.bag.io.split;

import static java.util.Objects.requireNonNull;

import dev.bag.io.codec.InputFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
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

    /** What was found, in order; archives are files like others. */
    public List<InputFile> filesAndArchives() {
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
            if (PathNames.hasScheme(text)) {
                add(PathNames.path(PathNames.uri(text)), text);
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
            add(PathNames.path(uri), uri.toString());
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

    /** Returns whether a name is that of an archive, which holds files. */
    public static boolean isArchive(String name) {
        return ArchiveNames.is(name);
    }

    /** Knows archives by their names: read as text, their headers would pass for lines. */
    static final class ArchiveNames {

        private static final List<String> ENDINGS =
                List.of(".zip", ".jar", ".7z", ".tar", ".tgz", ".tbz2", ".txz", ".tzst");

        private ArchiveNames() {}

        /** Refuses an archive. */
        static void refuse(String name) {
            if (is(name)) {
                throw new IllegalArgumentException(
                        name + ": this is an archive, which is no text. Read its files with Archives.read(...).");
            }
        }

        /** Returns whether a name is that of an archive. */
        static boolean is(String name) {
            return isArchive(name.toLowerCase(Locale.ROOT));
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
