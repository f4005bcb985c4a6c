package dev.bag.spark.hadoop;

import dev.bag.source.PathResolver;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.jspecify.annotations.Nullable;

/**
 * Finds files by URIs such as {@code hdfs://host/logs} and {@code s3a://bucket/logs}. Settings are those of Spark that begin with
 * {@code spark.hadoop.}, which are the same in the driver and in executors, over {@code core-site.xml}; where Spark does not run
 * they are in that file only.
 */
public final class HadoopResolver implements PathResolver {

    private static volatile @Nullable Settings settings;

    /** Settings take a while to read. */
    private record Settings(@Nullable SparkConf of, Configuration values) {}

    /** Makes one, as a service is made. */
    public HadoopResolver() {}

    @Override
    public Optional<Path> resolve(URI uri) throws IOException {
        Configuration values = settings().values();
        if (!isKnown(uri.getScheme(), values)) {
            return Optional.empty();
        }
        if (uri.isOpaque()) {
            throw new IllegalArgumentException(uri + ": a URI of Hadoop has a / behind the colon.");
        }
        String path = uri.getPath().isEmpty() ? "/" : uri.getPath();
        return Optional.of(new HadoopFiles(opened(uri, values)).getPath(path));
    }

    /** Many schemes are known by the name of a class that may be missing. */
    private static boolean isKnown(String scheme, Configuration values) throws IOException {
        try {
            FileSystem.getFileSystemClass(scheme, values);
            return true;
        } catch (UnsupportedFileSystemException e) {
            return false;
        } catch (RuntimeException e) {
            if (e.getCause() instanceof ClassNotFoundException) {
                return false;
            }
            throw e;
        }
    }

    private static FileSystem opened(URI uri, Configuration values) throws IOException {
        try {
            return FileSystem.get(uri, values);
        } catch (IllegalArgumentException e) {
            if (e.getCause() instanceof UnknownHostException) {
                throw new IOException("there is no host " + uri.getHost(), e);
            }
            throw e;
        }
    }

    private static Settings settings() {
        SparkEnv environment = SparkEnv.get();
        SparkConf conf = environment == null ? null : environment.conf();
        Settings known = settings;
        if (known == null || known.of() != conf) {
            known = new Settings(
                    conf,
                    conf == null ? new Configuration() : SparkHadoopUtil.get().newConfiguration(conf));
            settings = known;
        }
        return known;
    }
}
