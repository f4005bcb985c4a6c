package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.Serializer;
import dev.bag.serial.CollectionForms.ElementForm;
import dev.bag.serial.CollectionForms.LinkedMapForm;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Date;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The forms of the JDK's classes, all without reflection: what can be asked of an object is what it is made of. */
final class JdkForms {

    /** Classes of which Kryo loses nothing; not their subclasses. */
    private static final Set<Class<?>> LEFT_TO_KRYO = Set.of(
            ArrayDeque.class,
            ArrayList.class,
            BigDecimal.class,
            BigInteger.class,
            BitSet.class,
            ConcurrentLinkedQueue.class,
            ConcurrentSkipListMap.class,
            Date.class,
            Duration.class,
            Hashtable.class,
            IdentityHashMap.class,
            Instant.class,
            LinkedHashSet.class,
            LinkedList.class,
            LocalDate.class,
            LocalDateTime.class,
            LocalTime.class,
            MonthDay.class,
            OffsetDateTime.class,
            OffsetTime.class,
            Optional.class,
            OptionalDouble.class,
            OptionalInt.class,
            OptionalLong.class,
            Period.class,
            PriorityQueue.class,
            Stack.class,
            StringBuffer.class,
            StringBuilder.class,
            TreeMap.class,
            TreeSet.class,
            Vector.class,
            Year.class,
            YearMonth.class);

    private static final Serializer<?> COPIES = new CollectionCopies();
    private static final Map<Class<?>, Serializer<?>> FORMS = new HashMap<>();

    static {
        FORMS.put(HashSet.class, new HashOrder.SetForm());
        FORMS.put(HashMap.class, new HashOrder.MapForm<>(HashMap::new, 0));
        FORMS.put(ConcurrentHashMap.class, new HashOrder.MapForm<>(HashOrder::concurrentMap, 1));
        FORMS.put(LinkedHashMap.class, new LinkedMapForm());
        CollectionForms.add();
        WrapperForm.add();
        ValueForms.add();
    }

    private JdkForms() {}

    /** Says how to take apart, and to make again, the objects that have the class of {@code example}. */
    static <T> void put(T example, Function<T, @Nullable Object[]> split, Function<@Nullable Object[], T> join) {
        put(example, new ElementForm<>(split, join));
    }

    static void put(Object example, Serializer<?> form) {
        FORMS.put(example.getClass(), form);
    }

    static @Nullable Serializer<?> of(Class<?> type) {
        @Nullable Serializer<?> form = FORMS.get(type);
        return form == null && CollectionCopies.take(type) ? COPIES : form;
    }

    static boolean isLeftToKryo(Class<?> type) {
        return LEFT_TO_KRYO.contains(type)
                || ZoneId.class.isAssignableFrom(type)
                || Charset.class.isAssignableFrom(type)
                || EnumSet.class.isAssignableFrom(type);
    }
}
