package dev.bag.io;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bag.io.codec.Decompression;
import dev.bag.io.codec.Limits;
import dev.bag.io.file.InputFile;
import dev.bag.io.fuzz.FuzzTarget;
import dev.bag.io.split.FileSlice;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.SourceException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Bytes as an archive: there are entries or an error that names the file. A zip file has those that the JDK finds in it. */
public final class FuzzedArchives implements FuzzTarget {

    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_ENTRIES = 1000;

    private final String format;
    private final Path file;

    /**
     * A target with a file of its own.
     *
     * @param format the extension of its files
     */
    public FuzzedArchives(String format) {
        this.format = format;
        this.file = FuzzedLines.temporary("." + format);
    }

    @Override
    public void read(byte[] input) throws Exception {
        Files.write(file, input);
        List<ArchiveEntry> entries;
        try {
            entries = entries();
        } catch (SourceException e) {
            if (!e.getMessage().startsWith(file.toString())
                    || !e.location().file().equals(file.toString())) {
                throw new AssertionError("an error without a place", e);
            }
            return;
        }
        if (format.equals("zip")) {
            compare(entries);
        }
    }

    private List<ArchiveEntry> entries() throws Exception {
        InputFile input = Texts.input(file);
        Decompression decompression = Decompression.DEFAULT.withLimits(Limits.DEFAULT.withMemoryBytes(8 << 20));
        List<ArchiveEntry> entries = new ArrayList<>();
        try (Chunks<ArchiveEntry> chunks =
                new ArchivePart(List.of(FileSlice.whole(input)), decompression, MOST_BYTES).open()) {
            Chunk<ArchiveEntry> all = chunks.nextChunk();
            for (ArchiveEntry entry = all.next(); entry != null && entries.size() < MOST_ENTRIES; entry = all.next()) {
                entries.add(entry);
            }
        }
        return entries;
    }

    /** Only files that the JDK takes for archives as well are compared, and only names that occur once. */
    private void compare(List<ArchiveEntry> entries) throws IOException {
        Map<String, Integer> occurrences = new LinkedHashMap<>();
        entries.forEach(entry -> occurrences.merge(entry.name(), 1, Integer::sum));
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ArchiveEntry entry : entries) {
                ZipEntry other = entry(zip, entry.name());
                if (other != null && occurrences.get(entry.name()) == 1) {
                    compare(entry, zip, other);
                }
            }
        } catch (EOFException | ZipException e) {
            // it is stricter
        }
    }

    private static @Nullable ZipEntry entry(ZipFile zip, String name) {
        try {
            return zip.getEntry(name);
        } catch (IllegalArgumentException e) {
            return null; // JDK 17 has found one with the same hash, whose name is not UTF-8
        }
    }

    private static void compare(ArchiveEntry entry, ZipFile zip, ZipEntry other) throws IOException {
        try (InputStream in = zip.getInputStream(other)) {
            if (!Arrays.equals(in.readNBytes(MOST_BYTES), entry.bytes())) {
                throw new AssertionError(entry + " has another content");
            }
        }
    }

    @Override
    public List<byte[]> seeds() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("a", new byte[600]);
        files.put("../é/b.txt", "one\ntwo\n".getBytes(UTF_8));
        files.put("empty", new byte[0]);
        return switch (format) {
            case "zip" ->
                List.of(
                        ArchivesTest.zip(files, false),
                        ArchivesTest.zip(files, true),
                        ArchivesTest.zip(Map.of(), true));
            case "tar" -> List.of(ArchivesTest.tar(files), ArchivesTest.tar(Map.of()));
            default -> {
                Path made = FuzzedLines.temporary(".7z");
                ArchivesTest.sevenZip(made, files);
                yield List.of(Files.readAllBytes(made));
            }
        };
    }
}
