package dev.bag.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.spill.SpillException;
import dev.bag.spill.Spilled;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamField;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes that say themselves how they are serialized are taken at their word; those that say nothing lose nothing. */
class JavaSerializationTest {

    @TempDir
    Path directory;

    private record Plain(String name) {}

    private record Both(Object one, Object other) {}

    /** With a transient field, which it writes itself. */
    private static class Hooked implements Serializable {
        private static final long serialVersionUID = 1;
        private transient int number;

        Hooked(int number) {
            this.number = number;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.writeInt(number * 2);
        }

        private void readObject(ObjectInputStream in) throws IOException {
            number = in.readInt() / 2 + 100;
        }
    }

    @SuppressWarnings("serial") // that its field may not be Serializable is what is tested
    private static final class HookedWithMore extends Hooked {
        private static final long serialVersionUID = 1;
        private final Object more;

        HookedWithMore(int number, Object more) {
            super(number);
            this.more = more;
        }
    }

    private static final class Single implements Serializable {
        private static final long serialVersionUID = 1;
        private static final Single ONLY = new Single();

        private Object readResolve() {
            return ONLY;
        }
    }

    private record Replaced(int number) implements Serializable {
        private Object writeReplace() {
            return new Replacement(number);
        }
    }

    private record Replacement(int number) implements Serializable {
        private Object readResolve() {
            return new Replaced(number + 1);
        }
    }

    public static final class External implements Externalizable {
        private static final long serialVersionUID = 1;
        private int number;

        public External() {}

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeInt(number);
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException {
            number = in.readInt() + 100;
        }
    }

    private static final class OneFieldOnly implements Serializable {
        private static final long serialVersionUID = 1;
        private static final ObjectStreamField[] serialPersistentFields = {new ObjectStreamField("kept", int.class)};
        private final int kept;
        private final int left;

        OneFieldOnly(int kept, int left) {
            this.kept = kept;
            this.left = left;
        }
    }

    /** Has a method that is only called like one of Java's. */
    @SuppressWarnings("serial") // that these are no hooks is what is tested
    private static final class NoHook implements Serializable {
        private static final long serialVersionUID = 1;
        private final Plain plain = new Plain("plain");

        Object writeObject(String name) {
            return name;
        }

        static Object readResolve() {
            return "something else";
        }
    }

    @Test
    void hooksAreCalled() throws Exception {
        assertThat(((Hooked) Spilled.and(directory, new Hooked(3))).number).isEqualTo(103);
        assertThat(((Hooked) ((Both) Spilled.and(directory, new Both(1, new Hooked(3)))).other).number)
                .isEqualTo(103);
        assertThat(Spilled.and(directory, Single.ONLY)).isSameAs(Single.ONLY);
        assertThat(Spilled.and(directory, new Replaced(1))).isEqualTo(new Replaced(2));
        External external = new External();
        assertThat(((External) Spilled.and(directory, external)).number).isEqualTo(100);
        OneFieldOnly one = (OneFieldOnly) Spilled.and(directory, new OneFieldOnly(1, 2));
        assertThat(List.of(one.kept, one.left)).containsExactly(1, 0);
    }

    @Test
    void methodsThatAreNoHooksAreNot() throws Exception {
        assertThat(((NoHook) Spilled.and(directory, new NoHook())).plain).isEqualTo(new Plain("plain"));
    }

    @Test
    void whatIsNotSerializableMayBeInsideOfWhatIs() throws Exception {
        HookedWithMore hooked = (HookedWithMore) Spilled.and(directory, new HookedWithMore(1, new Plain("a")));
        assertThat(hooked.more).isEqualTo(new Plain("a"));
        List<Plain> plain = List.of(new Plain("b"), new Plain("a"));
        assertThat((LinkedBlockingQueue<?>) Spilled.and(directory, new LinkedBlockingQueue<>(plain)))
                .hasToString(plain.toString());
        assertThat(Spilled.and(directory, new CopyOnWriteArraySet<>(plain)))
                .isEqualTo(new CopyOnWriteArraySet<>(plain));
        assertThat(Spilled.and(directory, new AtomicReferenceArray<>(plain.toArray(new Plain[0]))))
                .hasToString(plain.toString());
    }

    @SuppressWarnings("serial") // that its field may not be Serializable is what is tested
    private static final class Names extends ArrayList<Object> {
        private static final long serialVersionUID = 1;
        private final Plain owner = new Plain("owner");
    }

    /** Keeps what was used last. */
    private static final class Cache extends LinkedHashMap<Object, Object> {
        private static final long serialVersionUID = 1;

