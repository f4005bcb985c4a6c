package dev.bag.spark.hadoop;

import static org.apache.hadoop.fs.CommonConfigurationKeysPublic.IO_FILE_BUFFER_SIZE_DEFAULT;
import static org.apache.hadoop.fs.CommonConfigurationKeysPublic.IO_FILE_BUFFER_SIZE_KEY;

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
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.permission.FsPermission;
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
                    return created(files, path, isNew);
                }),
                goesTo);
    }

    /** As {@code files.create(path)}, but that HDFS brings each block to disk when it is full: hsync is for the last one. */
    private static FSDataOutputStream created(FileSystem files, org.apache.hadoop.fs.Path path, boolean isNew)
            throws IOException {
        EnumSet<CreateFlag> flags = EnumSet.of(CreateFlag.CREATE, CreateFlag.SYNC_BLOCK);
        if (!isNew) {
            flags.add(CreateFlag.OVERWRITE);
        }
        Configuration conf = files.getConf();
        return files.create(
                path,
                FsPermission.getFileDefault().applyUMask(FsPermission.getUMask(conf)),
                flags,
                conf.getInt(IO_FILE_BUFFER_SIZE_KEY, IO_FILE_BUFFER_SIZE_DEFAULT),
                files.getDefaultReplication(path),
                files.getDefaultBlockSize(path),
                null);
    }

    static HadoopWriting append(HadoopPath file, Set<? extends OpenOption> options) throws IOException {
        if (options.contains(StandardOpenOption.CREATE_NEW)) {
            return create(file, true, null);
        }
        if (options.contains(StandardOpenOption.CREATE) && Files.notExists(file)) {
            return create(file, false, null);
        }
        try {
            return new HadoopWriting(file, file.files().on(file, (files, path) -> files.append(path)), null);
        } catch (UnsupportedOperationException e) {
            return appendToCopy(file);
        }
    }

    /** Where nothing can be appended, a copy of the file is written, and takes its place when it is closed. */
    private static HadoopWriting appendToCopy(HadoopPath file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            HadoopWriting copy = create(file.resolveSibling(file.getFileName() + ".tmp"), false, file);
            try {
                in.transferTo(copy.out);
                return copy;
            } catch (Throwable failed) {
                copy.giveUp(failed);
                throw failed;
            }
        }
    }

    private void giveUp(Throwable failed) {
        isOpen = false;
        try {
            out.close();
        } catch (IOException e) {
            failed.addSuppressed(e);
        }
        deleteAfter(failed);
    }

    private void deleteAfter(Throwable failed) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            failed.addSuppressed(e);
        }
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        if (!isOpen) {
            throw new ClosedChannelException();
        }
        int count = from.remaining();
        try {
            if (from.hasArray()) {
                out.write(from.array(), from.arrayOffset() + from.position(), count);
                from.position(from.limit());
            } else {
                copy(from);
            }
        } catch (IOException e) {
            throw explained(e);
        }
        return count;
    }

    private void copy(ByteBuffer from) throws IOException {
        byte[] bytes = new byte[Math.min(from.remaining(), HadoopReading.MOST_COPIED)];
        while (from.hasRemaining()) {
            int count = Math.min(from.remaining(), bytes.length);
            from.get(bytes, 0, count);
            out.write(bytes, 0, count);
        }
    }

    /** What HDFS says, with the way out; anything else as it is. */
    private static IOException explained(IOException e) {
        String setting = "dfs.client.block.write.replace-datanode-on-failure.policy";
        return e.getMessage() == null || !e.getMessage().contains(setting)
                ? e
                : new IOException(
                        "HDFS finds no data node to append with. If it has fewer than there are copies of a file, set"
                                + " spark.hadoop." + setting
                                + " to NEVER, or spark.hadoop.dfs.replication to their number",
                        e);
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
            end();
        } catch (IOException e) {
            if (goesTo != null) {
                deleteAfter(e);
            }
            throw explained(e);
        }
        if (goesTo != null) {
            file.files().replace(file, goesTo); // if that fails the copy stays: the file may be gone
        }
    }

    private void end() throws IOException {
        try {
            if (out.hasCapability(StreamCapabilities.HSYNC)) {
                out.hsync();
            }
        } finally {
            out.close(); // not by try: it may throw what has been thrown already
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
