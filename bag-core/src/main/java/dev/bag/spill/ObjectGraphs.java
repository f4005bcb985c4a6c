package dev.bag.spill;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.util.Util;

/**
 * Objects and what they refer to. Kryo does the walk, the numbers of classes and what the JDK's collections are made of;
 * which way an object is written is decided in {@link Forms}.
 */
final class ObjectGraphs extends Kryo {

    static {
        withoutUnsafe();
    }

    private final Forms forms;

    ObjectGraphs(ClassNumbers classes) {
        super(new NumberedClasses(classes), new MetBefore());
        forms = new Forms(classes, super::getDefaultSerializer);
        setRegistrationRequired(false);
        setOptimizedGenerics(false);
        setInstantiatorStrategy(new Instantiation());
        register(String.class, new StringForm());
    }

    @Override
    @SuppressWarnings("rawtypes") // as in the method it overrides
    public Serializer getDefaultSerializer(Class type) {
        return forms.of(type);
    }

    /** Newer JDKs print a warning when anybody touches sun.misc.Unsafe, as Kryo does unless told not to, once. */
    private static void withoutUnsafe() {
        String property = "kryo.unsafe";
        String before = System.getProperty(property);
        System.setProperty(property, "false");
        try {
            Util.isUnsafeAvailable();
        } finally {
            if (before == null) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, before);
            }
        }
    }
}
