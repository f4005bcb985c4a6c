package dev.bag.io.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The names of the hidden files of a target.
 *
 * <pre>
 * .part-0.txt.RUN.PARTITION.RANDOM.tmp    what a run writes
 * .bag-TARGET.RUN.lock                    locked while the run lives
 * .bag-TARGET.lock                        locked while a run lives that may take up earlier ones
 * .bag-TARGET.KEY.PARTITION.kept, .info   a partition that is finished, and what is in it
 * </pre>
 *
 * @param target stands for the name of the target
 */
record HiddenNames(String target) implements Serializable {

    /** Of the name of a file, in the name of a hidden one: that may not be too long, in bytes. */
    private static final int MOST_CHARACTERS_KEPT = 40;

    private static final int DIGITS = 16;

    static HiddenNames of(Target target) {
        return new HiddenNames(digest(target.prefix() + "*" + target.suffix()));
    }

    static String random() {
        return UUID.randomUUID().toString().substring(0, 13);
    }

    /** Returns a short text that is another one for another text. */
    static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    static String temporary(String name, String run, int partition) {
        int kept = name.offsetByCodePoints(0, Math.min(MOST_CHARACTERS_KEPT, name.codePointCount(0, name.length())));
        return "." + name.substring(0, kept) + "." + run + "." + partition + "." + random() + ".tmp";
    }

    private String beginning() {
        return ".bag-" + target + ".";
    }

    String lock() {
        return beginning() + "lock";
    }

    String lock(String run) {
        return beginning() + run + ".lock";
    }

    String kept(String key, int partition) {
        return beginning() + key + "." + partition + ".kept";
    }

    static String info(String kept) {
        return kept.substring(0, kept.length() - "kept".length()) + "info";
    }

    /**
     * Deletes what runs have left that are over.
     *
     * @param alive runs of this process: to open and close a file would unlock it for the whole process
     */
    void deleteOrphans(Path folder, Set<String> alive) throws IOException {
        for (Path lockFile : list(folder, beginning() + "*.lock")) {
            String name = lockFile.getFileName().toString();
            if (name.equals(lock())) {
                continue;
            }
            String run = name.substring(beginning().length(), name.length() - ".lock".length());
            RunLock lock = alive.contains(run) ? null : RunLock.take(lockFile);
            if (lock != null) {
                try (lock) {
                    deleteTemporary(folder, run);
                }
            }
        }
    }

    /** Deletes what attempts of a run have left. */
    static void deleteTemporary(Path folder, String run) throws IOException {
        for (Path file : list(folder, ".*." + run + ".*.tmp")) {
            Files.deleteIfExists(file);
        }
    }

    /** Deletes what is kept of runs but those of one key. */
    void deleteKept(Path folder, String exceptKey) throws IOException {
        String except = beginning() + exceptKey + ".";
        for (Path file : list(folder, beginning() + "*.{kept,info,info.tmp}")) {
            if (exceptKey.isEmpty() || !file.getFileName().toString().startsWith(except)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static List<Path> list(Path folder, String glob) throws IOException {
        List<Path> found = new ArrayList<>(0);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
            files.forEach(found::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }
}
