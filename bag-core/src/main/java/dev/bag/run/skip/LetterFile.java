package dev.bag.run.skip;

import dev.bag.kernel.Closing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The file of one run's dead letters. Lines are written to a hidden file beside it as they come, and copied to another one
 * in the order in which they are to be; that gets the name. So the file is there as a whole, or as it was before.
 */
final class LetterFile {

    private static final int PIECE = 64 << 10;

    private final Path path;
    private final Path hidden;
    /** Guarded by this, as the field below. Null before the run begins, and after its end. */
    private @Nullable SeekableByteChannel lines;

    private long length;

    /** Lines that are to follow each other, where they were written. */
    record Piece(long offset, long length) {}

    LetterFile(Path path) {
        this.path = path;
        this.hidden = path.resolveSibling("." + path.getFileName() + "-" + UUID.randomUUID() + ".tmp");
    }

    /** Refuses a path at which there is something else than a file of dead letters. */
    static void check(Path path) {
        if (path.getFileName() == null) {
            throw new IllegalArgumentException("deadLetter(" + path + "): this is no path of a file");
        }
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException("deadLetter(" + path + "): there is something that is no file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] begin = DeadLetter.BEGIN.getBytes(StandardCharsets.UTF_8);
            byte[] found = in.readNBytes(begin.length);
            if (found.length > 0 && !Arrays.equals(found, begin)) {
                throw new IllegalArgumentException(
                        "deadLetter(" + path
                                + "): the file exists already, and is no list of dead letters. Choose another name, or delete it");
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "deadLetter(" + path + "): the file exists, and cannot be read: " + e, e);
        }
    }

    /** Makes sure that there can be a file. */
    synchronized void begin() throws IOException {
        check(path);
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        lines = Files.newByteChannel(
                hidden, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Writes lines, and returns where. */
    synchronized long append(byte[] bytes, int count) throws IOException {
        SeekableByteChannel channel = lines;
        if (channel == null) {
            throw new IOException(path + ": the run is over");
        }
        long offset = length;
        channel.position(offset);
        write(channel, ByteBuffer.wrap(bytes, 0, count));
        length += count;
        return offset;
    }

    private static void write(SeekableByteChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Makes the file of {@code pieces}, in their order. */
    synchronized void finish(List<Piece> pieces) throws IOException {
        SeekableByteChannel from = lines;
        if (from == null) {
            return;
        }
        Path ordered = hidden.resolveSibling(hidden.getFileName() + "2");
        try {
            try (SeekableByteChannel to =
                    Files.newByteChannel(ordered, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                for (Piece piece : pieces) {
                    copy(from, piece, to);
                }
                if (to instanceof FileChannel file) {
                    file.force(true);
                }
            }
            move(ordered);
        } finally {
            Files.deleteIfExists(ordered);
        }
    }

    private static void copy(SeekableByteChannel from, Piece piece, SeekableByteChannel to) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(PIECE, piece.length()));
        from.position(piece.offset());
        long left = piece.length();
        while (left > 0) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), left));
            int count = from.read(buffer);
            if (count < 0) {
                throw new IOException("the hidden file beside it has been cut");
            }
            left -= count;
            write(to, buffer.flip());
        }
    }

    private void move(Path ordered) throws IOException {
        try {
            Files.move(ordered, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(ordered, path, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Deletes what is hidden. */
    synchronized void close() throws Exception {
        SeekableByteChannel open = lines;
        lines = null;
        if (open != null) {
            Closing closing = new Closing();
            closing.add(() -> Files.deleteIfExists(hidden));
            closing.add(open::close);
            closing.closeAll();
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
