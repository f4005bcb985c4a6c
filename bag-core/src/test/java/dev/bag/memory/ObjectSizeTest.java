package dev.bag.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Named.named;

import dev.bag.testing.ChildJvm;
import dev.bag.value.Pair;
import java.lang.ref.Reference;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Estimates of sizes: near what objects really take, quickly found, and the same every time. */
class ObjectSizeTest {

    record Point(int x, int y) {}

    record Person(String name, int age, @Nullable Person friend, List<String> tags) {}

    record Wide(byte a, boolean b, short c, char d, long e, double f, float g, int h) {}

    static final class Sub extends ArrayList<Object> {
        private static final long serialVersionUID = 1;
        int own;
    }

    static final class Node {
        @Nullable Object a;

        @Nullable Object b;

        @Nullable Object c;

        @Nullable Object d;
    }

    static final class Skeleton extends AbstractList<Object> {
        final Object[] elements = numbers(100).toArray();

        @Override
        public Object get(int index) {
            return elements[index];
        }

        @Override
        public int size() {
            return elements.length;
        }
    }

    static final class MapSkeleton extends AbstractMap<Object, Object> {
        final Map<Object, Object> of = new HashMap<>(map(50));

        @Override
        public Set<Entry<Object, Object>> entrySet() {
            return of.entrySet();
        }
    }

    private static List<Object> numbers(int count) {
        return IntStream.range(1000, 1000 + count).mapToObj(i -> (Object) i).collect(Collectors.toList());
    }

    private static List<Object> texts(int count) {
        return IntStream.range(0, count).mapToObj(i -> (Object) ("text " + i)).collect(Collectors.toList());
    }

    private static Map<Object, Object> map(int count) {
        Map<Object, Object> map = new LinkedHashMap<>();
        texts(count).forEach(text -> map.put(text, text.hashCode()));
        return map;
    }

    private static <T> T with(T what, java.util.function.Consumer<T> change) {
        change.accept(what);
        return what;
    }

