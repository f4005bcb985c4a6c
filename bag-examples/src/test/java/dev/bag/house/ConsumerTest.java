package dev.bag.house;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A project outside of this build takes bag by the bill of materials, and runs on the class path, on the module path and as one
 * jar. Maven builds a copy of it with a repository in which our modules are as if they had been installed.
 */
@Tag("once")
@DisabledOnOs(OS.WINDOWS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsumerTest {

    private Path folder;
    private Path project;
    private Path logs;

    @BeforeAll
    void build(@TempDir Path empty) throws Exception {
        folder = empty;
        String version = SourceTree.version();
        Path repository = repository(version);
        project = copy(SourceTree.resolve(Path.of("bag-examples/src/test/consumer")), folder.resolve("consumer"));
        run("mvn", "-q", "-B", "-ntp", "-Dmaven.repo.local=" + repository, "-Dbag.version=" + version, "package");
        logs = Files.createDirectory(folder.resolve("logs"));
        Files.writeString(logs.resolve("a.log"), "10.0.0.1 GET /\n10.0.0.2 GET /a\n");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(logs.resolve("b.log.gz")))) {
            out.write("10.0.0.2 GET /b\n10.0.0.2 GET /c\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** JUnit warns of each link that it is to delete. */
    @AfterAll
    void removeLinks() throws IOException {
        try (Stream<Path> groups = Files.list(folder.resolve("repository"))) {
            for (Path link : groups.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    /** A local repository that has what the user's own has, and our modules. */
    private Path repository(String version) throws IOException {
        Path repository = Files.createDirectory(folder.resolve("repository"));
        String usual =
                Path.of(System.getProperty("user.home"), ".m2", "repository").toString();
        try (Stream<Path> groups = Files.list(Path.of(System.getProperty("localRepository", usual)))) {
            for (Path group : groups.filter(each -> !each.endsWith("dev")).toList()) {
                Files.createSymbolicLink(repository.resolve(group.getFileName()), group);
            }
        }
        for (String module : List.of("bag-parent", "bag-bom", "bag-core", "bag-io", "bag-view")) {
            Path sources = SourceTree.resolve(Path.of(module.equals("bag-parent") ? "" : module));
            Path installed = Files.createDirectories(repository.resolve(Path.of("dev/bag", module, version)));
            String name = module + "-" + version;
            Files.copy(sources.resolve("pom.xml"), installed.resolve(name + ".pom"));
            if (!module.equals("bag-parent") && !module.equals("bag-bom")) {
                Path jar = sources.resolve(Path.of("target", name + ".jar"));
                assumeTrue(Files.exists(jar), "there is no " + jar + ": mvn verify makes it");
                Files.copy(jar, installed.resolve(name + ".jar"));
            }
        }
        return repository;
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
        return to;
    }

    /** Runs a command in the project, and returns what it has printed. */
    private String run(String... command) throws Exception {
        Path output = folder.resolve("output.txt");
        Path errors = folder.resolve("errors.txt");
        Process process = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        int exitCode = process.waitFor();
        String printed = Files.readString(output);
        assertThat(exitCode)
                .as("%s%n%s%n%s", String.join(" ", command), printed, Files.readString(errors))
                .isZero();
        return printed;
    }

    private void countsAndDraws(String... start) throws Exception {
        Path picture = folder.resolve("plan.svg");
        Files.deleteIfExists(picture);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(start));
        command.addAll(List.of(logs.toString(), picture.toString()));
        assertThat(run(command.toArray(String[]::new))).isEqualTo("3 10.0.0.2\n1 10.0.0.1\n");
        assertThat(picture).content().contains("<svg", "countBy");
    }

    private static String path(String... entries) {
        return Stream.of(entries).collect(joining(File.pathSeparator));
    }

    @Test
    void runsOnTheClassPath() throws Exception {
        countsAndDraws("-cp", path("target/consumer.jar", "target/lib/*"), "consumer.Requests");
    }

    @Test
    void runsOnTheModulePath() throws Exception {
        countsAndDraws("-p", path("target/consumer.jar", "target/lib"), "-m", "consumer/consumer.Requests");
    }

    @Test
    void runsAsOneJar() throws Exception {
        countsAndDraws("-jar", "target/consumer-all.jar");
    }
}
