package dev.bag.serial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.fold.Fold;
import dev.bag.fold.Folds;
import dev.bag.spill.RunSpace;
import dev.bag.spill.SpillFile;
import dev.bag.spill.Spilled;
import dev.bag.spill.Workspace;
import dev.bag.value.Location;
import dev.bag.value.Pair;
import dev.bag.value.Stats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.JapaneseDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes to disk comes back equal, and of the same class unless that is a private one of the JDK. */
class RoundTripTest {

    @TempDir
    Path directory;

    private enum Size {
        SMALL,
        LARGE {
            @Override
            boolean isLarge() {
                return true;
            }
        };

        boolean isLarge() {
            return false;
        }
    }

    private record Nothing() {}

    private record Mixed(
            byte b,
            short s,
            char c,
            int i,
            long l,
            float f,
            double d,
            boolean z,
            String text,
            Object any,
            int[] array) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Mixed that
                    && List.of(b, s, c, i, l, f, d, z)
                            .equals(List.of(that.b, that.s, that.c, that.i, that.l, that.f, that.d, that.z))
                    && Objects.equals(text, that.text)
                    && Objects.equals(any, that.any)
                    && Arrays.equals(array, that.array);
        }

        @Override
        public int hashCode() {
            return i;
        }
    }

    private record Twice(Object one, Object other) {}

    private static class Shape {
        private final String name;
        private int sides;
        private transient int hash;

        Shape(String name, int sides) {
            this.name = name;
            this.sides = sides;
        }

        @Override
        public boolean equals(Object other) {
            return other != null
                    && other.getClass() == getClass()
                    && name.equals(((Shape) other).name)
                    && sides == ((Shape) other).sides;
        }

        @Override
        public int hashCode() {
            hash = name.hashCode();
            return hash;
        }
    }

    private static final class Square extends Shape {
        private final double length;

        Square(double length) {
            super("square", 4);
            this.length = length;
        }

        @Override
        public boolean equals(Object other) {
            return super.equals(other) && length == ((Square) other).length;
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }
    }

    /** A list with a field of its own, which being a list does not say. */
    private static final class Tagged extends ArrayList<String> {
        private static final long serialVersionUID = 1;
        private final String tag;

        Tagged(String tag, String... elements) {
            super(List.of(elements));
            this.tag = tag;
        }

        @Override
        public boolean equals(Object other) {
            return super.equals(other) && tag.equals(((Tagged) other).tag);
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }
    }

    private static final class Problem extends Exception {
        private static final long serialVersionUID = 1;
        private final int code;

        Problem(int code, Throwable cause) {
            super("code " + code, cause);
            this.code = code;
        }
    }

    private static final class Node {
        private Node next;
    }

    static Stream<Object> values() {
        return Stream.of(
                        single(),
                        strings(),
                        arrays(),
                        times(),
                        collections(),
                        immutable(),
                        wrapped(),
                        maps(),
                        entries(),
                        own())
                .flatMap(List::stream);
    }

    private static List<Object> single() {
        return List.of(
                1,
                Integer.MIN_VALUE,
                Integer.MAX_VALUE,
                1L,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                -0.0,
                Double.NaN,
                Double.MIN_VALUE,
                Float.NEGATIVE_INFINITY,
                -0f,
                true,
                false,
                (byte) -128,
                Short.MIN_VALUE,
                '\udc00',
                Optional.empty(),
                Optional.of("x"),
                Optional.of(Size.LARGE),
                OptionalInt.of(3),
                BigInteger.TWO.pow(1000).negate(),
                new BigDecimal("1.50"),
                new BigDecimal(BigInteger.TEN.pow(40), -7),
                new UUID(1, -1),
                URI.create("https://example.org/a?b#c"),
                Currency.getInstance("EUR"),
                Locale.forLanguageTag("zh-Hant-TW"),
                StandardCharsets.UTF_16BE,
                Path.of(""),
                Path.of("a", "..", "é"),
                Path.of("/a").toAbsolutePath(),
                Path.of("a").toFile(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 80),
                InetAddress.getLoopbackAddress(),
                String.class,
                int.class,
                Size.class,
                BitSet.valueOf(new long[] {5, -1}),
                Pair.of("a", 1),
                Pair.of(null, Pair.of(2.5, null)),
                new Stats(1, 2, 3, 4, 5, 6),
                Location.at("a", 1, 2));
    }

    private static List<Object> strings() {
        return List.of(
                "", "a", "é\u00ff", "\u0100", "€uro", "\ud83d\ude00", "\ud83d", "a\ude00b", "\0", "x".repeat(200_000));
    }

    private static List<Object> arrays() {
        return List.of(
                new byte[] {1, -2},
                new int[] {1, Integer.MIN_VALUE},
                new long[] {Long.MAX_VALUE},
                new double[] {-0.0, Double.NaN},
                new char[] {'\ud800'},
                new boolean[] {true, false},
                new float[0],
                new short[] {7},
                new String[] {"a", null, "\ud800"},
                new Object[] {1, "b", null, new int[] {3}},
                new Size[] {Size.SMALL, Size.LARGE},
                new int[][] {{1}, null, {2, 3}},
                new byte[100_000]);
    }

    private static List<Object> times() {
        LocalDateTime time = LocalDateTime.of(2024, 2, 29, 23, 59, 59, 999_999_999);
        return List.of(
                time,
                time.toLocalDate(),
                LocalDate.MIN,
                time.toLocalTime(),
                LocalTime.MAX,
                Instant.MAX,
                Instant.ofEpochSecond(-1, 5),
                Duration.ofNanos(-7),
                Period.of(1, 2, 3),
                Year.of(2024),
                YearMonth.of(2024, 2),
                MonthDay.of(2, 29),
                ZoneOffset.ofHoursMinutes(5, 30),
                ZoneId.of("Europe/Berlin"),
                ZonedDateTime.of(time, ZoneId.of("America/New_York")),
                ZonedDateTime.of(2024, 10, 27, 2, 30, 0, 0, ZoneId.of("Europe/Berlin"))
                        .withLaterOffsetAtOverlap(),
                ZonedDateTime.of(LocalDateTime.MAX, ZoneOffset.MIN),
                OffsetTime.MAX,
                JapaneseDate.of(2024, 2, 29),
                new java.sql.Date(4),
                time.atOffset(ZoneOffset.UTC),
                DayOfWeek.MONDAY,
                new Date(123),
                java.sql.Timestamp.from(Instant.ofEpochSecond(5, 123_456_789)),
                TimeZone.getTimeZone("Asia/Tokyo"));
    }

    private static List<Object> collections() {
        Set<String> byLength = new TreeSet<>(Comparator.reverseOrder());
        byLength.addAll(List.of("a", "b"));
        return List.of(
                new ArrayList<>(Arrays.asList("a", null, 3)),
                new ArrayList<>(List.of(new Nothing(), List.of(new Nothing()))),
                new ArrayList<>(List.of(1, 2, 3)).subList(1, 3),
                new LinkedList<>(List.of(1, 2)),
                new LinkedList<>(List.of(1, 2)).subList(0, 1),
                new Vector<>(List.of("v")),
                new CopyOnWriteArrayList<>(List.of(new Nothing())),
                new HashSet<>(Arrays.asList(1, null)),
                new LinkedHashSet<>(List.of(3, 1, 2)),
                byLength,
                EnumSet.of(Size.LARGE),
                EnumSet.noneOf(Size.class),
                EnumSet.allOf(DayOfWeek.class),
                new Tagged("t", "a", "b"));
    }

    private static List<Object> immutable() {
        return List.of(
                List.of(),
                List.of(1),
                List.of(1, new Nothing()),
                List.of(1, 2, 3),
                List.of(1, 2, 3, 4).subList(1, 3),
                Stream.of(1, null, 3).toList(),
                Stream.of((Object) null).toList(),
                Set.of(),
                Set.of("a"),
                Set.of(1, 2, 3),
                Map.of(),
                Map.of(1, new Nothing()),
                Map.of("a", 1, "b", 2),
                Arrays.asList(1, null),
                Arrays.asList(1, 2, 3).subList(1, 2),
                Collections.emptyList(),
                Collections.emptySet(),
                Collections.emptyMap(),
                Collections.emptySortedMap(),
                Collections.singletonList(null),
                Collections.singleton(new Nothing()),
                Collections.singletonMap("k", new Nothing()),
                Collections.nCopies(1000, "x"),
                Collections.nCopies(0, "x"));
    }

    private static List<Object> wrapped() {
        List<Object> list = List.of(new Nothing(), "b");
        TreeSet<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.add("b");
        TreeMap<Integer, Object> map = new TreeMap<>(Map.of(2, new Nothing(), 1, "x"));
        return List.of(
                Collections.unmodifiableList(new ArrayList<>(list)),
                Collections.unmodifiableList(new LinkedList<>(list)),
                Collections.unmodifiableSet(new HashSet<>(list)),
                Collections.unmodifiableSortedSet(set),
                Collections.unmodifiableNavigableSet(set),
                Collections.unmodifiableMap(map),
                Collections.unmodifiableSortedMap(map),
                Collections.unmodifiableNavigableMap(map),
                Collections.synchronizedList(new ArrayList<>(list)),
                Collections.synchronizedList(new LinkedList<>(list)),
                Collections.synchronizedSet(new HashSet<>(list)),
                Collections.synchronizedSortedSet(set),
                Collections.synchronizedNavigableSet(set),
                Collections.synchronizedMap(map),
                Collections.synchronizedSortedMap(map),
                Collections.synchronizedNavigableMap(map));
    }

    private static List<Object> maps() {
        Map<Object, Object> linked = new LinkedHashMap<>();
        linked.put("z", 1);
        linked.put(null, List.of(new Nothing()));
        return List.of(
                new HashMap<>(linked),
                linked,
                new TreeMap<>(Map.of("a", 1)),
                new ConcurrentHashMap<>(Map.of("a", new Nothing())),
                new ConcurrentSkipListMap<>(Map.of("a", new Nothing())),
                new IdentityHashMap<>(Map.of(Size.SMALL, 1)),
                new EnumMap<>(Map.of(Size.LARGE, new Nothing())),
                new EnumMap<>(Size.class));
    }

    private static List<Object> entries() {
        Map<String, Object> map = Map.of("k", new Nothing());
        return List.of(
                Map.entry("k", new Nothing()),
                new HashMap<>(map).entrySet().iterator().next(),
                new LinkedHashMap<>(map).entrySet().iterator().next(),
                new TreeMap<>(map).entrySet().iterator().next(),
                new TreeMap<>(map).firstEntry(),
                new ConcurrentHashMap<>(map).entrySet().iterator().next(),
                Collections.unmodifiableMap(map).entrySet().iterator().next());
    }

    private static List<Object> own() {
        return List.of(
                new Nothing(),
                Size.SMALL,
                Size.LARGE,
                new Mixed((byte) 1, (short) -2, 'c', 3, -4L, 5.5f, -0.0, true, "é", List.of(1), new int[] {1}),
                new Mixed((byte) 1, (short) -2, 'c', 3, -4L, 5.5f, -0.0, true, null, null, null),
                new Twice(Size.LARGE, new Twice(List.of(), Optional.of(new Nothing()))),
                new Shape("triangle", 3),
                new Square(2.5),
                Pair.of(Size.LARGE, new ArrayList<>(List.of(new Square(1)))));
    }

    @ParameterizedTest
    @MethodSource("values")
    void anObjectComesBackEqualAndOfItsClass(Object value) throws Exception {
        assertSame(Spilled.and(directory, value), value);
        assertSame(((Pair<?, ?>) Spilled.and(directory, Pair.of("k", value))).second(), value);
        Twice twice = (Twice) Spilled.and(directory, new Twice(value, value));
        assertSame(twice.one(), value);
        assertSame(twice.other(), value);
    }

    private static void assertSame(Object read, Object value) {
        assertThat(Objects.deepEquals(read, value)).as("%s", read).isTrue();
        if (Modifier.isPublic(value.getClass().getModifiers())
                || !value.getClass().getName().startsWith("java.")) {
            assertThat(read).isExactlyInstanceOf(value.getClass());
        }
    }

    @Test
    void manyObjectsInOneFileComeBackInTheirOrder() throws Exception {
        List<Object> values = values().toList();
        List<Object> read = Spilled.and(directory, values);
        assertThat(Objects.deepEquals(read.toArray(), values.toArray())).isTrue();
        assertThat(Spilled.and(directory, Arrays.asList(1, null, "a"))).containsExactly(1, null, "a");
    }

    @Test
    void whatHasNoEqualsComesBackWithItsContents() throws Exception {
        assertThat((StringBuilder) Spilled.and(directory, new StringBuilder("é€")))
                .hasToString("é€");
        assertThat(((Pattern) Spilled.and(directory, Pattern.compile("a", Pattern.COMMENTS))).flags())
                .isEqualTo(Pattern.COMMENTS);
        assertThat((AtomicInteger) Spilled.and(directory, new AtomicInteger(3))).hasValue(3);
        assertThat((AtomicLong) Spilled.and(directory, new AtomicLong(-3))).hasValue(-3);
        assertThat(((AtomicReference<?>) Spilled.and(directory, new AtomicReference<>(new Nothing()))).get())
                .isEqualTo(new Nothing());
        LongAdder adder = new LongAdder();
        adder.add(5);
        assertThat(((LongAdder) Spilled.and(directory, adder)).sum()).isEqualTo(5);
        Collection<?> wrapped = Collections.unmodifiableCollection(new ArrayDeque<>(List.of(1, 2)));
        assertThat((Collection<?>) Spilled.and(directory, wrapped))
                .hasSameClassAs(wrapped)
                .hasToString("[1, 2]");
    }

    @Test
    void statisticsComeBackWithAllTheirNumbers() throws Exception {
        LongSummaryStatistics longs = new LongSummaryStatistics(2, -1, 5, 4);
        assertThat(Spilled.and(directory, longs)).hasToString(longs.toString());
    }

    @Test
    void anExceptionComesBackWithItsCauseAndTrace() throws Exception {
        Problem problem = new Problem(7, new IllegalStateException("cause"));
        problem.addSuppressed(new ArithmeticException("suppressed"));
        Problem read = (Problem) Spilled.and(directory, problem);
        assertThat(read.code).isEqualTo(7);
        assertThat(read).hasMessage("code 7").hasCauseInstanceOf(IllegalStateException.class);
        assertThat(read.getSuppressed()).hasSize(1);
        assertThat(read.getStackTrace()).isEqualTo(problem.getStackTrace());
    }

    @Test
    void objectsMayReferToThemselves() throws Exception {
        Node node = new Node();
        node.next = node;
        Node read = (Node) Spilled.and(directory, node);
        assertThat(read.next).isSameAs(read);
    }

    @Test
    void oneObjectInTwoPlacesOfARecordStaysOne() throws Exception {
        Twice read = (Twice) Spilled.and(directory, new Twice(new Shape("a", 1), Map.of()));
        Twice shared = (Twice) Spilled.and(directory, new Twice(read.one(), read.one()));
        assertThat(shared.one()).isSameAs(shared.other());
    }

    @Test
    void everyAccumulatorOfAFoldGoesOnWhereItWas() throws Exception {
        List<Fold<Integer, ?, ?>> folds = List.of(
                Folds.counting(),
                Folds.summing(n -> n / 10.0),
                Folds.summingLong(n -> n),
                Folds.averaging(n -> n / 10.0),
                Folds.stats(n -> n / 10.0),
                Folds.histogram(n -> n, 1, 5, 9),
                Folds.min(Comparator.naturalOrder()),
                Folds.max(Comparator.naturalOrder()),
                Folds.topK(3, Comparator.reverseOrder()),
                Folds.reservoir(4, 1),
                Folds.toList(),
                Folds.toSet(),
                Folds.filtering(n -> n % 2 == 0, Folds.stats(n -> n)),
                Folds.grouping(n -> n % 3, Folds.stats(n -> n)));
        for (Fold<Integer, ?, ?> fold : folds) {
            assertThat(result(fold, true)).as("%s", fold).isEqualTo(result(fold, false));
        }
    }

    @SuppressWarnings("unchecked") // what is read is of the class of what was written
    private <A> Object result(Fold<Integer, A, ?> fold, boolean spill) throws Exception {
        A accumulator = fold.zero();
        for (int i = 0; i < 20; i++) {
            accumulator = fold.add(accumulator, i);
            accumulator = spill
                    ? (A) Spilled.and(directory, Arrays.asList((Object) accumulator))
                            .get(0)
                    : accumulator;
        }
        return fold.finish(accumulator);
    }

    @Test
    void everyStringComesBackToTheChar() throws Exception {
        Random random = new Random(1);
        List<String> strings = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            int bound = List.of(0x80, 0x100, 0x800, 0x10000).get(random.nextInt(4));
            int base = random.nextInt(10) == 0 ? 0xd800 : 0;
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
                text.append((char) (base + random.nextInt(base == 0 ? bound : 0x800)));
            }
            strings.add(text.toString());
        }
        assertThat(Spilled.and(directory, strings)).isEqualTo(strings);
        assertThat(Spilled.and(directory, new Twice(strings, strings.toArray(new String[0]))))
                .extracting("one", "other")
                .containsExactly(strings, strings.toArray(new String[0]));
    }

    @Test
    void classesThatOtherThreadsMetFirstAreFoundWhenReading() throws Exception {
        List<Object> values = values().toList();
        List<Object> reversed = new ArrayList<>(values);
        Collections.reverse(reversed);
        Codecs codecs = new Codecs();
        try (RunSpace space = new Workspace(1 << 20, directory, 1).open()) {
            SpillFile one = Spilled.newFile(space);
            SpillFile other = Spilled.newFile(space);
            CompletableFuture<Void> there = CompletableFuture.runAsync(() -> writeUnchecked(other, codecs, reversed));
            Spilled.write(one, codecs, values);
            there.join();
            assertThat(Objects.deepEquals(
                            Spilled.read(one, codecs, 0, one.size()).toArray(), values.toArray()))
                    .isTrue();
            assertThat(Objects.deepEquals(
                            Spilled.read(other, codecs, 0, other.size()).toArray(), reversed.toArray()))
                    .isTrue();
        }
    }

    private static void writeUnchecked(SpillFile file, Codecs codecs, List<Object> records) {
        try {
            Spilled.write(file, codecs, records);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
