package dev.bag.spill;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Registration;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.util.DefaultClassResolver;
import org.jspecify.annotations.Nullable;

/** Lets Kryo write the number of a class that was not registered, which all serializers of a run know, and not its name. */
final class NumberedClasses extends DefaultClassResolver {

    /** Below are the numbers of those that Kryo registers itself. */
    private static final int FIRST = 64;

    private final ClassNumbers numbers;

    NumberedClasses(ClassNumbers numbers) {
        this.numbers = numbers;
    }

    @Override
    @SuppressWarnings("rawtypes") // so Kryo has declared it
    public Registration registerImplicit(Class type) {
        return register(new Registration(type, Serializers.of(type, kryo), FIRST + numbers.of(type)));
    }

    @Override
    public @Nullable Registration readClass(Input input) {
        int number = input.readVarInt(true);
        if (number == Kryo.NULL) {
            return null;
        }
        Registration known = getRegistration(number - 2);
        return known != null ? known : kryo.getRegistration(numbers.at(number - 2 - FIRST));
    }
}
