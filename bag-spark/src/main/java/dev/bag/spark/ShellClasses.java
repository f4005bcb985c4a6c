package dev.bag.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.JobArtifactSet;
import org.apache.spark.JobArtifactState;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.Utils;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The classes that jshell has made of what was typed, for executors: they are written to a folder that Spark's driver serves, as it
 * serves those of its own shell.
 *
 * <p>What is typed again under a name that is taken changes a class that is loaded already: jshell puts other code into it. No
 * executor can do that. Then all classes go to another folder, with a name of its own for Spark, by which executors make
 * another class loader.
 */
final class ShellClasses {

    /** As jshell begins the names of its classes, behind which comes the number of what was typed. */
    private static final String BEGINNING = "REPL/$JShell$";

    private static final Pattern NAME = Pattern.compile(Pattern.quote(BEGINNING) + "[\\w$\\x{a0}-\\x{10ffff}]+");

    /** So many numbers in a row are those of imports at most, which have no class. */
    private static final int LONGEST_GAP = 1_000;

    private final URLClassLoader loader;
    private final JavaSparkContext context;
    /** What executors may have loaded from the folder; guarded by this, as all below. */
    private final Map<String, byte[]> served = new HashMap<>();

    private @Nullable Path folder;
    private @Nullable JobArtifactState state;

    /** Something that is done with Spark. */
    interface Work {

        void run() throws Exception;
    }

    private ShellClasses(URLClassLoader loader, JavaSparkContext context) {
        this.loader = loader;
        this.context = context;
    }

    /** Returns the classes of the shell in which the calling thread is; null if it is in none. */
    static @Nullable ShellClasses of(JavaSparkContext context) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return loader instanceof URLClassLoader shell
                        && loader.getClass().getName().startsWith("jdk.jshell.")
                ? new ShellClasses(shell, context)
                : null;
    }

    /** Runs {@code work}, whose jobs load the classes in their present state. */
    void reaching(Work work) throws Exception {
        Exception[] thrown = new Exception[1];
        JobArtifactSet.<Object>withActiveJobArtifactState(current(), () -> {
            try {
                work.run();
            } catch (Exception e) {
                thrown[0] = e;
            }
            return "";
        });
        if (thrown[0] != null) {
            throw thrown[0];
        }
    }

    private synchronized JobArtifactState current() throws IOException {
        Map<String, byte[]> now = classes();
        if (state == null || hasChanged(now)) {
            begin();
        }
        for (Map.Entry<String, byte[]> each : now.entrySet()) {
            if (!served.containsKey(each.getKey())) {
                Path file = Objects.requireNonNull(folder).resolve(each.getKey() + ".class");
                Files.createDirectories(file.getParent());
                Files.write(file, each.getValue());
                served.put(each.getKey(), each.getValue());
            }
        }
        return Objects.requireNonNull(state);
    }

    private boolean hasChanged(Map<String, byte[]> now) {
        return served.entrySet().stream().anyMatch(each -> !Arrays.equals(each.getValue(), now.get(each.getKey())));
    }

    /** Begins a folder, with a name for executors, which get the jars of the context by that name, too. */
    private void begin() {
        String name = UUID.randomUUID().toString();
        folder = Utils.createTempDir(System.getProperty("java.io.tmpdir"), "bag-shell")
                .toPath();
        String uri = context.sc().env().rpcEnv().fileServer().addDirectory("/bag-shell-" + name, folder.toFile());
        JobArtifactState begun = new JobArtifactState(name, Option.apply(uri));
        JobArtifactSet.<Object>withActiveJobArtifactState(begun, () -> {
            CollectionConverters.asJava(context.sc().jars()).forEach(context::addJar);
            return "";
        });
        served.clear();
        state = begun;
    }

    /** Returns the bytes of the classes by name: the numbered ones, and those that their bytes refer to. */
    private Map<String, byte[]> classes() throws IOException {
        Map<String, byte[]> classes = new HashMap<>();
        int last = 0;
        for (int number = 0; number <= last + LONGEST_GAP; number++) {
            boolean found = add(BEGINNING + number, classes);
            for (char version = 'B'; version <= 'Z'; version++) {
                found |= add(BEGINNING + number + version, classes);
            }
            last = found ? number : last;
        }
        Deque<byte[]> open = new ArrayDeque<>(classes.values());
        while (!open.isEmpty()) {
            Matcher names = NAME.matcher(new String(open.pop(), UTF_8));
            while (names.find()) {
                String name = names.group();
                if (!classes.containsKey(name) && add(name, classes)) {
                    open.push(Objects.requireNonNull(classes.get(name)));
                }
            }
        }
        return classes;
    }

    private boolean add(String name, Map<String, byte[]> classes) throws IOException {
        URL file = loader.findResource(name + ".class");
        if (file == null) {
            return false;
        }
        try (InputStream in = file.openStream()) {
            classes.put(name, in.readAllBytes());
            return true;
        }
    }
}
