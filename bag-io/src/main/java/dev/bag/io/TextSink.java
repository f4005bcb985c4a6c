package dev.bag.io;

import dev.bag.io.codec.FileCompression;
import dev.bag.io.write.OutputFiles;
import dev.bag.io.write.Piece;
import dev.bag.io.write.PieceFile;
import dev.bag.io.write.RecordBytes;
import dev.bag.io.write.Target;
import dev.bag.io.write.TextBuffer;
import dev.bag.source.Sink;
import java.io.IOException;
import java.util.List;

/** Text files as a sink: records and bytes meet here. */
record TextSink(Target target, FileCompression compression, RecordBytes.Format format, boolean overwrite)
        implements Sink<Object, Written> {

    @Override
    public String name() {
        return target.shown();
    }

    @Override
    public Output<Object, ?, Written> begin(int partitionCount) throws IOException {
        return new TextOutput(OutputFiles.begin(target, compression, overwrite, partitionCount, format.mark()), format);
    }

    private record TextOutput(OutputFiles files, RecordBytes.Format format) implements Output<Object, Piece, Written> {

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
        private final RecordBytes.Format format;
        private final boolean beginsFile;
        private final RecordBytes bytes;
        private final PieceFile file;
        private final TextBuffer buffer;
        private long recordCount;
        private boolean beginsWithMark;

        TextWriter(OutputFiles files, RecordBytes.Format format, int partition) throws IOException {
            this.files = files;
            this.format = format;
            this.beginsFile = files.beginsFile(partition);
            this.bytes = format.newBytes();
            this.buffer = new TextBuffer(this::pass);
            this.file = files.create(partition); // last, for what fails here is not aborted
            if (beginsFile && format.beginsWithMark()) {
                putMark();
            }
        }

        private void pass(byte[] text, int from, int length) throws IOException {
            file.write(text, from, length);
        }

        private void putMark() throws IOException {
            byte[] mark = format.mark();
            buffer.put(mark, 0, mark.length);
        }

        @Override
        public void write(Object record) throws IOException {
            if (recordCount == 0) {
                begin(record);
            }
            bytes.write(record, buffer);
            recordCount++;
        }

        /** Readers drop a mark where a file begins. With another one before it, a record that begins with one stays whole. */
        private void begin(Object record) throws IOException {
            beginsWithMark = RecordBytes.beginsWithMark(record) && !format.beginsWithMark();
            if (beginsWithMark && beginsFile) {
                putMark();
            }
        }

        @Override
        public Piece finish() throws IOException {
            buffer.flush();
            return files.complete(file, recordCount, beginsWithMark);
        }

        @Override
        public void abort() throws IOException {
            file.giveUp();
        }
    }
}
