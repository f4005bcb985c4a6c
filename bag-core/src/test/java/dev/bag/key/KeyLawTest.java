package dev.bag.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Equal keys have one place in a table and one target, whatever their classes look like, and whether their class files can
 * be had or not. The classes are compiled here, from sources, and loaded in several ways.
 */
@Tag("P1")
@Tag("P3")
class KeyLawTest {

    /** Ignore case, unless their name says something else. */
    private static final String CLASSES = """
            package keys;

            import java.util.*;

            public class Keys {

                public enum Color { RED, GREEN }

                static String low(Object text) { return text.toString().toLowerCase(Locale.ROOT); }

                public record Generated(Object inside) {}

                public record Generic<T extends Comparable<T>>(T text, Color color) {}

                public record Empty() {}

                public record Final(String text) {
                    public final boolean equals(Object o) { return o instanceof Final f && low(f.text).equals(low(text)); }
                    public final int hashCode() { return low(text).hashCode() + 1; }
                }

                public record Open(String text, Color color) {
                    public boolean equals(Object o) {
                        return o instanceof Open f && low(f.text).equals(low(text)) && f.color == color;
                    }
                    public int hashCode() { return low(text).hashCode() + color.hashCode(); }
                }

                public record OnlyHash(String text, Color color) {
                    public final int hashCode() { return text.length(); }
                }

                public record OnlyEquals(String text, Color color) {
                    public final boolean equals(Object o) {
                        return o instanceof OnlyEquals f && f.text.equals(text) && f.color == color;
                    }
                }

                public record Bytes(byte[] bytes) {
                    public final boolean equals(Object o) { return o instanceof Bytes b && Arrays.equals(bytes, b.bytes); }
                    public final int hashCode() { return Arrays.hashCode(bytes); }
                }

                public record OtherEachTime(String text) {
                    static int calls;
                    public String text() { return text + calls++; }
                }

                public static class Base {
                    final String text;
                    public Base(String text) { this.text = text; }
                    public final boolean equals(Object o) { return o instanceof Base b && low(b.text).equals(low(text)); }
                    public final int hashCode() { return low(text).hashCode() + 2; }
                }

                public static class Derived extends Base {
                    public Derived(String text) { super(text); }
                }

                public static final class Words extends ArrayList<Object> {
                    public Words(Collection<?> c) { super(c); }
                    public boolean equals(Object o) { return o instanceof List<?> l && low(l).equals(low(this)); }
                    public int hashCode() { return List.of(low(this)).hashCode(); }
                }

                public static final class SuperList extends ArrayList<Object> {
                    public SuperList(Collection<?> c) { super(c); }
                    public boolean equals(Object o) { return super.equals(o); }
                    public int hashCode() { return super.hashCode(); }
                }

                public static final class WordSet extends HashSet<Object> {
                    public WordSet(Collection<?> c) { super(c); }
                    public boolean equals(Object o) { return o instanceof WordSet w && low(w).equals(low(this)); }
                    public int hashCode() { return low(this).hashCode(); }
                }

                public static final class WordMap extends TreeMap<Object, Object> {
                    public WordMap(Object key, Object value) { put(key, value); }
                    public boolean equals(Object o) { return o instanceof WordMap w && low(w).equals(low(this)); }
                    public int hashCode() { return low(this).hashCode(); }
                }

                public static final class WordEntry extends AbstractMap.SimpleEntry<Object, Object> {
                    public WordEntry(Object key, Object value) { super(key, value); }
                    public boolean equals(Object o) { return o instanceof WordEntry w && low(w).equals(low(this)); }
                    public int hashCode() { return low(this).hashCode(); }
                }

                public record RecordEntry(Object getKey, Object getValue) implements Map.Entry<Object, Object> {
                    public Object setValue(Object value) { throw new UnsupportedOperationException(); }
                    public boolean equals(Object o) {
                        return o instanceof Map.Entry<?, ?> e && e.getKey().equals(getKey) && e.getValue().equals(getValue);
                    }
                    public int hashCode() { return getKey.hashCode() ^ getValue.hashCode(); }
                }

                public record Pair(String a, String b) {}

                public record Switched(String text) { SWITCHED }

                public static List<Object> all() {
                    List<Object> keys = new ArrayList<>();
                    keys.add(new Empty());
                    for (String text : new String[] {"alpha", "Alpha", "ALPHA", "beta"}) {
                        keys.addAll(List.of(text, new Final(text), new OtherEachTime(text), new Base(text),
                                new Derived(text), new Words(List.of(text, text)), new WordSet(List.of(text)),
                                new WordMap(text, 1), new WordEntry(text, 1), new SuperList(List.of(text)),
                                new Pair("same", text), new Switched(text), new Bytes(text.getBytes())));
                        for (Color color : Color.values()) {
                            keys.addAll(List.of(color, new Generic<>(text, color), new Open(text, color),
                                    new OnlyHash(text, color), new OnlyEquals(text, color), Map.entry(text, color),
                                    new RecordEntry(text, color), new SuperList(List.of(text, color)),
                                    List.of(text, color)));
                        }
                    }
                    return keys;
                }

                public static Object generated(Object inside) { return new Generated(inside); }

                public static Object words(Object word) { return new Words(List.of(word)); }
            }
            """;