    /** Each makes another object each time it is called. */
    static Map<String, IntFunction<Object>> kinds() {
        Map<String, IntFunction<Object>> kinds = new LinkedHashMap<>();
        kinds.put("empty text", i -> new String(new char[0]) + i % 10);
        kinds.put("text", i -> "some text, number " + i);
        kinds.put("long text", i -> "x".repeat(1_000) + i);
        kinds.put("Integer", i -> i + 1_000_000);
        kinds.put("Long", i -> (long) i + 1_000_000);
        kinds.put("Double", i -> (double) i);
        kinds.put("Character", i -> (char) (i + 200));
        kinds.put("byte[0]", i -> new byte[0]);
        kinds.put("byte[100]", i -> new byte[100]);
        kinds.put("long[7]", i -> new long[7]);
        kinds.put("double[3]", i -> new double[3]);
        kinds.put("boolean[50]", i -> new boolean[50]);
        kinds.put("Object[0]", i -> new Object[0]);
        kinds.put("Object[20] of nulls", i -> new Object[20]);
        kinds.put("Object[20] of texts", i -> texts(20).toArray());
        kinds.put("int[5][5]", i -> new int[5][5]);
        kinds.put("Point", i -> new Point(i, i));
        kinds.put(
                "Person", i -> new Person("name " + i, i, new Person("friend", i, null, List.of()), List.of("a" + i)));
        kinds.put("Wide", i -> new Wide((byte) 1, true, (short) 1, 'a', 1, 1, 1, 1));
        kinds.put("Pair", i -> Pair.of("key " + i, (long) i));
        kinds.put("nested Pairs", i -> Pair.of(Pair.of(i, (double) i), Pair.of("a" + i, new byte[10])));
        kinds.put("List.of(1)", i -> List.of("a" + i));
        kinds.put("List.of(5)", i -> List.of(i + 200, i + 200, i + 200, i + 200, i + 200));
        kinds.put("Set.of(5)", i -> Set.of(i + 200, i + 201, i + 202, i + 203, i + 204));
        kinds.put("Map.of(3)", i -> Map.of("a" + i, i + 200, "b" + i, i + 201, "c" + i, i + 202));
        kinds.put("Map.copyOf(30)", i -> Map.copyOf(map(30)));
        kinds.put("empty ArrayList", i -> new ArrayList<>());
        kinds.put("ArrayList of 3", i -> new ArrayList<>(texts(3)));
        kinds.put(
                "grown ArrayList",
                i -> with(new ArrayList<>(), list -> numbers(100).forEach(list::add)));
        kinds.put("ArrayList of shared things", i -> new ArrayList<>(Collections.nCopies(100, true)));
        kinds.put("nCopies", i -> Collections.nCopies(1_000_000, "text " + i));
        kinds.put("Arrays.asList", i -> Arrays.asList("a" + i, "b" + i, "c" + i));
        kinds.put("subclass of ArrayList", i -> with(new Sub(), list -> list.addAll(texts(50))));
        kinds.put("subclass of AbstractList", i -> new Skeleton());
        kinds.put("subclass of AbstractMap", i -> new MapSkeleton());
        kinds.put("LinkedList", i -> new LinkedList<>(numbers(20)));
        kinds.put("ArrayDeque", i -> new ArrayDeque<>(numbers(20)));
        kinds.put("PriorityQueue", i -> new PriorityQueue<>(numbers(20)));
        kinds.put("CopyOnWriteArrayList", i -> new CopyOnWriteArrayList<>(numbers(20)));
        kinds.put("HashSet", i -> new HashSet<>(texts(20)));
        kinds.put("LinkedHashSet", i -> new LinkedHashSet<>(numbers(50)));
        kinds.put("TreeSet", i -> new TreeSet<>(texts(20)));
        kinds.put("HashMap", i -> new HashMap<>(map(20)));
        kinds.put("empty HashMap", i -> new HashMap<>());
        kinds.put("LinkedHashMap", i -> map(20));
        kinds.put("TreeMap", i -> new TreeMap<>(map(20)));
        kinds.put("ConcurrentHashMap", i -> new ConcurrentHashMap<>(map(20)));
        kinds.put("unmodifiableList", i -> Collections.unmodifiableList(new ArrayList<>(texts(10))));
        kinds.put("EnumSet", i -> EnumSet.of(TimeUnit.DAYS));
        kinds.put("EnumMap", i -> new EnumMap<>(Map.of(TimeUnit.DAYS, "text " + i, TimeUnit.HOURS, "text " + i)));
        kinds.put("entry", i -> Map.entry("key " + i, i + 1_000));
        kinds.put("Optional", i -> Optional.of("text " + i));
        kinds.put("BitSet", i -> with(new BitSet(), bits -> bits.set(10_000)));
        kinds.put("small BigInteger", i -> BigInteger.valueOf(1_000_000_000_000L + i));
        kinds.put("large BigInteger", i -> BigInteger.TWO.pow(10_000 + i % 8));
        kinds.put("BigDecimal", i -> new BigDecimal(i + ".25"));
        kinds.put("large BigDecimal", i -> new BigDecimal(i + 1 + ".1234567890123456789012345678901234567890"));
        kinds.put("StringBuilder", i -> new StringBuilder("x".repeat(1_000)).append(i));
        kinds.put("LocalDate", i -> LocalDate.ofEpochDay(i));
        kinds.put("LocalDateTime", i -> LocalDateTime.of(2024, 1, 1, 0, 0, i % 60, i));
        kinds.put(
                "ZonedDateTime",
                i -> LocalDateTime.of(2024, 1, 1, 0, 0, i % 60, i).atZone(ZoneId.of("Asia/Tokyo")));
        kinds.put("Instant", i -> Instant.ofEpochSecond(i));
        kinds.put("Duration", i -> Duration.ofSeconds(i + 1, 5));
        kinds.put("UUID", i -> new UUID(i, i));
        kinds.put("AtomicLong", i -> new AtomicLong(i));
        kinds.put("AtomicInteger", i -> new AtomicInteger(i));
        kinds.put("AtomicLongArray", i -> new AtomicLongArray(100));
        kinds.put("AtomicReference", i -> new AtomicReference<>("text " + i));
        kinds.put("LongAdder", i -> new LongAdder());
        kinds.put("statistics", i -> IntStream.of(i).summaryStatistics());
        kinds.put("exception", i -> new IllegalStateException("message " + i));
        kinds.put("tree", ObjectSizeTest::treeWithParents);
        return kinds;
    }

    record Tree(String name, @Nullable Tree parent, List<Tree> children) {}

    /** Each child refers back to its parent. */
    private static Tree treeWithParents(int number) {
        Tree root = new Tree("root " + number, null, new ArrayList<>());
        for (int i = 0; i < 20; i++) {
            Tree child = new Tree("child " + i, root, new ArrayList<>());
            root.children().add(child);
        }
        return root;
    }

    /** What the garbage collector says that many objects of each kind take, and what is estimated. */
    static final class Measuring {

        private static final int COUNT = 4_000;

        public static void main(String[] args) {
            kinds().forEach((name, make) -> ObjectSize.of(make.apply(0))); // so that all classes are loaded
            kinds().forEach((name, make) -> {
                long[] measured = new long[5];
                Arrays.setAll(measured, i -> measured(make));
                Arrays.sort(measured);
                System.out.println(name + "\t" + measured[2] + "\t" + estimated(make));
            });
        }

