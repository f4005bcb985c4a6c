package dev.bag.io.write;

import static dev.bag.io.write.WriteFailures.naming;

import dev.bag.io.compress.ByteOutput;
import dev.bag.source.SinkException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes the files of an output of its pieces, under names that are hidden still. One file is its pieces, one behind the other.
 * What a file begins with depends on its first record, so a piece may have been written that begins in another way: such a
 * file is written anew, and so is one without records where all files begin alike.
 */
final class FileAssembly {

    private static final int COPIED_AT_ONCE = 256 << 10;

    private final OutputFiles output;
    private final List<Piece> pieces;
    /** The first piece that has records; the first of all if none has. */
    private final int first;
    /** Files that are here and were no pieces. */
    private final List<String> made = new ArrayList<>(0);

    FileAssembly(OutputFiles output, List<Piece> pieces) {
        this.output = output;
        this.pieces = pieces;
        this.first = first(pieces);
    }

    private static int first(List<Piece> pieces) {
        for (int i = 0; i < pieces.size(); i++) {
            if (pieces.get(i).recordCount() > 0) {
                return i;
            }
        }
        return 0;
    }

    /** Returns the files, in order. */
    List<Piece> files() throws IOException {
        checkLayouts();
        if (output.target().isOneFile()) {
            return List.of(joined());
        }
        return output.format().beginsAlike() ? beginningAlike() : pieces;
    }

    private void checkLayouts() throws SinkException {
        String layout = pieces.get(first).layout();
        for (int i = first; i < pieces.size(); i++) {
            if (pieces.get(i).recordCount() > 0 && !pieces.get(i).layout().equals(layout)) {
                throw new SinkException(
                        output.target().shown() + ": partition " + (first + 1) + " has " + layout + ", but partition "
                                + (i + 1) + " has " + pieces.get(i).layout()
                                + ".\n  " + RecordFormat.NAME_COLUMNS,
                        null);
            }
        }
    }

    private List<Piece> beginningAlike() throws IOException {
        byte[] beginning = pieces.get(first).beginning();
        List<Piece> files = new ArrayList<>(pieces);
        for (int i = 0; i < files.size(); i++) {
            if (!Arrays.equals(files.get(i).beginning(), beginning)) {
                files.set(i, withoutRecords(i, beginning));
                delete(pieces.get(i));
            }
        }
        return files;
    }

    private Piece withoutRecords(int partition, byte[] beginning) throws IOException {
        PieceFile file = begun(partition, beginning);
        try {
            return output.completed(file, 0, beginning, "");
        } catch (Throwable e) {
            file.giveUp(e);
            throw e;
        }
    }

    private PieceFile begun(int partition, byte[] beginning) throws IOException {
        PieceFile file = output.create(partition);
        made.add(file.name());
        try {
            file.write(beginning, 0, beginning.length);
            return file;
        } catch (Throwable e) {
            file.giveUp(e);
            throw e;
        }
    }

    /** All pieces as one, with the end of the file behind them. */
    private Piece joined() throws IOException {
        boolean fits = first == 0
                || Arrays.equals(pieces.get(0).beginning(), pieces.get(first).beginning());
        PieceFile whole =
                fits ? reopened(pieces.get(0)) : begun(0, pieces.get(first).beginning());
        try {
            int[] frames = fits ? pieces.get(0).frames() : whole.endCompression();
            return naming(output.target().shown(), () -> joined(whole, frames, fits ? 1 : 0));
        } catch (Throwable e) {
            whole.giveUp(e);
            throw e;
        }
    }

    private PieceFile reopened(Piece piece) throws IOException {
        String shown = output.target().shown();
        return naming(shown, () -> PieceFile.open(pathOf(piece), shown, output.compression(), piece.byteCount()));
    }

    private Piece joined(PieceFile whole, int[] firstFrames, int from) throws IOException {
        IntStream.Builder frames = IntStream.builder();
        IntStream.of(firstFrames).forEach(frames);
        for (int i = from; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            if (piece.recordCount() > 0) {
                append(pathOf(piece), whole.behind());
                IntStream.of(piece.frames()).forEach(frames);
            }
            delete(piece);
        }
        int[] all = frames.build().toArray();
        output.writeEnding(whole, all);
        return whole.complete(
                pieces.stream().mapToLong(Piece::recordCount).sum(),
                all,
                pieces.get(first).beginning(),
                pieces.get(first).layout(),
                PieceFile.Disk.FORCED);
    }

    private static void append(Path from, ByteOutput to) throws IOException {
        byte[] bytes = new byte[COPIED_AT_ONCE];
        try (ReadableByteChannel channel = Files.newByteChannel(from)) {
            for (int count = channel.read(ByteBuffer.wrap(bytes));
                    count >= 0;
                    count = channel.read(ByteBuffer.wrap(bytes))) {
                to.write(bytes, 0, count);
            }
        }
    }

    private void delete(Piece piece) throws IOException {
        naming(output.target().shown(), () -> Files.deleteIfExists(pathOf(piece)));
    }

    private Path pathOf(Piece piece) {
        return output.folder().resolve(piece.fileName());
    }

    /** Deletes what is here and is no piece, after a failure, which is told. */
    void giveUp(Throwable failure) {
        for (String name : made) {
            try {
                Files.deleteIfExists(output.folder().resolve(name));
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
    }
}
