package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.objenesis.instantiator.ObjectInstantiator;
import com.esotericsoftware.kryo.kryo5.objenesis.strategy.InstantiatorStrategy;
import com.esotericsoftware.kryo.kryo5.objenesis.strategy.StdInstantiatorStrategy;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;

/**
 * Makes objects without a constructor if all their fields are written. If not, their constructor without parameters gives
 * the others their values, unless there is none or it fails. Those of the JDK are always made by their constructor.
 */
final class Instantiation implements InstantiatorStrategy {

    private final InstantiatorStrategy withoutConstructor = new StdInstantiatorStrategy();

    @Override
    public <T> ObjectInstantiator<T> newInstantiatorOf(Class<T> type) {
        ObjectInstantiator<T> without = withoutConstructor.newInstantiatorOf(type);
        if (!Fields.areOfJdk(type) && !Fields.leavesSomeOut(type)) {
            return without;
        }
        try {
            Constructor<T> constructor = type.getDeclaredConstructor();
            if (isPublic(constructor) || constructor.trySetAccessible()) {
                return () -> make(constructor, without);
            }
        } catch (NoSuchMethodException e) {
            // Then without.
        }
        return without;
    }

    private static boolean isPublic(Constructor<?> constructor) {
        return Modifier.isPublic(constructor.getModifiers())
                && Modifier.isPublic(constructor.getDeclaringClass().getModifiers());
    }

    private static <T> T make(Constructor<T> constructor, ObjectInstantiator<T> without) {
        try {
            return constructor.newInstance();
        } catch (InvocationTargetException e) {
            return without.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new KryoException(e);
        }
    }
}
