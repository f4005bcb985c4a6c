package dev.bag.io.split;

import dev.bag.io.file.InputFile;
import dev.bag.io.file.Numbers;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the files that one name, directory or pattern stands for, in one file system. */
final class Lookup {

    private static final String ANY_DEPTH = "**";

    private final FileSystem fileSystem;

    /** A file that matches in two ways is read once. */
    private final Map<Path, InputFile> found;

    private long namesLookedAt;

    Lookup(FileSystem fileSystem, Comparator<String> order) {
        this.fileSystem = fileSystem;
        this.found = new TreeMap<>(new PathOrder(order));
    }

    /** The files for a text, sorted. */
    Collection<InputFile> find(String text) throws IOException {
        if (!addIfExists(text)) {
            for (String alternative : Glob.alternatives(text)) {
                findOne(alternative);
            }
        }
        return found.values();
    }

    /** Why {@link #find} found nothing. */
    String whyNothing(String text) {
        String notExpanded = notExpanded(text);
        if (!notExpanded.isEmpty()) {
            return "there is no such file. " + notExpanded;
        }
        if (namesLookedAt == 0 && !Glob.isPattern(text)) {
            return "there is no such file.\n  To read nothing without an error, use allowEmpty().";
        }
        return "no file matches. " + Numbers.grouped(namesLookedAt)
                + (namesLookedAt == 1 ? " name was looked at.\n" : " names were looked at.\n")
                + "  Names that begin with \".\" or \"_\" are left out. To read nothing without an error, use"
                + " allowEmpty().";
    }

    private static String notExpanded(String text) {
        if (text.equals("~") || text.startsWith("~/")) {
            return "\"~\" is not expanded here, as a shell does.\n  Use System.getProperty(\"user.home\").";
        }
        int dollar = text.indexOf('$');
        return dollar >= 0
                        && dollar + 1 < text.length()
                        && "{ABCDEFGHIJKLMNOPQRSTUVWXYZ_".indexOf(text.charAt(dollar + 1)) >= 0
                ? "\"$\" is not expanded here, as a shell does.\n  Use System.getenv(...)."
                : "";
    }

    /** What exists is meant, even if its name looks like a pattern. */
    private boolean addIfExists(String text) throws IOException {
        try {
            Path path = fileSystem.getPath(text);
            BasicFileAttributes attributes = attributes(path);
            if (attributes == null) {
                return false;
            }
            if (attributes.isOther()) {
                found.put(path, InputFile.ofUnknownSize(path, true));
            } else {
                add(path, attributes);
            }
            return true;
        } catch (InvalidPathException e) {
            return false; // as "*" is on Windows
        }
    }

