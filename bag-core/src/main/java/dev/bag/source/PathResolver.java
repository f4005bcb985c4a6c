package dev.bag.source;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Knows file systems by the schemes of their URIs: a service, found by {@link java.util.ServiceLoader} with the context class
 * loader of the thread. It is asked if no {@linkplain java.nio.file.spi.FileSystemProvider#installedProviders() installed
 * provider} has the scheme. Used by many threads at once.
 */
public interface PathResolver {

    /**
     * Returns the path that a URI stands for, or nothing if the scheme is unknown.
     *
     * @return a path whose file system supports folders, attributes and reading by channels; for output also creating, appending to
     *     and renaming files
     * @throws IOException if the file system cannot be reached
     */
    Optional<Path> resolve(URI uri) throws IOException;
}
