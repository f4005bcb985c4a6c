package dev.bag;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;

/** A cluster of Spark on the loopback address: a master, workers of one core and their executors, in JVMs of their own. */
final class LoopbackCluster implements AutoCloseable {

    /** What Spark needs opened to it. */
    static final String[] OPENED = {
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

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();
    private final String master;
    private int workers;

    LoopbackCluster(Path folder, int workers) throws IOException {
        this.folder = folder;
        Path log = folder.resolve("master.log");
        start(log, "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0");
        await().atMost(Duration.ofSeconds(90)).until(() -> text(log).contains("elected leader"));
        this.master = between(text(log), "Starting Spark master at ", "\n");
        for (int i = 0; i < workers; i++) {
            startWorker();
        }
    }

    /** Returns what a context needs for executors on this. */
    SparkConf conf() {
        return new SparkConf()
                .setMaster(master)
                .setAppName("bag")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.executor.memory", "512m")
                .set("spark.executor.extraClassPath", System.getProperty("java.class.path"));
    }

    String master() {
        return master;
    }

    /** Returns a folder that has the jars of Spark in {@code jars}. */
    Path home() {
        return folder.resolve("home");
    }

    /** Starts a worker more. */
    void startWorker() throws IOException {
        String name = "worker" + ++workers;
        Path log = folder.resolve(name + ".log");
        String place = folder.resolve(name).toString();
        start(
                log,
                "org.apache.spark.deploy.worker.Worker",
                "-c",
                "1",
                "-m",
                "1g",
                "-d",
                place,
                "--host",
                "127.0.0.1",
                "--webui-port",
                "0",
                master);
        await().atMost(Duration.ofSeconds(90)).until(() -> text(log).contains("Successfully registered"));
    }

    private static String text(Path log) throws IOException {
        return Files.exists(log) ? Files.readString(log) : "";
    }

    private static String between(String text, String before, String after) {
        int begin = text.indexOf(before) + before.length();
        return text.substring(begin, text.indexOf(after, begin)).strip();
    }

    /** Workers start executors through a launcher that looks for jars in a folder of this name. */
    private void start(Path log, String... command) throws IOException {
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
        processes.add(process);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
        processes.forEach(each -> each.onExit().join());
    }
}
