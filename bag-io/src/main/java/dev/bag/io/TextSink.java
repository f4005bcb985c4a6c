package dev.bag.io;

import dev.bag.io.compress.FileCompression;
import dev.bag.io.write.OutputFiles;
import dev.bag.io.write.Piece;
import dev.bag.io.write.PieceFile;
import dev.bag.io.write.PieceSections;
import dev.bag.io.write.RecordFormat;
import dev.bag.io.write.Target;
import dev.bag.io.write.TextBuffer;
import dev.bag.source.Sink;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Text files as a sink: records and bytes meet here. */
record TextSink(
        Target target,
        FileCompression compression,
        RecordFormat format,
        boolean overwrite,
        @Nullable String resume) implements Sink<Object, Written> {

    private static final byte[] NOTHING = {};

    @Override
    public String name() {
        return target.shown();
    }

    @Override
    public boolean takesSections() {
        return true;
    }

    @Override
    public Output<Object, ?, Written> begin(int partitionCount) throws IOException {
        return begin(partitionCount, null);
    }

    /** A run takes up what an earlier one has left that had the same plan, inputs and options. */
    @Override
    public Output<Object, ?, Written> begin(Plan plan) throws Exception {
        return begin(
                plan.partitionCount(),
                resume == null
                        ? null
                        : String.join(
                                "\0",
                                resume,
                                String.valueOf(plan.partitionCount()),
                                compression.toString(),
                                format.toString(),
                                plan.description(),
                                plan.inputs()));
    }

    private Output<Object, ?, Written> begin(int partitionCount, @Nullable String key) throws IOException {
        return new TextOutput(OutputFiles.begin(target, compression, overwrite, partitionCount, format, key), format);
    }

    private record TextOutput(OutputFiles files, RecordFormat format) implements Output<Object, Piece, Written> {

        @Override
        public Writer<Object, Piece> open(int partition) throws IOException {
            return new TextWriter(files, format, partition);
        }

        @Override
        public Optional<Piece> finished(int partition) throws IOException {
            return files.earlier(partition);
        }

        @Override
        public Written commit(List<Piece> parts) throws IOException {
            OutputFiles.Committed committed = files.commit(parts);
            return new Written(committed.paths(), committed.recordCount(), committed.byteCount());
        }

        @Override
        public void abort(List<Piece> parts) throws IOException {
            files.giveUp(parts);
        }
    }

    /** Writes one partition: record by record, or in sections. */
    private static final class TextWriter implements Sink.SectionWriter<Object, Piece> {

        private final OutputFiles files;
        private final RecordFormat format;
        private final int partition;
        private final boolean beginsFile;
        private final RecordFormat.Encoder encoder;
        private final PieceFile file;
        private final TextBuffer buffer;
        private @Nullable PieceSections sections;
        private byte[] beginning;
        private String layout = "";
        private long recordCount;

        TextWriter(OutputFiles files, RecordFormat format, int partition) throws IOException {
            this.files = files;
            this.format = format;
            this.partition = partition;
            this.beginsFile = files.beginsFile(partition);
            this.encoder = format.newEncoder();
            this.beginning = format.beginningWithoutRecords();
            this.buffer = new TextBuffer(this::pass);
            this.file = files.create(partition); // last, for what fails here is not aborted
        }

        private void pass(byte[] text, int from, int length) throws IOException {
            file.write(text, from, length);
        }

        @Override
        public void write(Object record) throws IOException {
            if (recordCount == 0) {
                beginning = encoder.beginning(record);
                begin();
            }
            encoder.write(record, buffer);
            recordCount++;
        }

        private void begin() throws IOException {
            if (beginsFile) {
                buffer.put(beginning, 0, beginning.length);
            }
        }

        @Override
        public TextSection newSection() throws IOException {
            PieceSections known = sections;
            if (known == null) {
                known = files.sections(file);
                sections = known;
            }
            return new TextSection(this, known.newSection(), format.newEncoder());
        }

        /** Returns what stands before the first records of all. */
        private byte[] appended(TextSection section) {
            boolean isFirst = recordCount == 0;
            if (isFirst) {
                beginning = section.beginning;
                layout = section.encoder.layout();
            } else if (!layout.equals(section.encoder.layout())) {
                throw new IllegalArgumentException("records have " + section.encoder.layout()
                        + ", but those before them " + layout + ". " + RecordFormat.NAME_COLUMNS);
            }
            recordCount += section.recordCount;
            return isFirst && beginsFile ? beginning : NOTHING;
        }

        @Override
        public Piece finish() throws IOException {
            if (recordCount == 0) {
                begin();
            }
            buffer.flush();
            if (sections != null) {
                sections.finish();
                sections.close();
            } else if (recordCount > 0) {
                layout = encoder.layout();
            }
            return files.complete(partition, file, recordCount, beginning, layout);
        }

        @Override
        public void abort() throws IOException {
            if (sections != null) {
                sections.close();
            }
            file.giveUp();
        }
    }

    /** Some of the records of a partition. */
    private static final class TextSection implements Sink.Section<Object> {

        private final TextWriter writer;
        private final PieceSections.Section bytes;
        private final RecordFormat.Encoder encoder;
        private byte[] beginning = NOTHING;
        private boolean isBegun;
        private long recordCount;

        TextSection(TextWriter writer, PieceSections.Section bytes, RecordFormat.Encoder encoder) {
            this.writer = writer;
            this.bytes = bytes;
            this.encoder = encoder;
        }

        @Override
        public void write(Object record) throws IOException {
            if (!isBegun) {
                isBegun = true;
                beginning = encoder.beginning(record);
            }
            encoder.write(record, bytes.text());
            recordCount++;
        }

        @Override
        public boolean isFull() {
            return bytes.isFull();
        }

        @Override
        public void append() {
            bytes.append(recordCount == 0 ? NOTHING : writer.appended(this));
            recordCount = 0;
        }

        @Override
        public void prepare() throws IOException {
            bytes.prepare();
        }

        @Override
        public void put() throws IOException {
            bytes.put();
        }
    }
}