        /** Now and then something else comes or goes; so the middle one of five is taken. */
        private static long measured(IntFunction<Object> make) {
            Object[] all = new Object[COUNT];
            long before = used();
            for (int i = 0; i < COUNT; i++) {
                all[i] = make.apply(i);
            }
            long after = used();
            Reference.reachabilityFence(all);
            return (after - before) / COUNT;
        }

        private static long estimated(IntFunction<Object> make) {
            long sum = 0;
            for (int i = 0; i < COUNT; i++) {
                sum += ObjectSize.of(make.apply(i));
            }
            return sum / COUNT;
        }

        private static long used() {
            System.gc();
            return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        }
    }

    @Test
    void noEstimateIsOffByMoreThanAFactorOfTwo() throws Exception {
        // A collector that leaves no garbage where it is.
        ChildJvm.Result result = ChildJvm.run(
                Measuring.class, List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:MarkSweepAlwaysCompactCount=1"));
        assertThat(result.exitCode()).as(result.output()).isEqualTo(0);
        List<String[]> lines =
                result.output().lines().map(line -> line.split("\t")).toList();
        assertThat(lines).hasSize(kinds().size());
        assertThat(lines).allSatisfy(line -> {
            double measured = Double.parseDouble(line[1]);
            double estimated = Double.parseDouble(line[2]);
            assertThat(estimated).as(String.join(" ", line)).isBetween(measured / 2 - 1, measured * 2 + 1);
        });
    }

    @Test
    void theSameObjectIsAlwaysTheSameSize() {
        kinds().forEach((name, make) -> {
            Object object = make.apply(7);
            assertThat(ObjectSize.of(object)).as(name).isEqualTo(ObjectSize.of(object));
            assertThat(ObjectSize.of(make.apply(7))).as(name).isEqualTo(ObjectSize.of(object));
        });
    }

    @Test
    void whatAllShareTakesNothing() {
        for (Object shared : new @Nullable Object[] {
            null, true, TimeUnit.DAYS, String.class, ZoneId.of("Europe/Berlin"), (Runnable) () -> {}
        }) {
            assertThat(ObjectSize.of(shared)).isEqualTo(0);
        }
    }

    // ------------------------------------------------------------------------------------------------ bounded time

    private static Node full(int levels) {
        Node node = new Node();
        if (levels > 0) {
            Node below = full(levels - 1);
            node.a = below;
            node.b = below;
            node.c = below;
            node.d = below;
        }
        return node;
    }

    private static Object[] wide(int levels, int width) {
        Object[] array = new Object[width];
        Arrays.fill(array, levels == 0 ? "text" : wide(levels - 1, width));
        return array;
    }

    private static Object cyclicList() {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Node node = new Node();
            node.a = list;
            node.b = new Object[] {node, list};
            list.add(node);
        }
        return list;
    }

    private static Node chain(int length) {
        Node first = new Node();
        Node last = first;
        for (int i = 0; i < length; i++) {
            Node next = new Node();
            next.b = last;
            last.a = next;
            last = next;
        }
        return first;
    }

    static Stream<Named<Object>> graphs() {
        Node self = new Node();
        self.a = self;
        self.b = self;
        Map<Object, Object> map = new java.util.IdentityHashMap<>();
        map.put(map, map);
        return Stream.of(
                named("diamonds", full(30)),
                named("deep arrays", wide(14, 8)),
                named("wide arrays", wide(5, 1_000)),
                named("children that know their parent", cyclicList()),
                named("chain", chain(100_000)),
                named("self", self),
                named("map in itself", map),
                named("ring", ring(1_000)),
                named("pairs", deepPairs()));
    }

    private static Node ring(int length) {
        Node first = chain(length);
        Node last = first;
        while (last.a != null) {
            last = (Node) last.a;
        }
        last.a = first;
        last.c = first;
        first.d = new Object[] {first, last, first, last};
        return first;
    }

    private static Object deepPairs() {
        Object pair = "end";
        for (int i = 0; i < 100_000; i++) {
            pair = new Pair<>(pair, pair);
        }
        return pair;
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void anyGraphIsLookedAtInNoTimeAndItsSizeIsNoNonsense(Object graph) {
        assertThat(nanos(() -> ObjectSize.of(graph))).isLessThan(TimeUnit.SECONDS.toNanos(2));
        assertThat(nanos(() -> new SizeSampler().of(new Pair<>(graph, graph)))).isLessThan(TimeUnit.SECONDS.toNanos(2));
        assertThat(ObjectSize.of(graph)).isBetween(16L, 1L << 50).isEqualTo(ObjectSize.of(graph));
    }

    private static long nanos(Runnable what) {
        long begin = System.nanoTime();
        what.run();
        return System.nanoTime() - begin;
    }

    @Test
    void whatRefersBackToWhatContainsItCountsOnce() {
        Node self = new Node();
        self.a = self;
        self.b = new Object[] {self, self};
        assertThat(ObjectSize.of(self)).isEqualTo(32 + 24);
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            list.add(new Object[] {list});
        }
        assertThat(ObjectSize.of(list)).isBetween(20_000L, 40_000L);
    }

