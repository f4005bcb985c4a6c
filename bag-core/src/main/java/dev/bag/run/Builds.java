package dev.bag.run;

import dev.bag.run.end.FarExchange;
import dev.bag.spill.SentEntries;
import dev.bag.stage.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Checksums of class files. A function is sent as the name of a method; where a jar of another build lies, another method
 * may have that name, and no error would tell.
 */
final class Builds {

    /** What is sent is made and read by these. */
    private static final Set<Class<?>> OWN =
            Set.of(FarStage.class, FarCut.class, TaskLeft.class, Stage.class, SentEntries.class, FarExchange.class);

    private static final ClassValue<OptionalLong> KNOWN = new ClassValue<>() {
        @Override
        protected OptionalLong computeValue(Class<?> type) {
            return checksum(type);
        }
    };

    private Builds() {}

    /** Returns the checksums of the classes that {@code sent} needs and that have class files. */
    static HashMap<String, Long> of(Object sent) {
        HashMap<String, Long> checksums = new HashMap<>();
        OWN.forEach(type -> add(type, checksums));
        for (String name : SentGraph.classesOf(sent)) {
            if (name.startsWith(ShellVariables.PACKAGE)) {
                continue; // changes while it is loaded, and is sent as it is
            }
            try {
                add(Class.forName(name, false, Sent.loader()), checksums);
            } catch (ClassNotFoundException | LinkageError e) {
                // Made at run time, so there is no file.
            }
        }
        return checksums;
    }

    private static void add(Class<?> type, Map<String, Long> checksums) {
        if (type.getClassLoader() != null) { // those of the JDK are its own affair
            KNOWN.get(type).ifPresent(checksum -> checksums.put(type.getName(), checksum));
        }
    }

    /**
     * Compares the classes of this process.
     *
     * @throws IOException if one is another one than where {@code checksums} come from
     */
    static void check(Map<String, Long> checksums) throws IOException {
        for (Map.Entry<String, Long> each : checksums.entrySet()) {
            try {
                OptionalLong here = KNOWN.get(Class.forName(each.getKey(), false, Sent.loader()));
                if (here.isPresent() && here.getAsLong() != each.getValue()) {
                    throw new IOException(each.getKey()
                            + " is of another build here than in the driver. Give the driver and all executors the same jars, and"
                            + " connect anew");
                }
            } catch (ClassNotFoundException e) {
                throw new IOException("the class " + e.getMessage() + " is not known here: add its jar", e);
            }
        }
    }

    private static OptionalLong checksum(Class<?> type) {
        try (InputStream in = file(type)) {
            if (in == null) {
                return OptionalLong.empty();
            }
            CRC32C checksum = new CRC32C();
            checksum.update(in.readAllBytes());
            return OptionalLong.of(checksum.getValue());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** Returns the file of a class, or null. */
    static @Nullable InputStream file(Class<?> type) {
        String name = type.getName();
        return type.getResourceAsStream("/" + name.replace('.', '/') + ".class");
    }
}
