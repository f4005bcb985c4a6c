package dev.bag.io.file;

import dev.bag.source.PathResolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/** The paths that URIs stand for: of installed providers of java.nio.file, or of a {@link PathResolver}. */
public final class UriPaths {

    private UriPaths() {}

    /**
     * Returns the path that a URI stands for, in the file system of its scheme.
     *
     * @throws IllegalArgumentException if there is no such file system
     */
    public static Path path(URI uri) {
        if (uri.getScheme() == null) {
            throw new IllegalArgumentException(uri + ": the URI has no scheme, such as file:");
        }
        try {
            return Path.of(uri);
        } catch (FileSystemNotFoundException e) {
            return resolved(uri)
                    .orElseThrow(
                            () -> new IllegalArgumentException(uri + ": " + missingFileSystem(uri.getScheme()), e));
        }
    }

    /** They are looked up anew each time: few programs have any. */
    private static Optional<Path> resolved(URI uri) {
        try {
            for (PathResolver resolver : ServiceLoader.load(PathResolver.class)) {
                Optional<Path> path = resolver.resolve(uri);
                if (path.isPresent()) {
                    return path;
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(uri + ": the file system cannot be reached: " + e.getMessage(), e);
        }
    }

    private static String missingFileSystem(String scheme) {
        return switch (scheme) {
            case "s3" -> "s3 needs software.amazon.nio.s3:aws-java-nio-spi-for-s3 on the class path.";
            case "azb" -> "azb needs com.azure:azure-storage-blob-nio on the class path.";
            case "sftp" -> "sftp needs org.apache.sshd:sshd-sftp on the class path.";
            case "gs" -> "gs needs com.google.cloud:google-cloud-nio on the class path.";
            case "jar" -> "open it first, with java.nio.file.FileSystems.newFileSystem(...).";
            case "hdfs", "s3a", "abfs", "abfss" ->
                scheme + " needs bag-spark, and the file system of Hadoop for it, on the class path.";
            default -> "no java.nio.file provider for the scheme \"" + scheme + "\" is on the class path.";
        };
    }
}
