package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bag.spark.SparkRunner;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Random plans on a cluster of Spark with a master, two workers and executors in JVMs of their own, on the loopback address. */
class SparkClusterTest {

    private static final String[] OPENED = {
        "java.lang",
        "java.lang.invoke",
        "java.lang.reflect",
        "java.io",
        "java.net",
        "java.nio",
        "java.util",
        "java.util.concurrent",
        "java.util.concurrent.atomic",
        "jdk.internal.ref",
        "sun.nio.ch",
        "sun.nio.cs",
        "sun.security.action",
        "sun.util.calendar"
    };

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void plansMeanTheSameOnExecutorsOfTheirOwn(@TempDir Path folder) throws Exception {
        List<Process> processes = new ArrayList<>();
        try {
            Path log = folder.resolve("master.log");
            processes.add(start(
                    folder,
                    log,
                    "org.apache.spark.deploy.master.Master",
                    "--host",
                    "127.0.0.1",
                    "--port",
                    "0",
                    "--webui-port",
                    "0"));
            await().atMost(Duration.ofSeconds(60)).until(() -> text(log).contains("elected leader"));
            String master = between(text(log), "Starting Spark master at ", "\n");
            for (int worker = 1; worker <= 2; worker++) {
                Path itsLog = folder.resolve("worker" + worker + ".log");
                processes.add(start(
                        folder,
                        itsLog,
                        "org.apache.spark.deploy.worker.Worker",
                        "-c",
                        "1",
                        "-m",
                        "1g",
                        "-d",
                        folder.resolve("w" + worker).toString(),
                        "--host",
                        "127.0.0.1",
                        "--webui-port",
                        "0",
                        master));
                await().atMost(Duration.ofSeconds(60)).until(() -> text(itsLog).contains("Successfully registered"));
            }
            try (Runner runner = SparkRunner.connect(master)
                    .memory("512m")
                    .conf("spark.ui.enabled", "false")
                    .conf("spark.driver.host", "127.0.0.1")
                    .conf("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                    .build()) {
                for (long seed = 0; seed < Integer.getInteger("plans.cluster", 4); seed++) {
                    SparkPlansTest.check(seed, runner);
                }
                List<String> places = Bag.range(0, 8, 8)
                        .map(x -> ProcessHandle.current().pid() + "")
                        .distinct()
                        .compute(runner);
                assertThat(places).doesNotContain(ProcessHandle.current().pid() + "");
            }
        } finally {
            processes.forEach(Process::destroy);
            for (Process each : processes) {
                each.waitFor();
            }
        }
    }

    private static String text(Path log) throws IOException {
        return Files.exists(log) ? Files.readString(log) : "";
    }

    private static String between(String text, String before, String after) {
        int begin = text.indexOf(before) + before.length();
        return text.substring(begin, text.indexOf(after, begin)).strip();
    }

    /** Workers start executors through a launcher that looks for jars in a folder of this name. */
    private static Process start(Path folder, Path log, String... command) throws IOException {
        Path jars = Files.createDirectories(folder.resolve("home/jars"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path link = jars.resolve(Path.of(entry).getFileName());
            if (entry.endsWith(".jar") && !entry.contains("slf4j-nop") && !Files.exists(link)) {
                Files.createSymbolicLink(link, Path.of(entry).toAbsolutePath());
            }
        }
        List<String> words = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "--add-modules=jdk.incubator.vector"));
        for (String each : OPENED) {
            words.add("--add-opens=java.base/" + each + "=ALL-UNNAMED");
        }
        words.addAll(List.of("-cp", jars + File.separator + "*"));
        words.addAll(List.of(command));
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("SPARK_HOME", folder.resolve("home").toString());
        environment.put("SPARK_SCALA_VERSION", "2.13");
        environment.put("SPARK_LOCAL_IP", "127.0.0.1");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }
}
