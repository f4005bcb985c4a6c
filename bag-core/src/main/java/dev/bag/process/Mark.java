package dev.bag.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A variable in the environment of a child, which those that it starts inherit: so they are found when the process that has
 * started them is gone. Only Linux tells; elsewhere nothing is found. The way Jenkins finds what a build has left.
 */
final class Mark {

    private static final String NAME = "BAG_CHILD";
    private static final Path PROCESSES = Path.of("/proc");

    private final String id = UUID.randomUUID().toString();

    /** Puts it into {@code environment}, behind those of a child in which this process may run itself. */
    void putInto(Map<String, String> environment) {
        environment.merge(NAME, id, (outer, own) -> outer + " " + own);
    }

    /** Returns the processes that have it. */
    List<ProcessHandle> processes() {
        List<ProcessHandle> found = new ArrayList<>();
        if (Files.isDirectory(PROCESSES)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
                for (Path each : all) {
                    if (isIn(each.resolve("environ"))) {
                        ProcessHandle.of(Long.parseLong(each.getFileName().toString()))
                                .ifPresent(found::add);
                    }
                }
            } catch (IOException e) {
                // the system does not tell
            }
        }
        return found;
    }

    private boolean isIn(Path environment) {
        try {
            return Files.isReadable(environment)
                    && new String(Files.readAllBytes(environment), StandardCharsets.ISO_8859_1).contains(id);
        } catch (IOException e) {
            return false; // it has ended, or is another user's
        }
    }
}
