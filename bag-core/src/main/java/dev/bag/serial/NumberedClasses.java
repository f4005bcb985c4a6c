package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Registration;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.util.DefaultClassResolver;
import org.jspecify.annotations.Nullable;

/** Writes the number that a class has for the whole run, where Kryo would write its name. */
final class NumberedClasses extends DefaultClassResolver {

    /** Below are those that Kryo itself gives to boxed numbers and strings; it writes all of them plus 2. */
    private static final int FIRST = 16;

    private static final int WRITTEN_MORE = 2;

    private final ClassNumbers classes;

    NumberedClasses(ClassNumbers classes) {
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
