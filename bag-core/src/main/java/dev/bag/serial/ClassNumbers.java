package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Registration;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.util.DefaultClassResolver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Classes by number, so that no record has to carry the names of its classes, and reading finds the same class whatever
 * loaded it. Thread-safe.
 */
final class ClassNumbers {

    private static final Map<String, Class<?>> PRIMITIVES = Stream.of(
                    boolean.class,
                    byte.class,
                    char.class,
                    short.class,
                    int.class,
                    long.class,
                    float.class,
                    double.class,
                    void.class)
            .collect(Collectors.toMap(Class::getName, Function.identity()));

    /** Where numbers begin that are given here, if others are told by the writer. */
    private static final int BEHIND_TOLD = 1 << 24;

    private final int first;
    private final Map<Class<?>, Integer> numbers = new HashMap<>();
    /** By their numbers, from the first one on; and those that were told, from 0 on. */
    private final List<Class<?>> classes = new ArrayList<>();

    private final List<Class<?>> told = new ArrayList<>();

    /** For what is written and read here. */
    ClassNumbers() {
        this(0);
    }

    private ClassNumbers(int first) {
        this.first = first;
    }

    /** For reading only what was written elsewhere, with numbers that are {@linkplain #tell told}. */
    static ClassNumbers toBeTold() {
        return new ClassNumbers(BEHIND_TOLD);
    }

    /** The classes with {@code names}, in the order of their numbers. */
    static ClassNumbers of(List<String> names, ClassLoader loader) throws ClassNotFoundException {
        ClassNumbers known = new ClassNumbers();
        for (String name : names) {
            known.numberOf(named(name, loader));
        }
        return known;
    }

    /** Returns the class with a name, which may be that of a primitive type. */
    static Class<?> named(String name, ClassLoader loader) throws ClassNotFoundException {
        Class<?> primitive = PRIMITIVES.get(name);
        return primitive == null ? Class.forName(name, false, loader) : primitive;
    }

    /** Returns the names of the classes in the order of their numbers. */
    synchronized List<String> names() {
        return classes.stream().map(Class::getName).toList();
    }

    synchronized int numberOf(Class<?> type) {
        return numbers.computeIfAbsent(type, added -> {
            classes.add(added);
            return first + classes.size() - 1;
        });
    }

    synchronized Class<?> classOf(int number) {
        return number < first ? told.get(number) : classes.get(number - first);
    }

    /** Returns the classes that have got a number since there were {@code known}, in the order of their numbers. */
    synchronized List<Class<?>> from(int known) {
        return List.copyOf(classes.subList(known, classes.size()));
    }

    /** The writer has given {@code type} the next number. */
    synchronized void tell(Class<?> type) {
        numbers.put(type, told.size());
        told.add(type);
    }

    /** A class as its number. */
    static final class Form extends Serializer<Class<?>> {

        private final ClassNumbers classes;

        Form(ClassNumbers classes) {
            this.classes = classes;
        }

        @Override
        public void write(Kryo kryo, Output output, Class<?> type) {
            output.writeVarInt(classes.numberOf(type), true);
        }

        @Override
        public Class<?> read(Kryo kryo, Input input, Class<? extends Class<?>> type) {
            return classes.classOf(input.readVarInt(true));
        }
    }

    /** Writes the number that a class has for the whole run, where Kryo would write its name. */
    static final class Resolver extends DefaultClassResolver {

        /** Below are those that Kryo itself gives to boxed numbers and strings; it writes all of them plus 2. */
        private static final int FIRST = 16;

        private static final int WRITTEN_MORE = 2;

        private final ClassNumbers classes;

        Resolver(ClassNumbers classes) {
            this.classes = classes;
        }

        @Override
        @SuppressWarnings({"rawtypes", "unchecked"}) // as in the method it overrides
        public Registration registerImplicit(Class type) {
            return register(new Registration(type, kryo.getDefaultSerializer(type), FIRST + classes.numberOf(type)));
        }

        @Override
        public @Nullable Registration readClass(Input input) {
            int written = input.readVarInt(true);
            if (written == Kryo.NULL) {
                return null;
            }
            int number = written - WRITTEN_MORE;
            @Nullable Registration known = getRegistration(number);
            return known != null ? known : registerImplicit(classes.classOf(number - FIRST));
        }
    }
}