    // ------------------------------------------------------------------------------------------------ what may fail

    @Test
    void aCollectionThatFailsIsOfUnknownSize() {
        List<Object> failing = new ArrayList<>(numbers(10)) {
            private static final long serialVersionUID = 1;

            @Override
            public Iterator<Object> iterator() {
                throw new ConcurrentModificationException();
            }
        };
        assertThat(ObjectSize.of(failing)).isEqualTo(64);
        assertThat(ObjectSize.of(new Object[] {failing, "abc"})).isEqualTo(16 + 8 + 64 + 48);
        assertThat(ObjectSize.of(Collections.unmodifiableList(failing))).isEqualTo(64);
    }

    @Test
    void noClassOfTheJdkFails() throws Exception {
        List<Object> some = List.of(
                Thread.currentThread(),
                new java.io.ByteArrayInputStream(new byte[5]),
                new java.util.concurrent.SynchronousQueue<>(),
                new java.util.concurrent.DelayQueue<>(),
                new java.util.concurrent.locks.ReentrantLock(),
                new java.util.WeakHashMap<>(Map.of("a", 1)),
                new java.util.Properties(),
                new java.util.Random(1),
                new java.util.Scanner("a"),
                new java.text.SimpleDateFormat("yyyy"),
                java.nio.ByteBuffer.allocateDirect(10),
                java.nio.CharBuffer.wrap("abc"),
                java.nio.file.Path.of("a"),
                java.net.URI.create("a:b"),
                java.util.regex.Pattern.compile("a").matcher("a"),
                ObjectSizeTest.class.getClassLoader(),
                ObjectSizeTest.class.getDeclaredMethods()[0],
                java.lang.invoke.MethodHandles.lookup(),
                Stream.of(1),
                Stream.of(1, 2).collect(Collectors.partitioningBy(n -> n == 1)),
                new java.util.concurrent.CompletableFuture<>(),
                new java.util.Date(),
                new java.sql.Timestamp(1),
                ProcessHandle.current(),
                Runtime.version(),
                new ThreadLocal<>(),
                List.of(1, 2, 3).iterator(),
                new Object());
        for (Object each : some) {
            assertThat(ObjectSize.of(each)).as(each.getClass().getName()).isBetween(0L, 1L << 20);
        }
    }

    // ------------------------------------------------------------------------------------------------ samples

    @Test
    void aSamplerComesNearTheSumOfAllSizes() {
        for (String name : List.of("Person", "Pair", "HashMap", "nested Pairs", "tree")) {
            IntFunction<Object> make = kinds().get(name);
            SizeSampler sampler = new SizeSampler();
            long sampled = 0;
            long all = 0;
            for (int i = 0; i < 1_000; i++) {
                Object object = make.apply(i);
                sampled += sampler.of(object);
                all += ObjectSize.of(object);
            }
            assertThat((double) sampled / all).as(name).isCloseTo(1, within(0.05));
        }
    }

    /** As when each row of a table becomes a record for each of its columns. */
    @Test
    void aSamplerIsNotDeceivedByObjectsThatTakeTurns() {
        for (int period = 2; period <= 16; period++) {
            SizeSampler sampler = new SizeSampler();
            long sampled = 0;
            long all = 0;
            for (int i = 0; i < 20_000; i++) {
                Object object = new Object[] {"x".repeat(i % period == 0 ? 10 : 1_000)};
                sampled += sampler.of(object);
                all += ObjectSize.of(object);
            }
            assertThat((double) sampled / all).as("every %s", period).isCloseTo(1, within(0.15));
        }
    }

    @Test
    void theTwoPartsOfPairsAreSampledApart() {
        SizeSampler sampler = new SizeSampler();
        long sampled = 0;
        for (int i = 0; i < 1_000; i++) {
            sampled += sampler.of(Pair.of(new Point(i, i), new Person("x".repeat(1_000), i, null, List.of())));
        }
        assertThat(sampled / 1_000).isBetween(1_000L, 1_500L);
    }

    @Test
    void aDeepPairIsNoProblem() {
        Object pair = "end";
        for (int i = 0; i < 200_000; i++) {
            pair = new Pair<>(i, pair);
        }
        assertThat(new SizeSampler().of(pair)).isPositive();
    }
}
