package dev.bag.spill;

import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.objenesis.instantiator.ObjectInstantiator;
import com.esotericsoftware.kryo.kryo5.objenesis.strategy.InstantiatorStrategy;
import com.esotericsoftware.kryo.kryo5.objenesis.strategy.StdInstantiatorStrategy;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;

/** Makes objects with their constructor without parameters, and where there is none, without any. */
final class Instantiation implements InstantiatorStrategy {

    private final InstantiatorStrategy withoutConstructor = new StdInstantiatorStrategy();

    @Override
    public <T> ObjectInstantiator<T> newInstantiatorOf(Class<T> type) {
        try {
            Constructor<T> constructor = type.getDeclaredConstructor();
            if (isPublic(constructor) || constructor.trySetAccessible()) {
                return () -> make(constructor);
            }
        } catch (NoSuchMethodException e) {
            // Then without.
        }
        return withoutConstructor.newInstantiatorOf(type);
    }

    private static boolean isPublic(Constructor<?> constructor) {
        return Modifier.isPublic(constructor.getModifiers())
                && Modifier.isPublic(constructor.getDeclaringClass().getModifiers());
    }

    private static <T> T make(Constructor<T> constructor) {
        try {
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new KryoException(e);
        }
    }
}
