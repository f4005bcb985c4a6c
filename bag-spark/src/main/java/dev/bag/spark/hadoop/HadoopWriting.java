package dev.bag.spark.hadoop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.StreamCapabilities;
import org.jspecify.annotations.Nullable;

/**
 * A file of Hadoop that is written to its end, and on disk when it is closed, where the file system knows how. One thread at a time
 * uses it.
 */
final class HadoopWriting implements SeekableByteChannel {

    private final HadoopPath file;
    private final FSDataOutputStream out;
    /** Where the file goes when it is closed; null if it is there. */
    private final @Nullable HadoopPath goesTo;

    private boolean isOpen = true;

    private HadoopWriting(HadoopPath file, FSDataOutputStream out, @Nullable HadoopPath goesTo) {
        this.file = file;
        this.out = out;
        this.goesTo = goesTo;
    }

    static HadoopWriting create(HadoopPath file, Set<? extends OpenOption> options) throws IOException {
        boolean isNew = options.contains(StandardOpenOption.CREATE_NEW);
        boolean isEmptied = options.contains(StandardOpenOption.TRUNCATE_EXISTING);
        if (!isNew && !isEmptied) {
            throw new UnsupportedOperationException(
                    "a file of Hadoop is written from its beginning, or something is appended");
        }
        if (!isNew && !options.contains(StandardOpenOption.CREATE) && Files.notExists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return create(file, isNew, null);
    }

    private static HadoopWriting create(HadoopPath file, boolean isNew, @Nullable HadoopPath goesTo)
            throws IOException {
        return new HadoopWriting(
                file,
                file.files().on(file, (files, path) -> {
                    if (isNew && files.exists(path)) { // not all of them look
                        throw new FileAlreadyExistsException(file.toString());
                    }
                    return files.create(path, !isNew);
                }),
                goesTo);
    }

    /** Where nothing can be appended, a copy of the file is written, and takes its place when it is closed. */
    static HadoopWriting append(HadoopPath file) throws IOException {
        try {
            return new HadoopWriting(file, file.files().on(file, (files, path) -> files.append(path)), null);
        } catch (UnsupportedOperationException e) {
            Path beside = file.resolveSibling(file.getFileName() + ".tmp");
            HadoopWriting copy = create((HadoopPath) beside, false, file);
            try (InputStream in = Files.newInputStream(file)) {
                in.transferTo(copy.out);
                return copy;
            } catch (Throwable failed) {
                copy.out.close();
                throw failed;
            }
        }
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        if (!isOpen) {
            throw new ClosedChannelException();
        }
        int count = from.remaining();
        if (from.hasArray()) {
            out.write(from.array(), from.arrayOffset() + from.position(), count);
            from.position(from.limit());
        } else {
            byte[] bytes = new byte[count];
            from.get(bytes);
            out.write(bytes);
        }
        return count;
    }

    @Override
    public long position() throws IOException {
        return out.getPos();
    }

    @Override
    public long size() throws IOException {
        return out.getPos();
    }

    @Override
    public boolean isOpen() {
        return isOpen;
    }

    @Override
    public void close() throws IOException {
        if (!isOpen) {
            return;
        }
        isOpen = false;
        try {
            if (out.hasCapability(StreamCapabilities.HSYNC)) {
                out.hsync();
            }
        } finally {
            out.close(); // not by try: it may throw what has been thrown already
        }
        if (goesTo != null) {
            file.files().replace(file, goesTo);
        }
    }

    @Override
    public int read(ByteBuffer into) {
        throw new NonReadableChannelException();
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        throw new UnsupportedOperationException("a file of Hadoop is written in order");
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new UnsupportedOperationException("a file of Hadoop is not cut");
    }
}
