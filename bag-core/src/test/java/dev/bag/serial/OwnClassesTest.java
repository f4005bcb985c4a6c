package dev.bag.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.spill.SpillException;
import dev.bag.spill.Spilled;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes of all shapes that users write. */
class OwnClassesTest {

    @TempDir
    Path directory;

    private final int outside = 5;

    private final class Inner {
        private final int inside = 6;

        int both() {
            return outside * 10 + inside;
        }
    }

    private static final class Shy {
        private static int made;
        private final int number;

        Shy(int number) {
            if (number <= 0) {
                throw new IllegalArgumentException("too small");
            }
            made++;
            this.number = number;
        }
    }

    private static final class Unwilling {
        private static int made;
        private final int number;

        Unwilling() {
            this(1);
            throw new IllegalStateException("never");
        }

        Unwilling(int number) {
            made++;
            this.number = number;
        }
    }

    @Test
    void objectsAreMadeWithoutAnyConstructor() throws Exception {
        Shy shy = new Shy(3);
        assertThat(((Shy) Spilled.and(directory, shy)).number).isEqualTo(3);
        Unwilling unwilling = new Unwilling(4);
        assertThat(((Unwilling) Spilled.and(directory, unwilling)).number).isEqualTo(4);
        assertThat(List.of(Shy.made, Unwilling.made)).containsExactly(1, 1);
    }

    private interface Sum {
        int sum();
    }

    @Test
    void innerLocalAndAnonymousClassesKeepWhatTheyAreIn() throws Exception {
        assertThat(((Inner) Spilled.and(directory, new Inner())).both()).isEqualTo(56);
        int local = directory.getNameCount();
        Sum anonymous = new Sum() {
            @Override
            public int sum() {
                return local + outside;
            }
        };
        class Local {
            int twice() {
                return local * 2;
            }
        }
        assertThat(((Sum) Spilled.and(directory, anonymous)).sum()).isEqualTo(local + 5);
        assertThat(((Local) Spilled.and(directory, new Local())).twice()).isEqualTo(2 * local);
    }

    private static final class Cached {
        private final String name;
        private transient int hash;

        Cached(String name) {
            this.name = name;
        }
    }

    @Test
    void transientFieldsOfAClassThatIsNotSerializableAreWritten() throws Exception {
        Cached cached = new Cached("a");
        cached.hash = 5;
        Cached read = (Cached) Spilled.and(directory, cached);
        assertThat(read.name).isEqualTo("a");
        assertThat(read.hash).isEqualTo(5);
    }

    private static class Locked implements Serializable {
        private static final long serialVersionUID = 1;
        private final transient Thread thread = Thread.currentThread();
        private transient int used = 7;
        private int number;
    }

    private static final class LockedWithoutConstructor extends Locked {
        private static final long serialVersionUID = 1;
        private final transient ReentrantLock lock;

        LockedWithoutConstructor(ReentrantLock lock) {
            this.lock = lock;
        }
    }

    @Test
    void transientFieldsOfASerializableClassAreThoseOfANewObject() throws Exception {
        Locked locked = new Locked();
        locked.used = 8;
        locked.number = 9;
        Locked read = (Locked) Spilled.and(directory, locked);
        assertThat(List.of(read.used, read.number)).containsExactly(7, 9);
        assertThat(read.thread).isSameAs(Thread.currentThread());
        LockedWithoutConstructor without = new LockedWithoutConstructor(new ReentrantLock());
        assertThat(((LockedWithoutConstructor) Spilled.and(directory, without)).lock)
                .isNull();
    }

    private static final class Running {
        private final transient Thread thread = Thread.currentThread();
    }

    @Test
    void aTransientFieldThatCannotBeWrittenIsNamed() {
        assertThatThrownBy(() -> Spilled.and(directory, new Running()))
                .isInstanceOf(SpillException.class)
                .hasMessageStartingWith("a record of class " + Running.class.getName() + " cannot be written to disk:"
                        + " java.lang.Thread belongs to the JDK and is not Serializable (in the transient field thread of "
                        + Running.class.getName() + ", which is left out only if " + Running.class.getName()
                        + " is Serializable). Use");
    }

    private record Upper(String text) {
        @Override
        public String text() {
            return text.toUpperCase(Locale.ROOT);
        }

        String inside() {
            return text;
        }
    }

    @Test
    void aRecordIsWhatItHoldsWhateverItsAccessorsSay() throws Exception {
        assertThat(((Upper) Spilled.and(directory, new Upper("a"))).inside()).isEqualTo("a");
    }

    private record Euro(long cents) {
        Euro {
            cents *= 100;
        }
    }

    @Test
    void aRecordThatItsConstructorWouldChangeIsRefused() {
        assertThatThrownBy(() -> Spilled.and(directory, new Euro(5)))
                .isInstanceOf(SpillException.class)
                .hasMessageStartingWith("a record of class " + Euro.class.getName()
                        + " cannot be written to disk: the constructor of " + Euro.class.getName()
                        + " does not take cents as it is: of 500 it makes 50000. Use");
    }

    private sealed interface Shape permits Circle, Square {}

    private record Circle(double radius) implements Shape {}

    private record Square(double side) implements Shape {}

    private record Nested<T>(List<T> list, Map<String, Set<T>> map, T[][] array) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Nested<?> that
                    && list.equals(that.list)
                    && map.equals(that.map)
                    && Objects.deepEquals(array, that.array);
        }

        @Override
        public int hashCode() {
            return list.hashCode();
        }
    }

    @Test
    void genericRecordsOfSealedInterfacesComeBack() throws Exception {
        Nested<Shape> nested = new Nested<>(
                List.of(new Circle(1), new Square(-0.0)),
                Map.of("a", Set.of(new Square(2))),
                new Shape[][] {{new Circle(3)}, {}, null});
        assertThat(Spilled.and(directory, nested)).isEqualTo(nested);
    }

    private record Twice(Object one, Object other) {}

    @Test
    void whatIsOneObjectInARecordStaysOne() throws Exception {
        List<Integer> list = new ArrayList<>(List.of(1));
        int[] array = {1};
        for (Object shared : List.of(list, array, List.of(1, 2, 3), new Circle(1), new StringBuilder("a"))) {
            Twice read = (Twice) Spilled.and(directory, new Twice(shared, new Twice(shared, 1)));
            assertThat(((Twice) read.other).one).isSameAs(read.one);
        }
    }

    /** Defines the class anew instead of asking its parent. */
    private static final class Again extends ClassLoader {

        Again() {
            super(OwnClassesTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(Plain.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : findClass(name);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            try (InputStream in = OwnClassesTest.class.getResourceAsStream("OwnClassesTest$Plain.class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    void classesOfOneNameFromTwoLoadersAreNotConfused() throws Exception {
        Constructor<?> constructor =
                new Again().loadClass(Plain.class.getName()).getDeclaredConstructor(int.class);
        constructor.setAccessible(true);
        Object other = constructor.newInstance(1);
        assertThat(other.getClass()).isNotSameAs(Plain.class).hasToString(Plain.class.toString());
        List<Object> both = List.of(new Plain(1), other, new Twice(other, new Plain(1)), Plain.class, other.getClass());
        assertThat(Spilled.and(directory, both)).isEqualTo(both);
    }

    private record Plain(int number) {}
}
