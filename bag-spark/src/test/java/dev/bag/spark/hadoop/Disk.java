package dev.bag.spark.hadoop;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** Files of this machine by a scheme that nothing but Hadoop knows. Fails when it is told to. */
public class Disk extends RawLocalFileSystem {

    /** How many operations succeed before one fails; of all instances. */
    static final AtomicInteger FAILS_AFTER = new AtomicInteger(Integer.MAX_VALUE);

    /** Whether what is appended fails as in an HDFS of one data node. */
    static volatile boolean appendFails;

    /** Whether the process ends in place of a failure. */
    static volatile boolean kills;

    @Override
    public String getScheme() {
        return "disk";
    }

    @Override
    public URI getUri() {
        return URI.create(getScheme() + ":///");
    }

    private static void count() throws IOException {
        if (FAILS_AFTER.getAndDecrement() == 0) {
            if (kills) {
                Runtime.getRuntime().halt(9);
            }
            throw new IOException("the disk is tired");
        }
    }

    @Override
    public FSDataInputStream open(Path file, int bufferSize) throws IOException {
        count();
        return super.open(file, bufferSize);
    }

    @Override
    public FSDataOutputStream create(
            Path file,
            FsPermission permission,
            boolean overwrite,
            int bufferSize,
            short replication,
            long blockSize,
            Progressable progress)
            throws IOException {
        count();
        return super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress);
    }

    @Override
    public FSDataOutputStream append(Path file, int bufferSize, Progressable progress) throws IOException {
        count();
        return appendFails
                ? new FSDataOutputStream(new OneDataNode(), statistics)
                : super.append(file, bufferSize, progress);
    }

    /** Fails from the first byte on, with the same failure when it is closed. */
    private static final class OneDataNode extends OutputStream {

        private final IOException failure = new IOException(
                "Failed to replace a bad datanode on the existing pipeline due to no more good datanodes"
                        + " being available to try. The current failed datanode replacement policy is DEFAULT, and a client"
                        + " may configure this via 'dfs.client.block.write.replace-datanode-on-failure.policy' in its"
                        + " configuration.");

        @Override
        public void write(int b) throws IOException {
            throw failure;
        }

        @Override
        public void close() throws IOException {
            throw failure;
        }
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        count();
        return super.rename(from, to);
    }

    @Override
    public boolean delete(Path file, boolean recursive) throws IOException {
        count();
        return super.delete(file, recursive);
    }

    @Override
    public FileStatus[] listStatus(Path folder) throws IOException {
        count();
        return super.listStatus(folder);
    }

    @Override
    public boolean mkdirs(Path folder) throws IOException {
        count();
        return super.mkdirs(folder);
    }
}
