package dev.bag.io;

import dev.bag.Bag;
import dev.bag.io.json.FieldTree;
import dev.bag.io.json.JsonRowRecords;
import dev.bag.io.parts.LineFiles;
import dev.bag.io.parts.TextPart.RecordMakers;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Fields of JSON lines that are to be read; see {@link JsonLines#select}. Immutable. */
public final class JsonSelection {

    private final LineFiles files;
    private final List<String> paths;

    JsonSelection(LineFiles files, List<String> paths) {
        FieldTree.of(paths.toArray(String[]::new)); // refuses what cannot be
        this.files = files;
        this.paths = paths;
    }

    /**
     * Returns a bag of the values of the fields, a row for each line. Each line must be a JSON object; a field that it does not
     * have is missing from the row.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link TextFiles}.
     *
     * @param pathsOrPatterns at least one path, pattern or URI; see {@link TextFiles}
     * @throws IllegalArgumentException if there is no file for a name
     */
    public Bag<JsonRow> read(String... pathsOrPatterns) {
        return files.read(records(), pathsOrPatterns);
    }

    /**
     * Returns a bag of the values of the fields, a row for each line. Each line must be a JSON object; a field that it does not
     * have is missing from the row.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link TextFiles}.
     *
     * @param paths at least one file, directory or pattern, of any file system
     * @throws IllegalArgumentException if there is no file for a name
     */
    public Bag<JsonRow> read(Path... paths) {
        return files.read(records(), paths);
    }

    /**
     * Returns a bag of the values of the fields, a row for each line. Each line must be a JSON object; a field that it does not
     * have is missing from the row.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see {@link TextFiles}.
     *
     * @param uris at least one file, directory or pattern
     * @throws IllegalArgumentException if there is no file for a name
     */
    public Bag<JsonRow> read(URI... uris) {
        return files.read(records(), uris);
    }

    private RecordMakers<JsonRow> records() {
        List<String> selected = paths;
        return (encoding, malformed) -> new JsonRowRecords<>(selected, JsonRow::new, encoding, malformed);
    }

    /** Returns the paths, as {@code JsonSelection[user.id, amount]}. */
    @Override
    public String toString() {
        return "JsonSelection" + paths;
    }
}
