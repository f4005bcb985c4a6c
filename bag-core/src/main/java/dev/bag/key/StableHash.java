package dev.bag.key;

import dev.bag.value.Utf8;
import java.lang.reflect.Array;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A hash that is the same in every JVM, by which keys are spread over partitions. Equal keys have equal hashes, provided
 * that their classes keep the contract of {@link Object#hashCode}.
 *
 * <p>Enums and classes are hashed by name, arrays by their content. A record whose {@code hashCode} the compiler has made
 * is hashed by its components, and a collection, map or entry by its content. All else has the hash that its own
 * {@code hashCode} returns: a record that overrides it, or of which that is not known ({@link CompiledRecord}), and a
 * collection whose hash is not the one that its interface demands. Such a hash is the same in every JVM only if the class
 * makes it so. One that asks an enum for its {@code hashCode} does not.
 *
 * <p>A class that has only the hash of its identity is refused, because equal keys would go to different partitions, and
 * to others in each run. So is a class that is equal by identity only, as an array is within a collection or a record:
 * what was written to disk and read again would be another key.
 *
 * <p>The last step is the finalizer of MurmurHash3 (Appleby, 2011), so that the upper bits choose the partition well.
 */
public final class StableHash {

    private static final ClassValue<Kind> KINDS = new ClassValue<>() {
        @Override
        protected Kind computeValue(Class<?> type) {
            return kindOf(type);
        }
    };

    private StableHash() {}

    /** How keys of a class are hashed. */
    interface Kind {

        /** The stable hash of a key, before it is {@linkplain #finish finished}. */
        int hash(Object key);
    }

    /** Which of {@code targets} partitions {@code key} belongs to. */
    public static int target(Object key, int targets) {
        if (targets == 1) {
            of(key); // so that a key that cannot be used is refused whatever the number of partitions
            return 0;
        }
        return targetOf(of(key), targets);
    }

    /** Which of {@code targets} partitions a key with that hash belongs to. */
    public static int targetOf(int hash, int targets) {
        return (int) (((finish(hash) & 0xFFFF_FFFFL) * targets) >>> 32);
    }

    /**
     * The hash of {@code key}.
     *
     * @throws IllegalArgumentException for a class without a hash of its content; the message names it
     */
    public static int of(Object key) {
        return key instanceof String || key instanceof Utf8
                ? key.hashCode()
                : KINDS.get(key.getClass()).hash(key);
    }

    private static int ofNullable(@Nullable Object key) {
        return key == null ? 0 : of(key);
    }

    private static Kind kindOf(Class<?> type) {
        if (Enum.class.isAssignableFrom(type)) {
            return key -> ((Enum<?>) key).name().hashCode();
        }
        if (type.isArray()) {
            return StableHash::ofArray;
        }
        if (type == Class.class) {
            return key -> ((Class<?>) key).getName().hashCode();
        }
        if (type == Optional.class) {
            return key -> ofPart(((Optional<?>) key).orElse(null), key);
        }
        Kind ofRecord = type.isRecord() ? RecordHash.of(type) : null;
        if (ofRecord != null) {
            return ofRecord;
        }
        Class<?> declaresHashCode = declaring(type, "hashCode");
        Class<?> declaresEquals = declaring(type, "equals", Object.class);
        refuseIdentity(type, declaresHashCode, declaresEquals);
        Content content = Content.of(type);
        if (content == null) {
            return Object::hashCode;
        }
        return Content.isKeptBy(declaresHashCode) && Content.isKeptBy(declaresEquals)
                ? key -> content.hash(key, StableHash::ofPart)
                : key -> ofOwn(key, content);
    }

    private static Class<?> declaring(Class<?> type, String method, Class<?>... parameters) {
        try {
            return type.getMethod(method, parameters).getDeclaringClass();
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e); // every class has both
        }
    }

    private static void refuseIdentity(Class<?> type, Class<?> declaresHashCode, Class<?> declaresEquals) {
        if (declaresHashCode == Object.class) {
            throw new IllegalArgumentException("a key of class " + type.getName()
                    + " has only the hash of its identity, which differs from run to run: use a record or a"
                    + " String as the key, or give the class equals and hashCode");
        }
        if (declaresEquals == Object.class) {
            throw new IllegalArgumentException("a key of class " + type.getName()
                    + " is equal only to itself: use a record or a String as the key, or give the class equals"
                    + " besides hashCode");
        }
    }

    /**
     * Of a collection, map or entry whose class defines {@code equals} and {@code hashCode} itself. If its hash is the one
     * that the interface demands, it is equal to others with equal content, also of other classes, and hashed as they
     * are. If not, its own hash alone agrees with {@code equals}. Which of the two holds may differ between two equal
     * keys; both then lead to the same hash, unless a part's stable hash is not its {@code hashCode}.
     */
    private static int ofOwn(Object key, Content content) {
        int stable = content.hash(key, StableHash::ofPart);
        int demanded = content.hash(key, (part, whole) -> Objects.hashCode(part));
        int own = key.hashCode();
        if (own == demanded) {
            return stable;
        }
        if (stable != demanded) {
            throw new IllegalArgumentException(
                    "a key of class " + key.getClass().getName()
                            + " has a hash other than that of its content, which differs from run to run, since it contains"
                            + " an enum, a class or an array: use a record or a String as the key");
        }
        return own;
    }

    private static int ofArray(Object array) {
        int hash = 1;
        for (int i = 0; i < Array.getLength(array); i++) {
            hash = 31 * hash + ofNullable(Array.get(array, i));
        }
        return hash;
    }

    /** The hash of a part of {@code whole}. */
    static int ofPart(@Nullable Object part, Object whole) {
        if (part != null && part.getClass().isArray()) {
            throw new IllegalArgumentException("a key of class "
                    + whole.getClass().getName() + " contains a "
                    + part.getClass().getTypeName() + ", and an array within another object is equal only to itself:"
                    + " use a List or a String in its place, or the array alone as the key");
        }
        return ofNullable(part);
    }

    private static int finish(int hash) {
        int bits = hash;
        bits = (bits ^ (bits >>> 16)) * 0x85EBCA6B;
        bits = (bits ^ (bits >>> 13)) * 0xC2B2AE35;
        return bits ^ (bits >>> 16);
    }
}
