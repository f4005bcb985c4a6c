package dev.bag.io;

import dev.bag.io.codec.FileCompression;
import dev.bag.io.write.OutputFiles;
import dev.bag.io.write.Piece;
import dev.bag.io.write.PieceFile;
import dev.bag.io.write.RecordFormat;
import dev.bag.io.write.Target;
import dev.bag.io.write.TextBuffer;
import dev.bag.source.Sink;
import java.io.IOException;
import java.util.List;

/** Text files as a sink: records and bytes meet here. */
record TextSink(Target target, FileCompression compression, RecordFormat format, boolean overwrite)
        implements Sink<Object, Written> {

    @Override
    public String name() {
        return target.shown();
    }

    @Override
    public Output<Object, ?, Written> begin(int partitionCount) throws IOException {
        return new TextOutput(OutputFiles.begin(target, compression, overwrite, partitionCount, format), format);
    }

    private record TextOutput(OutputFiles files, RecordFormat format) implements Output<Object, Piece, Written> {

        @Override
        public Writer<Object, Piece> open(int partition) throws IOException {
            return new TextWriter(files, format, partition);
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

    /** Writes one partition. */
    private static final class TextWriter implements Sink.Writer<Object, Piece> {

        private final OutputFiles files;
        private final boolean beginsFile;
        private final RecordFormat.Encoder encoder;
        private final PieceFile file;
        private final TextBuffer buffer;
        private byte[] beginning;
        private long recordCount;

        TextWriter(OutputFiles files, RecordFormat format, int partition) throws IOException {
            this.files = files;
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
        public Piece finish() throws IOException {
            if (recordCount == 0) {
                begin();
            }
            buffer.flush();
            return files.complete(file, recordCount, beginning, recordCount == 0 ? "" : encoder.layout());
        }

        @Override
        public void abort() throws IOException {
            file.giveUp();
        }
    }
}