    private static @Nullable BasicFileAttributes attributes(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** A file may vanish after it was listed, and is left out; a link to nowhere is a mistake. */
    private static @Nullable BasicFileAttributes attributesOfChild(Path path) throws IOException {
        BasicFileAttributes attributes = attributes(path);
        if (attributes == null && Files.isSymbolicLink(path)) {
            throw new NoSuchFileException(path.toString(), null, "a link to a file that does not exist");
        }
        return attributes;
    }

    private void findOne(String pattern) throws IOException {
        int firstStar = firstPatternCharacter(pattern);
        if (firstStar == pattern.length()) {
            addIfExists(pattern);
            return;
        }
        int directoryEnd = firstStar;
        while (directoryEnd > 0 && !isSeparator(pattern.charAt(directoryEnd - 1))) {
            directoryEnd--;
        }
        walk(fileSystem.getPath(pattern.substring(0, directoryEnd)), elements(pattern, directoryEnd), 0);
    }

    private static int firstPatternCharacter(String text) {
        int at = 0;
        while (at < text.length() && !Glob.isPattern(text.substring(at, at + 1))) {
            at++;
        }
        return at;
    }

    private boolean isSeparator(char c) {
        return c == '/' || fileSystem.getSeparator().indexOf(c) >= 0;
    }

    private List<String> elements(String pattern, int from) {
        List<String> elements = new ArrayList<>();
        int begin = from;
        for (int i = from; i <= pattern.length(); i++) {
            if (i == pattern.length() || isSeparator(pattern.charAt(i))) {
                addElement(elements, pattern.substring(begin, i));
                begin = i + 1;
            }
        }
        return elements;
    }

    /** As in {@code java.nio.file} globs, {@code **.gz} is any depth, too. */
    private static void addElement(List<String> elements, String element) {
        if (element.contains(ANY_DEPTH)) {
            elements.add(ANY_DEPTH);
        }
        if (!element.isEmpty() && !element.equals(ANY_DEPTH)) {
            elements.add(element.replace(ANY_DEPTH, "*"));
        }
    }

    private void walk(Path directory, List<String> elements, int i) throws IOException {
        if (i == elements.size()) {
            addFilesOf(directory);
        } else if (elements.get(i).equals(ANY_DEPTH)) {
            walk(directory, elements, i + 1);
            walkBelow(directory, elements, i);
        } else {
            step(directory, elements, i);
        }
    }

    /** Links are not followed: they may lead back up. */
    private void walkBelow(Path directory, List<String> elements, int i) throws IOException {
        for (Path child : children(directory)) {
            if (!Glob.isIgnored(nameOf(child)) && Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                walk(child, elements, i);
            }
        }
    }

    private void step(Path directory, List<String> elements, int i) throws IOException {
        String element = elements.get(i);
        if (!Glob.isPattern(element)) {
            stepInto(directory.resolve(element), elements, i);
            return;
        }
        Glob glob = new Glob(element);
        for (Path child : children(directory)) {
            namesLookedAt++;
            if (glob.matches(nameOf(child))) {
                stepInto(child, elements, i);
            }
        }
    }

    private void stepInto(Path path, List<String> elements, int i) throws IOException {
        BasicFileAttributes attributes = attributesOfChild(path);
        if (attributes == null) {
            return;
        }
        if (i + 1 == elements.size()) {
            add(path, attributes);
        } else if (attributes.isDirectory()) {
            walk(path, elements, i + 1);
        }
    }

    private void add(Path path, BasicFileAttributes attributes) throws IOException {
        if (attributes.isDirectory()) {
            addFilesOf(path);
        } else if (attributes.isRegularFile()) {
            found.put(path, inputFile(path, attributes));
        }
    }

    private InputFile inputFile(Path path, BasicFileAttributes attributes) {
        boolean known = !onDefault() || !isMadeUp(path, attributes.size());
        return known ? new InputFile(path, attributes.size()) : InputFile.ofUnknownSize(path, false);
    }

    private boolean onDefault() {
        return fileSystem == FileSystems.getDefault();
    }

    /** The kernel makes these files up as they are read, and says that they have no bytes, or a page. */
    private static boolean isMadeUp(Path path, long size) {
        try {
            Path where = size == 0 ? path.toRealPath() : path.toAbsolutePath();
            return where.startsWith("/proc") || where.startsWith("/sys");
        } catch (IOException e) {
            return false; // it is gone, which is told when it is read
        }
    }

    private void addFilesOf(Path directory) throws IOException {
        for (Path child : children(directory)) {
            namesLookedAt++;
            BasicFileAttributes attributes = Glob.isIgnored(nameOf(child)) ? null : attributesOfChild(child);
            if (attributes != null && attributes.isRegularFile()) {
                found.put(child, inputFile(child, attributes));
            }
        }
    }

    private static List<Path> children(Path directory) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            for (Path child : stream) {
                children.add(child);
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return children;
    }

    /** Some file systems end the names of directories with a separator. */
    private static String nameOf(Path child) {
        Path name = child.getFileName();
        String text = name == null ? "" : name.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** By name; names that cannot be decoded may look alike, and still are different files. */
    private record PathOrder(Comparator<String> names) implements Comparator<Path> {

        @Override
        public int compare(Path left, Path right) {
            int order = names.compare(left.toString(), right.toString());
            return order != 0 ? order : left.compareTo(right);
        }
    }
}
