package dev.bag.spill;

import static java.util.Objects.requireNonNull;

import dev.bag.serial.Codecs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes records to a file and reads them back. */
public final class Spilled {

    private Spilled() {}

    /** An empty file of a run, to which only the caller appends. */
    public static SpillFile newFile(RunSpace space) throws IOException {
        return requireNonNull(space.newArea().open()).file();
    }

    /** What is read of these, each an entry of its own. */
    public static List<Object> and(Path directory, List<?> records) throws IOException {
        Codecs codecs = new Codecs();
        try (SpillDirectory spill = new SpillDirectory(directory)) {
            SpillFile file = spill.newFile();
            write(file, codecs, records);
            return read(file, codecs, 0, file.size());
        }
    }

    public static Object and(Path directory, Object record) throws IOException {
        return requireNonNull(and(directory, List.of(record)).get(0));
    }

    public static void write(SpillFile file, Codecs codecs, List<?> records) throws IOException {
        try (FrameWriter writer = new FrameWriter(file, codecs)) {
            for (Object record : records) {
                writer.writeRecord(record);
                writer.endEntry();
            }
            writer.endFrame();
        }
    }

    public static List<Object> read(SpillFile file, Codecs codecs, long from, long to) throws IOException {
        List<Object> records = new ArrayList<>();
        try (FrameReader reader = new FrameReader(file, codecs, from, to)) {
            while (reader.hasNext()) {
                records.add(reader.readRecord());
            }
        }
        return records;
    }
}
