package dev.bag.spark.hadoop;

import dev.bag.source.PathResolver;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
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
    private record Settings(@Nullable SparkEnv of, Configuration values) {}

    /** Makes one, as a service is made. */
    public HadoopResolver() {}

    @Override
    public Optional<Path> resolve(URI uri) throws IOException {
        Configuration values = settings().values();
        try {
            FileSystem.getFileSystemClass(uri.getScheme(), values);
        } catch (UnsupportedFileSystemException e) {
            return Optional.empty();
        }
        return Optional.of(new HadoopFiles(FileSystem.get(uri, values)).getPath(uri.getPath()));
    }

    private static Settings settings() {
        SparkEnv environment = SparkEnv.get();
        Settings known = settings;
        if (known == null || known.of() != environment) {
            known = new Settings(
                    environment,
                    environment == null
                            ? new Configuration()
                            : SparkHadoopUtil.get().newConfiguration(environment.conf()));
            settings = known;
        }
        return known;
    }
}