    private static final String IGNORES_CASE = """
            public final boolean equals(Object o) { return o instanceof Switched f && low(f.text).equals(low(text)); }
            public final int hashCode() { return low(text).hashCode(); }
            """;

    @TempDir
    static Path generatedFiles;

    @TempDir
    static Path ownFiles;

    @BeforeAll
    static void compile() throws IOException {
        compile(generatedFiles, "");
        compile(ownFiles, IGNORES_CASE);
        Path pair = ownFiles.resolve("keys/Keys$Pair.class");
        Files.write(pair, withoutSecondField(Files.readAllBytes(pair)));
    }

    private static void compile(Path to, String ofSwitched) throws IOException {
        Path source = to.resolve("Keys.java");
        Files.writeString(source, CLASSES.replace("SWITCHED", ofSwitched));
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "--release", "17", "-nowarn", "-d", to.toString(), source.toString());
        assertThat(result).isZero();
    }

    /** As a compiler may do it that leaves a component out of equality. */
    private static byte[] withoutSecondField(byte[] file) throws IOException {
        List<Integer> arguments = new CompiledClass(file).bootstrap(0).arguments();
        for (int at = 0; at + 6 <= file.length; at++) {
            if (index(file, at) == arguments.get(1)
                    && index(file, at + 2) == arguments.get(2)
                    && index(file, at + 4) == arguments.get(3)) {
                System.arraycopy(file, at + 2, file, at + 4, 2);
                return file;
            }
        }
        throw new IllegalStateException("there is no bootstrap method");
    }

    private static int index(byte[] file, int at) {
        return (file[at] & 0xFF) << 8 | file[at + 1] & 0xFF;
    }

    /** How the classes come into the JVM. */
    private enum Loading {
        FROM_FILES {
            @Override
            ClassLoader loader() throws IOException {
                return new URLClassLoader(urls(ownFiles));
            }
        },
        WITHOUT_FILES {
            @Override
            ClassLoader loader() {
                return new ChildFirst(urls(), null, ownFiles);
            }
        },
        FROM_OTHERS_THAN_THE_FILES_OF_THE_PARENT {
            @Override
            ClassLoader loader() throws IOException {
                return new ChildFirst(urls(), new URLClassLoader(urls(generatedFiles)), ownFiles);
            }
        },
        FROM_FILES_BEFORE_THOSE_OF_THE_PARENT {
            @Override
            ClassLoader loader() throws IOException {
                return new ChildFirst(urls(ownFiles), new URLClassLoader(urls(generatedFiles)), null);
            }
        };

        abstract ClassLoader loader() throws IOException;

        static URL[] urls(Path... directories) {
            return Arrays.stream(directories).map(KeyLawTest::url).toArray(URL[]::new);
        }
    }

    private static URL url(Path directory) {
        try {
            return directory.toUri().toURL();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Defines the classes itself, of the same names as those of its parent: from its own URLs, or else from {@code files}. */
    private static final class ChildFirst extends URLClassLoader {

        private final @Nullable Path files;

        ChildFirst(URL[] urls, @Nullable ClassLoader parent, @Nullable Path files) {
            super(urls, parent);
            this.files = files;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("keys.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        @Override
        public URL getResource(String name) {
            URL own = findResource(name);
            return own == null ? super.getResource(name) : own;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            if (files == null) {
                return findClass(name);
            }
            try {
                byte[] file = Files.readAllBytes(files.resolve(name.replace('.', '/') + ".class"));
                return defineClass(name, file, 0, file.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    /** The keys and what can be made of each. */
    private static List<Object> keys(Class<?> classes) throws ReflectiveOperationException {
        @SuppressWarnings("unchecked") // as it is declared above
        List<Object> atoms = (List<Object>) classes.getMethod("all").invoke(null);
        List<Function<Object, Object>> wrappers = List.of(
                key -> key,
                List::of,
                key -> Collections.unmodifiableList(new ArrayList<>(List.of(key))),
                Set::of,
                Optional::of,
                key -> Map.of(key, 1),
                key -> Collections.unmodifiableMap(new LinkedHashMap<>(Map.of("key", key))),
                key -> Map.entry(1, key),
                key -> new Object[] {key},
                key -> key instanceof List<?> list ? Collections.unmodifiableList(list) : Arrays.asList(key),
                key -> call(classes, "generated", key),
                key -> call(classes, "generated", List.of(Optional.of(key))));
        List<Object> keys = new ArrayList<>();
        wrappers.forEach(wrapper -> atoms.forEach(atom -> keys.add(wrapper.apply(atom))));
        return keys;
    }

    private static Object call(Class<?> classes, String method, Object argument) {
        try {
            return classes.getMethod(method, Object.class).invoke(null, argument);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(Loading.class)
    void equalKeysHaveOnePlaceAndOneTarget(Loading loading) throws IOException, ReflectiveOperationException {
        List<Object> keys = keys(loading.loader().loadClass("keys.Keys"));
        KeyTable table = new KeyTable();
        int equalPairs = 0;
        for (int i = 0; i < keys.size(); i++) {
            Object key = keys.get(i);
            int found = table.find(key);
            int hash = 0;
            boolean isRefused = false;
            try {
                hash = StableHash.of(key);
            } catch (IllegalArgumentException e) {
                isRefused = true;
                assertThat(e).hasMessageContaining(e.getMessage().contains("array") ? "byte[]" : "enum");
                assertThat(loading).isIn(Loading.WITHOUT_FILES, Loading.FROM_OTHERS_THAN_THE_FILES_OF_THE_PARENT);
            }
            for (int j = 0; j < i; j++) {
                if (Keys.same(key, keys.get(j)) && key.hashCode() == keys.get(j).hashCode()) {
                    equalPairs++;
                    assertThat(found).as("place of %s", key).isNotNegative();
                    if (!isRefused) {
                        assertThat(StableHash.of(keys.get(j)))
                                .as("%s and %s of %s", key, keys.get(j), key.getClass())
                                .isEqualTo(hash);
                    }
                }
            }
        }
        assertThat(equalPairs).isGreaterThan(1_000);
    }

    /** That of the class which was loaded decides, not that of a class of the same name. */
    @Test
    void aFileOfAnotherClassSaysNothing() throws Exception {
        Class<?> loaded =
                Class.forName("keys.Keys$Switched", true, Loading.FROM_OTHERS_THAN_THE_FILES_OF_THE_PARENT.loader());
        assertThat(CompiledRecord.of(loaded)).isNull();
        Class<?> own = Class.forName("keys.Keys$Switched", true, Loading.FROM_FILES.loader());
        assertThat(CompiledRecord.of(own)).isNotNull().returns(false, CompiledRecord::hasGeneratedHashCode);
        Class<?> generated =
                Class.forName("keys.Keys$Switched", true, new URLClassLoader(Loading.urls(generatedFiles)));
        assertThat(CompiledRecord.of(generated)).isNotNull().returns(true, CompiledRecord::hasGeneratedHashCode);
        Class<?> partly = Class.forName("keys.Keys$Pair", true, Loading.FROM_FILES.loader());
        assertThat(CompiledRecord.of(partly)).isNotNull().returns(false, CompiledRecord::hasGeneratedHashCode);
    }

    /** Of two equal lists one may happen to have the hash of its content. */
    @Test
    void aListWithAHashOfItsOwnAndAnEnumIsRefused() throws Exception {
        Class<?> classes = Loading.FROM_FILES.loader().loadClass("keys.Keys");
        Object color =
                Class.forName("keys.Keys$Color", true, classes.getClassLoader()).getEnumConstants()[0];
        assertThatThrownBy(() -> StableHash.of(call(classes, "words", color)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a key of class keys.Keys$Words has a hash other than that of its content, which differs from"
                                + " run to run, since it contains an enum, a class or an array: use a record or a String as the"
                                + " key");
    }
}
