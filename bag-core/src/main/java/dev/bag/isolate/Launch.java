package dev.bag.isolate;

import com.esotericsoftware.kryo.kryo5.Kryo;
import dev.bag.value.Command;
import dev.bag.value.Isolation;
import java.io.File;
import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** How a worker is started: by the java of this JVM, with the class path and the module path of it. */
final class Launch {

    private Launch() {}

    static Command command(Isolation isolation) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.add("-XX:+ExitOnOutOfMemoryError");
        words.add("-XX:+DisplayVMOutputToStderr"); // what the JVM prints when it crashes
        words.addAll(isolation.jvmOptions());
        Module bag = Launch.class.getModule();
        String classPath = classPath(bag.isNamed());
        if (!classPath.isEmpty()) {
            words.addAll(List.of("-cp", classPath));
        }
        if (bag.isNamed()) {
            words.addAll(List.of("-p", System.getProperty("jdk.module.path", "")));
            words.addAll(List.of("--add-modules", modules()));
            words.addAll(List.of("-m", bag.getName() + "/" + WorkerMain.class.getName()));
        } else {
            words.add(WorkerMain.class.getName());
        }
        return Command.of(words);
    }

    /** That of this JVM; and where bag was loaded from, if that is elsewhere, as in a shell. */
    private static String classPath(boolean hasModules) {
        Set<String> entries = new LinkedHashSet<>();
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
            if (!entry.isEmpty()) {
                entries.add(entry);
            }
        }
        if (!hasModules) {
            addOrigin(Launch.class, entries);
            addOrigin(Kryo.class, entries);
        }
        return String.join(File.pathSeparator, entries);
    }

    private static void addOrigin(Class<?> type, Set<String> entries) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source != null && source.getLocation() != null) {
            try {
                URI origin = source.getLocation().toURI();
                if ("file".equals(origin.getScheme())) {
                    entries.add(Path.of(origin).toString());
                }
            } catch (URISyntaxException e) {
                // then it has to be on the class path
            }
        }
    }

    /** Those that are not of the JDK. */
    private static String modules() {
        return ModuleLayer.boot().configuration().modules().stream()
                .map(ResolvedModule::reference)
                .filter(module -> module.location()
                        .map(location -> !"jrt".equals(location.getScheme()))
                        .orElse(true))
                .map(ModuleReference::descriptor)
                .map(descriptor -> descriptor.name())
                .sorted()
                .collect(Collectors.joining(","));
    }
}
