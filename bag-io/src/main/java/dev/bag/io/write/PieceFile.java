package dev.bag.io.write;

import dev.bag.io.compress.ByteOutput;
import dev.bag.io.compress.Compressor;
import dev.bag.io.compress.FileCompression;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/** A hidden file that is written: what goes in is compressed. It is either finished or given up. */
public final class PieceFile implements Closeable {

    /** The JDK keeps a buffer outside the heap for each thread, as large as the largest array it has written. */
    private static final int MOST_AT_ONCE = 64 << 10;

    private final Path path;
    private final String shown;
    private final WritableByteChannel channel;
    private final Compressor compressor;
    private final CRC32C checksum = new CRC32C();
    private final IntStream.Builder frames = IntStream.builder();
    private long byteCount;
    private boolean isClosed;

    private PieceFile(Path path, String shown, WritableByteChannel channel, FileCompression compression)
            throws IOException {
        this.path = path;
        this.shown = shown;
        this.channel = channel;
        this.compressor = compression.compressor(this::pass);
    }

    /**
     * Creates a file, which must not exist.
     *
     * @param shown what messages call the file that will be made of it
     */
    static PieceFile create(Path path, String shown, FileCompression compression) throws IOException {
        return WriteFailures.naming(shown, () -> {
            WritableByteChannel channel =
                    Files.newByteChannel(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try {
                return new PieceFile(path, shown, channel, compression);
            } catch (Throwable e) {
                channel.close();
                Files.deleteIfExists(path);
                throw e;
            }
        });
    }

    /** Opens the file of a complete piece, so that others can be put behind it. */
    static PieceFile open(Path path, String shown, FileCompression compression, long byteCount) throws IOException {
        WritableByteChannel channel = Files.newByteChannel(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        try {
            PieceFile opened = new PieceFile(path, shown, channel, compression);
            opened.byteCount = byteCount;
            return opened;
        } catch (Throwable e) {
            channel.close();
            throw e;
        }
    }

    /** Writes bytes that are to be compressed. */
    public void write(byte[] bytes, int from, int length) throws IOException {
        WriteFailures.naming(shown, () -> {
            compressor.write(bytes, from, length);
            return this;
        });
    }

    private void pass(byte[] bytes, int from, int length) throws IOException {
        checksum.update(bytes, from, length);
        byteCount += length;
        ByteBuffer buffer = ByteBuffer.wrap(bytes, from, length);
        while (buffer.position() < from + length) {
            buffer.limit(Math.min(from + length, buffer.position() + MOST_AT_ONCE));
            channel.write(buffer);
        }
    }

    /** Writes blocks that are compressed already. */
    void writeBlocks(TextBuffer blocks, int[] theirFrames) throws IOException {
        WriteFailures.naming(shown, () -> {
            pass(blocks.bytes(), 0, blocks.length());
            return this;
        });
        IntStream.of(theirFrames).forEach(frames);
    }

    /** Takes bytes behind the piece as they are. */
    ByteOutput behind() {
        return this::pass;
    }

    /** Passes on what is still held by the compression, and returns the frames. */
    int[] endCompression() throws IOException {
        return WriteFailures.naming(shown, () -> {
            compressor.finish();
            IntStream.of(compressor.frames()).forEach(frames);
            return frames.build().toArray();
        });
    }

    /** Closes the file, which is complete, or leaves it to the disk to close it. */
    Piece complete(long recordCount, int[] frames, byte[] beginning, String layout, Disk disk) throws IOException {
        return WriteFailures.naming(shown, () -> {
            isClosed = true;
            try {
                if (channel instanceof FileChannel file) {
                    disk.take(name(), shown, file);
                } else {
                    channel.close();
                }
            } finally {
                compressor.close();
            }
            return new Piece(name(), byteCount, recordCount, (int) checksum.getValue(), frames, beginning, layout);
        });
    }

    /** Whether a file that is complete is on disk at once, later, or never for certain. */
    @FunctionalInterface
    interface Disk {

        /** Writes everything to disk at once. */
        Disk FORCED = (name, shown, file) -> {
            try (file) {
                file.force(true);
            }
        };

        /** Leaves it to the system when it writes. */
        Disk UNFORCED = (name, shown, file) -> file.close();

        /** Takes a file, and closes it. */
        void take(String name, String shown, FileChannel file) throws IOException;
    }

    String name() {
        return path.getFileName().toString();
    }

    long byteCount() {
        return byteCount;
    }

    /** Closes the file. Does nothing the second time. */
    @Override
    public void close() throws IOException {
        if (!isClosed) {
            isClosed = true;
            try {
                channel.close();
            } finally {
                compressor.close();
            }
        }
    }

    /** Closes and deletes the file. */
    public void giveUp() throws IOException {
        try {
            close();
        } finally {
            Files.deleteIfExists(path);
        }
    }

    /** The same after a failure, which is told: what cannot be closed or deleted then is a part of it. */
    void giveUp(Throwable failure) {
        try {
            giveUp();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
