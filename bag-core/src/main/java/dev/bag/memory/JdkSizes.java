package dev.bag.memory;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
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
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.RandomAccess;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The sizes of objects of the JDK, whose fields are closed to us. They are the same for every version of it. */
final class JdkSizes {

    private static final Map<Class<?>, Integer> FIXED = Map.ofEntries(
            Map.entry(Byte.class, 16),
            Map.entry(Short.class, 16),
            Map.entry(Character.class, 16),
            Map.entry(Integer.class, 16),
            Map.entry(Float.class, 16),
            Map.entry(Long.class, 24),
            Map.entry(Double.class, 24),
            Map.entry(AtomicBoolean.class, 16),
            Map.entry(AtomicInteger.class, 16),
            Map.entry(AtomicLong.class, 24),
            Map.entry(LongAdder.class, 32),
            Map.entry(DoubleAdder.class, 32),
            Map.entry(LocalDate.class, 24),
            Map.entry(LocalTime.class, 24),
            Map.entry(LocalDateTime.class, 72),
            Map.entry(ZonedDateTime.class, 96),
            Map.entry(OffsetDateTime.class, 96),
            Map.entry(OffsetTime.class, 48),
            Map.entry(Instant.class, 24),
            Map.entry(Duration.class, 24),
            Map.entry(Period.class, 24),
            Map.entry(Year.class, 16),
            Map.entry(YearMonth.class, 24),
            Map.entry(MonthDay.class, 24),
            Map.entry(UUID.class, 32),
            Map.entry(Date.class, 24),
            Map.entry(OptionalInt.class, 24),
            Map.entry(OptionalLong.class, 24),
            Map.entry(OptionalDouble.class, 24),
            Map.entry(IntSummaryStatistics.class, 40),
            Map.entry(LongSummaryStatistics.class, 48));

    /** Of which there are few, and all share them. */
    private static final Set<Class<?>> SHARED = Set.of(
            Class.class, Boolean.class, ZoneId.class, TimeZone.class, Locale.class, Currency.class, Charset.class);

    private static final int EXCEPTION = 800;
    private static final int COLLECTION = 40;
    static final int MAP = 56;

    private JdkSizes() {}

    static boolean isShared(Class<?> type) {
        return Enum.class.isAssignableFrom(type) || type.isHidden() || isAny(SHARED, type);
    }

    private static boolean isAny(Set<Class<?>> kinds, Class<?> type) {
        return kinds.stream().anyMatch(kind -> kind.isAssignableFrom(type));
    }

    static int fixed(Class<?> type) {
        Integer known = FIXED.get(type);
        return known != null ? known : Throwable.class.isAssignableFrom(type) ? EXCEPTION : ObjectSize.UNKNOWN;
    }

    // ------------------------------------------------------------------------------------------------ of any length

    static boolean isOfAnyLength(Class<?> type) {
        return type == BigInteger.class
                || type == BigDecimal.class
                || type == StringBuilder.class
                || type == StringBuffer.class
                || type == BitSet.class
                || type == AtomicLongArray.class
                || type == AtomicIntegerArray.class
                || ByteBuffer.class.isAssignableFrom(type);
    }

    static long ofAnyLength(Object object) {
        if (object instanceof BigInteger number) {
            return 40 + array(number.bitLength() / 32 + 1, 4);
        }
        if (object instanceof BigDecimal number) {
            int digits = number.precision();
            return digits <= 18 ? 40 : 80 + array(digits / 9 + 1, 4);
        }
        if (object instanceof StringBuilder text) {
            return 24 + array(text.capacity(), 1);
        }
        if (object instanceof StringBuffer text) {
            return 24 + array(text.capacity(), 1);
        }
        if (object instanceof BitSet bits) {
            return 24 + array(bits.size() / 64, 8);
        }
        if (object instanceof AtomicLongArray numbers) {
            return 16 + array(numbers.length(), 8);
        }
        if (object instanceof AtomicIntegerArray numbers) {
            return 16 + array(numbers.length(), 4);
        }
        ByteBuffer buffer = (ByteBuffer) object;
        return buffer.isDirect() ? ObjectSize.UNKNOWN : 56 + array(buffer.capacity(), 1);
    }

    private static long array(long length, int width) {
        return ObjectSize.HEADER + ObjectSize.aligned(length * width);
    }

    // ------------------------------------------------------------------------------------------------ of others

    /** Of one or two others; an entry counts as a holder of its key and its value. */
    static boolean isHolder(Class<?> type) {
        return type == Optional.class || type == AtomicReference.class || Map.Entry.class.isAssignableFrom(type);
    }

    static int holder(Class<?> type) {
        return Map.Entry.class.isAssignableFrom(type) ? 24 : 16;
    }

    static @Nullable Object held(Object holder) {
        if (holder instanceof Optional<?> optional) {
            return optional.orElse(null);
        }
        if (holder instanceof AtomicReference<?> reference) {
            return reference.get();
        }
        Map.Entry<?, ?> entry = (Map.Entry<?, ?>) holder;
        return new Both(entry.getKey(), entry.getValue());
    }

    /** Takes no room itself. */
    record Both(@Nullable Object first, @Nullable Object second) {}

    // ------------------------------------------------------------------------------------------------ collections

    static int collection(Class<?> type) {
        return isEnumSet(type) ? 24 : COLLECTION;
    }

    /** Of each element, beside the element itself. */
    static int perElement(Class<?> type) {
        if (isImmutable(type)) {
            return Set.class.isAssignableFrom(type) ? 8 : 4;
        }
        if (isEnumSet(type) || isOneElement(type)) {
            return 0;
        }
        if (Set.class.isAssignableFrom(type)) {
            return 40;
        }
        boolean linked = type.getSimpleName().contains("Linked");
        boolean packed = RandomAccess.class.isAssignableFrom(type) || Queue.class.isAssignableFrom(type);
        return linked ? 24 : packed ? 5 : 12;
    }

    /** Whether all elements are one and the same. */
    static boolean isOneElement(Class<?> type) {
        return type == Copies.TYPE;
    }

    private static final class Copies {
        static final Class<?> TYPE = Collections.nCopies(1, 1).getClass();
    }

    static int perEntry(Class<?> type) {
        if (isImmutable(type)) {
            return 16;
        }
        return type == EnumMap.class ? 8 : 44;
    }

    private static boolean isEnumSet(Class<?> type) {
        return EnumSet.class.isAssignableFrom(type);
    }

    private static boolean isImmutable(Class<?> type) {
        return type.getEnclosingClass() == List.of().getClass().getEnclosingClass();
    }
}