        Cache() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Object> eldest) {
            return size() > 2;
        }
    }

    @Test
    void collectionsOfTheUsersMayHaveElementsThatAreNotSerializable() throws Exception {
        Names names = new Names();
        Plain plain = new Plain("a");
        names.add(plain);
        names.add(plain);
        Names read = (Names) Spilled.and(directory, (Object) names);
        assertThat(read).isEqualTo(names);
        assertThat(read.owner).isEqualTo(names.owner);
        assertThat(read.get(0)).isSameAs(read.get(1));
        Cache cache = new Cache();
        cache.put("a", plain);
        cache.put("b", plain);
        cache.get("a");
        Cache readCache = (Cache) Spilled.and(directory, cache);
        readCache.put("c", 1);
        assertThat(readCache.keySet()).containsExactly("a", "c");
    }

    @Test
    void collectionsOfAnonymousClassesComeBack() throws Exception {
        Map<String, Object> map = new HashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            public Object get(Object key) {
                return getOrDefault(key, "default");
            }
        };
        map.put("a", new Plain("a"));
        Map<?, ?> read = (Map<?, ?>) ((Both) Spilled.and(directory, new Both(map, 1))).one;
        assertThat(read).isEqualTo(map);
        assertThat(read.get("b")).isEqualTo("default");
    }

    private static class NotSerializable {
        final int above;

        NotSerializable() {
            this(0);
        }

        NotSerializable(int above) {
            this.above = above;
        }
    }

    private static final class Below extends NotSerializable implements Serializable {
        private static final long serialVersionUID = 1;

        Below(int above) {
            super(above);
        }
    }

    @Test
    void fieldsAboveASerializableClassAreNotLost() throws Exception {
        assertThat(((Below) Spilled.and(directory, new Below(7))).above).isEqualTo(7);
        LinkedBlockingQueue<?> queue =
                (LinkedBlockingQueue<?>) Spilled.and(directory, new LinkedBlockingQueue<>(List.of(new Below(7))));
        assertThat(((Below) queue.element()).above).isEqualTo(7);
    }

    @Test
    void exceptionsMayBeCausesOfEachOther() throws Exception {
        Exception one = new IllegalStateException("one");
        Exception other = new IllegalArgumentException("other", one);
        one.addSuppressed(other);
        Exception read = (Exception) Spilled.and(directory, other);
        assertThat(read.getCause().getSuppressed()).containsExactly(read);
    }

    private interface SerializableFunction extends Function<Object, Object>, Serializable {}

    private interface SerializableSupplier extends Supplier<Object>, Serializable {}

    @Test
    void serializableLambdasComeBackWithWhatTheyCaptured() throws Exception {
        Plain captured = new Plain("captured");
        SerializableSupplier supplier = () -> captured;
        SerializableFunction function = String::valueOf;
        Both read = (Both) Spilled.and(directory, new Both(supplier, function));
        assertThat(((SerializableSupplier) read.one).get()).isEqualTo(captured);
        assertThat(((SerializableFunction) read.other).apply(5)).isEqualTo("5");
        TreeSet<String> set = new TreeSet<>((Comparator<String> & Serializable) (a, b) -> b.compareTo(a));
        set.addAll(List.of("a", "b"));
        assertThat(Spilled.and(directory, set)).hasToString("[b, a]");
    }

    private interface Greeting {
        String greet(String name);
    }

    private record Greeter(String word) implements InvocationHandler {
        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            return word + " " + arguments[0];
        }
    }

    private static Object greeting(InvocationHandler handler) {
        return Proxy.newProxyInstance(
                JavaSerializationTest.class.getClassLoader(),
                new Class<?>[] {Greeting.class, Comparable.class},
                handler);
    }

    @Test
    void proxiesComeBackWithWhatHandlesTheirCalls() throws Exception {
        Object proxy = greeting(new Greeter("hello"));
        Greeting read = (Greeting) Spilled.and(directory, proxy);
        assertThat(read.greet("you")).isEqualTo("hello you");
        assertThat(read.getClass() == proxy.getClass()).isTrue();
        FunctionalInterface found = Function.class.getAnnotation(FunctionalInterface.class);
        assertThat(Spilled.and(directory, found)).isEqualTo(found);
    }

    @Test
    void aProxyIsNamedByItsInterfaces() {
        assertThatThrownBy(() -> Spilled.and(directory, greeting((proxy, method, arguments) -> "")))
                .isInstanceOf(SpillException.class)
                .hasMessageStartingWith("a record of class java.lang.reflect.Proxy for " + Greeting.class.getName()
                        + " and java.lang.Comparable cannot be written to disk: it refers to a lambda, or another hidden"
                        + " class, of " + JavaSerializationTest.class.getName() + ", which is not Serializable. Use");
    }
}
