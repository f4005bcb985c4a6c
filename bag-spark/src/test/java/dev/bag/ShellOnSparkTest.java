package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/bag-shell --spark MASTER}, with an executor in a JVM of its own. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class ShellOnSparkTest {

    private static final String TYPED = """
            record Word(String text) {}
            Bag.of(new Word("a"), new Word("b"), new Word("a")).countBy(word -> word).toMap().compute(spark).get(new Word("a"))
            long times(long x) { return 2 * x; }
            var sum = Bag.range(0, 10, 3).map(x -> times(x)).sumLong(x -> x)
            sum.compute(spark)
            long times(long x) { return 3 * x; }
            sum.compute(spark)
            Bag.range(0, 4, 4).filter(x -> ProcessHandle.current().pid() == spark.hashCode()).count().compute(spark)
            long own(long pid) { return Bag.range(0, 4, 4).filter(x -> ProcessHandle.current().pid() == pid).count().compute(spark); }
            own(ProcessHandle.current().pid())
            """;

    @TempDir
    private static Path folder;

    @Test
    void whatIsTypedReachesExecutors() throws Exception {
        Path java = Path.of(System.getProperty("java.home"));
        assumeTrue(Files.isExecutable(java.resolve("bin/jshell")), "this JDK has no jshell");
        String printed;
        try (LoopbackCluster cluster = new LoopbackCluster(folder, 1)) {
            printed = shell(cluster, java);
        }
        assertThat(printed)
                .contains("$2 ==> 2")
                .contains("$5 ==> 90")
                .as("a method that was typed again, which another one calls that was not")
                .contains("$7 ==> 135")
                .contains("a function reads the variable \"spark\" of jshell")
                .as("tasks that have run in the process of the shell")
                .contains("$10 ==> 0");
    }

    /** Of the class path what is not in the folder of Spark, and what the shell starts from. */
    private static String ours() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Files.isDirectory(Path.of(entry)) || entry.contains("bag-"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String shell(LoopbackCluster cluster, Path java) throws IOException, InterruptedException {
        Path script = Path.of("..", "bin", "bag-shell").toAbsolutePath().normalize();
        List<String> command = new ArrayList<>(List.of("bash", script.toString(), "--spark", cluster.master()));
        for (String setting : List.of(
                "executor.extraClassPath=" + System.getProperty("java.class.path"),
                "executor.memory=512m",
                "driver.host=127.0.0.1",
                "ui.enabled=false")) {
            command.add("-R-Dspark." + setting);
        }
        Path typed = Files.writeString(folder.resolve("typed"), TYPED);
        Path printed = folder.resolve("printed");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(typed.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment().put("JAVA_HOME", java.toString());
        builder.environment().put("SPARK_HOME", cluster.home().toString());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("BAG_CLASSPATH", ours());
        Process shell = builder.start();
        try {
            assertThat(shell.waitFor(3, TimeUnit.MINUTES)).as("%s", printed).isTrue();
            return Files.readString(printed);
        } finally {
            shell.destroyForcibly();
        }
    }
}
