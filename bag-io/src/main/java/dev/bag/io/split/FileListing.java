package dev.bag.io.split;

import static java.util.Objects.requireNonNull;

import dev.bag.io.file.InputFile;
import dev.bag.io.file.InputFile.Entries;
import dev.bag.io.file.InputFile.EntryOrder;
import dev.bag.io.file.UriPaths;
import dev.bag.io.http.WebFiles;
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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files that names, directories and patterns stand for, with their sizes. What exists is taken as it is, before its
 * name is read as a pattern. The matches of one pattern are sorted; the order of the patterns is kept.
 */
public final class FileListing {

    /** Beyond it further names are not joined: they would not be read. */
    private static final int LONGEST_NAME = 200;

    private final Comparator<String> order;
    private final EntryOrder entryOrder;
    private final boolean allowEmpty;
    private final Map<String, String> headers;
    private final List<InputFile> files = new ArrayList<>();
    private final StringBuilder names = new StringBuilder();

    /**
     * A list without files.
     *
     * @param naturalOrder whether {@code part-9} comes before {@code part-10}
     * @param allowEmpty whether a pattern may match nothing, and a file not exist
     */
    public FileListing(boolean naturalOrder, boolean allowEmpty) {
        this(naturalOrder, allowEmpty, Map.of());
    }

    /**
     * A list without files.
     *
     * @param naturalOrder whether {@code part-9} comes before {@code part-10}
     * @param allowEmpty whether a pattern may match nothing, and a file not exist
     * @param headers what is sent to web servers
     */
    public FileListing(boolean naturalOrder, boolean allowEmpty, Map<String, String> headers) {
        this.order = naturalOrder ? new NaturalOrder() : Comparator.naturalOrder();
        this.entryOrder = naturalOrder ? EntryOrder.BY_NAME_AND_NUMBER : EntryOrder.BY_NAME;
        this.allowEmpty = allowEmpty;
        this.headers = headers;
    }

    /** What was found, in order. An archive, as its name tells, means all of its entries. */
    public List<InputFile> files() {
        return files.stream()
                .map(file -> file.entries() == null && ArchiveNames.is(file.tellingName())
                        ? file.withEntries("", entryOrder)
                        : file)
                .toList();
    }

    /** What was found, in order, all of it as archives. */
    public List<InputFile> archives() {
        return files.stream().map(FileListing::inOrderOfArchive).toList();
    }

    private static InputFile inOrderOfArchive(InputFile file) {
        Entries entries = file.entries();
        return file.withEntries(entries == null ? "" : entries.pattern(), EntryOrder.OF_ARCHIVE);
    }

    /**
     * What was found, in order; archives are files like others.
     *
     * @throws IllegalArgumentException if entries of an archive are meant
     */
    public List<InputFile> wholeFiles() {
        for (InputFile file : files) {
            if (file.entries() != null) {
                throw new IllegalArgumentException(file + ": this is an archive, whose entries are read with"
                        + " Archives.read(...), or with TextFiles.read(...) if they are text.");
            }
        }
        return List.copyOf(files);
    }

    /** What was looked for, as the user named it. */
    public String name() {
        return names.toString();
    }

    /** Adds what each path, pattern, or URI in a string stands for. */
    public FileListing addAll(String... texts) {
        for (String text : texts) {
            requireNonNull(text, "a path is null");
            if (!PathNames.hasScheme(text)) {
                addName(text);
                add(FileSystems.getDefault(), text, text);
            } else if (PathNames.isOnTheWeb(text)) {
                addFromTheWeb(text);
            } else {
                addName(text);
                add(UriPaths.path(PathNames.uri(text)), text);
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

    /** Adds what each URI stands for: in the file system of its scheme, or on a web server. */
    public FileListing addAll(URI... uris) {
        for (URI uri : uris) {
            String text = requireNonNull(uri, "a URI is null").toString();
            if (PathNames.isOnTheWeb(text)) {
                addFromTheWeb(text);
            } else {
                addName(text);
                add(UriPaths.path(uri), text);
            }
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
            EntryName entry = found.isEmpty() ? EntryName.first(text) : null;
            String archive = entry == null ? "" : entry.archive();
            for (; entry != null && found.isEmpty(); entry = entry.next()) {
                String entries = entry.entries();
                found = new Lookup(fileSystem, order)
                        .find(entry.archive()).stream()
                                .map(file -> file.withEntries(entries, entryOrder))
                                .toList();
            }
            if (found.isEmpty() && !allowEmpty) {
                throw new IllegalArgumentException(shown + ": "
                        + (archive.isEmpty() ? "" : "there is no archive " + archive + ", and ")
                        + lookup.whyNothing(text));
            }
            files.addAll(found);
        } catch (IOException e) {
            throw new UncheckedIOException(shown + ": looking for files failed: " + e, e);
        }
    }

    private void addFromTheWeb(String text) {
        @Nullable EntryName named = EntryName.first(text);
        @Nullable EntryName entry = named != null && ArchiveNames.is(pathOf(named.archive())) ? named : null;
        String where = entry == null ? text : entry.archive();
        int star = firstOf(pathOf(where), "*[{");
        if (star >= 0) {
            throw new IllegalArgumentException(pathOf(where) + ": a web server cannot be asked which files it has, so"
                    + " \"" + where.charAt(star)
                    + "\" is no pattern there.\n  Name each file, as in read(first, second);"
                    + " the character itself is written with %" + Integer.toHexString(where.charAt(star)) + ".");
        }
        URI uri = PathNames.uri(where);
        String shown = WebFiles.nameOf(uri);
        addName(entry == null ? shown : shown + "!/" + entry.entries());
        try {
            InputFile found = WebFiles.find(uri, headers);
            if (found != null) {
                files.add(entry == null ? found : found.withEntries(entry.entries(), entryOrder));
            } else if (!allowEmpty) {
                throw new IllegalArgumentException(shown + ": there is no such file, says the server.\n"
                        + "  To read nothing without an error, use allowEmpty().");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Returns a URI up to its query: there, all characters are written as they are. */
    private static String pathOf(String uri) {
        int query = firstOf(uri, "?#");
        return query < 0 ? uri : uri.substring(0, query);
    }

    private static int firstOf(String text, String characters) {
        for (int i = 0; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /**
     * A name that may be one of entries in an archive.
     *
     * @param text the whole name
     * @param at where the name of the archive may end
     */
    private record EntryName(String text, int at) {

        static @Nullable EntryName first(String text) {
            return from(text, 1);
        }

        private static @Nullable EntryName from(String text, int from) {
            int slash = text.indexOf("!/", from);
            int at = slash >= 0 ? slash : text.indexOf("!\\", from);
            return at < 0 ? null : new EntryName(text, at);
        }

        @Nullable EntryName next() {
            return from(text, at + 1);
        }

        String archive() {
            return text.substring(0, at);
        }

        String entries() {
            String entries = text.substring(at + 2);
            return text.charAt(at + 1) == '/' ? entries : entries.replace('\\', '/');
        }
    }

    /** Returns whether a name is that of an archive, which holds files. */
    public static boolean isArchive(String name) {
        return ArchiveNames.is(name);
    }

    /** Returns whether a name is that of a tar file, compressed or not. */
    public static boolean isTar(String name) {
        return ArchiveNames.isTar(name);
    }

    /** Returns whether a name is that of an archive whose entries can be read by several threads. */
    public static boolean isArchiveToBeCut(String name) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        return lowerCase.endsWith(".zip") || lowerCase.endsWith(".jar") || lowerCase.endsWith(".tar");
    }

    /** Knows archives by their names: read as text, their headers would pass for lines. */
    static final class ArchiveNames {

        private static final List<String> ENDINGS = List.of(".zip", ".jar", ".7z");
        private static final List<String> ENDINGS_OF_TAR =
                List.of(".tar", ".tgz", ".taz", ".tbz2", ".tbz", ".tb2", ".tz2", ".txz", ".tlz", ".tzst");

        private ArchiveNames() {}

        /** Returns whether a name is that of an archive. */
        static boolean is(String name) {
            return hasEnding(name.toLowerCase(Locale.ROOT), ENDINGS) || isTar(name);
        }

        /** Returns whether a name is that of a tar file, compressed or not. */
        static boolean isTar(String name) {
            String lowerCase = name.toLowerCase(Locale.ROOT);
            int tar = lowerCase.lastIndexOf(".tar.");
            boolean isCompressedTar = tar >= 0 && lowerCase.indexOf('.', tar + ".tar.".length()) < 0;
            return hasEnding(lowerCase, ENDINGS_OF_TAR) || isCompressedTar && !hasEnding(lowerCase, ENDINGS);
        }

        private static boolean hasEnding(String name, List<String> endings) {
            for (String ending : endings) {
                if (name.endsWith(ending)) {
                    return true;
                }
            }
            return false;
        }
    }
}
