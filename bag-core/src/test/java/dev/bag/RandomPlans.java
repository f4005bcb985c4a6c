package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.fold.Folds;
import dev.bag.function.CheckedSupplier;
import dev.bag.oracle.PlanInterpreter;
import dev.bag.source.Source;
import dev.bag.testing.ListSink;
import dev.bag.testing.ProbedSource;
import dev.bag.testing.ViewSource;
import dev.bag.value.Command;
import dev.bag.value.ErrorPolicy;
import dev.bag.value.InFlight;
import dev.bag.value.Pair;
import dev.bag.value.Utf8;
import java.io.File;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Grows random bags of small numbers, each from earlier ones, so that parts of plans are shared in all ways. The same
 * seed makes the same bags.
 */
final class RandomPlans {

    private static final int MOST_RECORDS = 200;
    private static final int MOST_PARTITIONS = 50;
    private static final int DOMAIN = 40;
    private static final int MOST_STEPS = 20;

    /** One seed of so many has a program among its operations: starting one takes as long as a whole plan. */
    private static final int SEEDS_FOR_A_PROGRAM = 200;

    private static final boolean HAS_CAT = Stream.of(
                    System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "cat")));

    /** A bag, how it was made from those before it, and what the oracle says it holds. */
    record Grown(Bag<Integer> bag, String howMade, List<List<Object>> partitions) {

        List<Object> records() {
            return partitions.stream().flatMap(List::stream).toList();
        }
    }

    private record Made(Bag<Integer> bag, String howMade) {}

    private final Random random;
    private final boolean startsAProgram;
    private final PlanInterpreter oracle = new PlanInterpreter();
    private final List<Grown> grown = new ArrayList<>();
    /** Resources of {@code mapWithResource} that are open, and all that were. */
    private final AtomicInteger openResources = new AtomicInteger();

    RandomPlans(long seed) {
        this.random = new Random(seed);
        this.startsAProgram = HAS_CAT && Math.floorMod(seed, SEEDS_FOR_A_PROGRAM) == SEEDS_FOR_A_PROGRAM / 5;
    }

    /** Bags made by {@code steps} operations. */
    List<Grown> grow(int steps) {
        keep(source());
        while (grown.size() < steps) {
            keep(startsAProgram && grown.size() == steps - 2 ? throughAProgram() : operation());
        }
        return grown;
    }

    private Made operation() {
        return switch (random.nextInt(12)) {
            case 0 -> source();
            case 1 -> ofTwo();
            case 2, 3 -> recordWise();
            case 4 -> partitionWise();
            case 5 -> inOrder();
            case 6 -> keyed();
            case 7 -> shortened();
            case 8 -> twice();
            case 9 -> joined();
            case 10 -> ofViews();
            default -> movingPartitions();
        };
    }

    /**
     * Grows bags, and compares the last ones on a runner with what the oracle says: streams of each, and much else of all in one run.
     * Returns the bags that were compared.
     */
    static List<Grown> check(long seed, int last, Runner runner) {
        RandomPlans plans = new RandomPlans(seed);
        List<Grown> all = plans.grow(4 + (int) (seed % MOST_STEPS));
        List<Grown> checked = all.subList(all.size() - last, all.size());
        try {
            List<Delayed<?>> wanted = new ArrayList<>();
            for (Grown each : checked) {
                Bag<Integer> bag = each.bag();
                assertThat(bag.stream(runner).toList())
                        .as("stream() of %s", bag)
                        .isEqualTo(each.records());
                Delayed<Long> count = bag.count();
                wanted.add(count);
                wanted.add(bag.fold(Folds.toList()));
                wanted.addAll(bag.partitions());
                wanted.add(bag.writeLater(new ListSink<>()));
                wanted.add(bag.countBy(x -> x % 3).toMap());
                wanted.add(bag.anyMatch(x -> x == 7));
                wanted.add(count.map(n -> n + 1));
            }
            Results results = Delayed.computeAll(runner, wanted.toArray(Delayed<?>[]::new));
            for (Delayed<?> each : wanted) {
                assertThat((Object) results.get(each))
                        .as("%s", each)
                        .isEqualTo(plans.oracle().value(each.plan()));
            }
            return checked;
        } catch (BagException | AssertionError | IllegalStateException e) {
            throw new AssertionError("seed " + seed + ", where\n" + plans.story(), e);
        }
    }

    PlanInterpreter oracle() {
        return oracle;
    }

    int openResources() {
        return openResources.get();
    }

    /** All bags up to the last, for a failure message. */
    String story() {
        StringBuilder story = new StringBuilder();
        for (int i = 0; i < grown.size(); i++) {
            story.append("  b").append(i).append(" = ").append(grown.get(i).howMade());
            story.append("  // ").append(grown.get(i).partitions()).append('\n');
        }
        return story.toString();
    }

    /** Keeps a bag unless it has grown too big. */
    private void keep(Made made) {
        if (made.bag().partitionCount() > MOST_PARTITIONS) {
            return;
        }
        List<List<Object>> partitions = oracle.partitions(made.bag().plan());
        if (partitions.stream().mapToInt(List::size).sum() <= MOST_RECORDS) {
            grown.add(new Grown(made.bag(), made.howMade(), partitions));
        }
    }

    private int pick() {
        return random.nextBoolean() ? grown.size() - 1 : random.nextInt(grown.size());
    }

    private Bag<Integer> bag(int index) {
        return grown.get(index).bag();
    }

    private int number() {
        return random.nextInt(DOMAIN);
    }

    private static int mixed(int a, int b) {
        return Math.floorMod(31 * a + b, DOMAIN);
    }

    private static int mixed(Object value) {
        return Math.floorMod(value.hashCode(), DOMAIN);
    }

    private List<Integer> numbers(int most) {
        return Stream.generate(this::number).limit(random.nextInt(most + 1)).toList();
    }

    private List<List<List<Integer>>> partsOfChunks() {
        return Stream.generate(() -> Stream.generate(() -> numbers(4))
                        .limit(random.nextInt(5))
                        .toList())
                .limit(random.nextInt(4))
                .toList();
    }

    private Made source() {
        List<Integer> records = numbers(12);
        int partitions = 1 + random.nextInt(5);
        List<List<List<Integer>>> parts = partsOfChunks();
        return switch (random.nextInt(9)) {
            case 0 -> new Made(Bag.empty(), "empty()");
            case 1 -> new Made(Bag.of(records.toArray(Integer[]::new)), "of(" + records + ")");
            case 2 -> new Made(Bag.from(records, partitions), "from(" + records + ", " + partitions + ")");
            case 3 ->
                new Made(
                        Bag.range(0, records.size(), partitions).map(Long::intValue),
                        "range(0, " + records.size() + ", " + partitions + ").map(Long::intValue)");
            case 4 -> new Made(Bag.generate(records), "generate(" + records + ")");
            case 5 -> new Made(Bag.from(ProbedSource.of(parts)), "from(parts " + parts + ")");
            case 6 -> new Made(Bag.from(ProbedSource.pipelined(parts)), "from(pipelined parts " + parts + ")");
            case 7 ->
                new Made(
                        Bag.from(Source.of(
                                "iterators",
                                List.of(records::iterator, Collections::emptyIterator, records::iterator))),
                        "from(iterators of " + records + ", [] and again)");
            default -> new Made(Bag.concatAll(List.of()), "concatAll()");
        };
    }

    private Made ofTwo() {
        int a = pick();
        int b = pick();
        String names = "b" + a + ", b" + b;
        int n = 1 + random.nextInt(3);
        return switch (random.nextInt(9)) {
            case 0 -> new Made(bag(a).concat(bag(a)), "concat(b" + a + ", b" + a + ")");
            case 1 -> new Made(bag(a).concat(bag(b)), "concat(" + names + ")");
            case 2 -> new Made(Bag.concatAll(List.of(bag(a), bag(b), bag(a))), "concatAll(" + names + ", b" + a + ")");
            case 3 ->
                new Made(
                        bag(a).product(bag(b)).map(pair -> mixed(pair.first(), pair.second())),
                        "product(" + names + ")");
            case 4 ->
                new Made(
                        bag(a).zip(bag(a).map(x -> x + 1)).map(pair -> mixed(pair.first(), pair.second())),
                        "b" + a + ".zip(b" + a + ".map(x + 1))");
            case 5 -> zipped(a, b);
            case 6 ->
                new Made(
                        bag(a).repartition(n)
                                .zipWith(bag(a).scan(RandomPlans::mixed).repartition(n), RandomPlans::mixed),
                        "b" + a + ".repartition(" + n + ").zipWith(b" + a + ".scan().repartition(" + n + "))");
            case 7 ->
                new Made(
                        bag(a).concat(bag(b))
                                .repartition(n)
                                .zip(bag(a).map(x -> x + 1).concat(bag(b)).repartition(n))
                                .map(pair -> mixed(pair.first(), pair.second())),
                        "concat(" + names + ").repartition(" + n + ") zipped with the same");
            default ->
                new Made(
                        bag(a).mapWith(bag(b).count().named("size"), (x, count) -> mixed(x, count.intValue())),
                        "b" + a + ".mapWith(b" + b + ".count())");
        };
    }

    /** The zip of two bags, cut to the same lengths where they have as many partitions; else with itself. */
    private Made zipped(int a, int b) {
        int other = lengths(a).equals(lengths(b)) ? b : a;
        return new Made(bag(a).zipWith(bag(other), RandomPlans::mixed), "b" + a + ".zipWith(b" + other + ")");
    }

    private List<Integer> lengths(int index) {
        return grown.get(index).partitions().stream().map(List::size).toList();
    }

    private Made recordWise() {
        int a = pick();
        int n = 1 + random.nextInt(4);
        String b = "b" + a + ".";
        return switch (random.nextInt(11)) {
            case 0 -> new Made(bag(a).map(x -> mixed(x, n)), b + "map(mixed with " + n + ")");
            case 1 -> new Made(bag(a).filter(x -> x % n != 0), b + "filter(x % " + n + " != 0)");
            case 2 -> new Made(bag(a).filterNot(x -> x % n == 1), b + "filterNot(x % " + n + " == 1)");
            case 3 -> new Made(bag(a).mapNotNull(x -> x % 3 == 0 ? null : x + n), b + "mapNotNull(x + " + n + ")");
            case 4 ->
                new Made(
                        bag(a).peek(x -> {}).named("seen").onError(ErrorPolicy.skip(n)),
                        b + "peek().named().onError()");
            case 5 ->
                new Made(bag(a).flatMap(x -> Collections.nCopies(x % n, x)), b + "flatMap(x % " + n + " times x)");
            case 6 ->
                new Made(
                        bag(a).flatMapStream(x -> Stream.iterate(x, y -> y + 1).limit(x % n)),
                        b + "flatMapStream(x and up, x % " + n + ")");
            case 7 ->
                new Made(
                        bag(a).<Integer>mapMulti((x, out) -> {
                            out.accept(x);
                            if (x % n == 0) {
                                out.accept(x + n);
                            }
                        }),
                        b + "mapMulti(x, and x + " + n + " if x % " + n + " == 0)");
            case 8 ->
                new Made(bag(a).<Object>map(x -> x % n == 0 ? x : "" + x).filter(Integer.class), b + "filter(Class)");
            case 9 -> new Made(Bag.flatten(bag(a).map(x -> List.of(x, n))).cast(Integer.class), b + "flatten, cast");
            default ->
                new Made(
                        bag(a).mapWithResource(
                                        resources(openResources), (resource, x) -> mixed(x, resource.hashCode())),
                        b + "mapWithResource()");
        };
    }

    /** Something to be closed. */
    private record Resource(AtomicInteger open) implements AutoCloseable {

        @Override
        public void close() {
            open.decrementAndGet();
        }

        @Override
        public int hashCode() {
            return 7;
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }
    }

    private static CheckedSupplier<Resource> resources(AtomicInteger open) {
        return () -> {
            open.incrementAndGet();
            return new Resource(open);
        };
    }

    private Made partitionWise() {
        int a = pick();
        int n = random.nextInt(4);
        long seed = random.nextLong();
        String b = "b" + a + ".";
        return switch (random.nextInt(7)) {
            case 5 -> new Made(bag(a).mapAsync(x -> mixed(x, n), n + 1), b + "mapAsync(x -> mix(x, " + n + "))");
            case 6 ->
                new Made(
                        bag(a).mapAsyncStage(x -> CompletableFuture.supplyAsync(() -> mixed(x, n)), InFlight.of(n + 1)),
                        b + "mapAsyncStage(x -> mix(x, " + n + "))");
            case 0 ->
                new Made(bag(a).mapPartitions(records -> firstOf(records, n)), b + "mapPartitions(first " + n + ")");
            case 1 ->
                new Made(
                        bag(a).mapPartitionsWithIndex(
                                        (index, records) -> index % 2 == n % 2 ? firstOf(records, 0) : records),
                        b + "mapPartitionsWithIndex(all if index % 2 != " + n % 2 + ")");
            case 2 -> new Made(bag(a).mapPartitions(RandomPlans::withSize), b + "mapPartitions(with size)");
            case 3 -> new Made(bag(a).sample(0.5, seed), b + "sample(0.5, " + seed + ")");
            default -> new Made(bag(a).sample(n % 2, seed), b + "sample(" + n % 2 + ", …)");
        };
    }

    /** A process for each partition, so of a bag with few; the last operation may be made of it. */
    private Made throughAProgram() {
        int a = IntStream.range(0, grown.size())
                .boxed()
                .min(Comparator.comparing(index -> bag(index).partitionCount()))
                .orElseThrow();
        return new Made(
                bag(a).map(String::valueOf).pipe(Command.of("cat")).map(Integer::valueOf), "b" + a + ".pipe(cat)");
    }

    /** The first records of an iterator, which is not asked for more. */
    private static Iterator<Integer> firstOf(Iterator<Integer> records, int most) {
        List<Integer> first = new ArrayList<>();
        while (first.size() < most && records.hasNext()) {
            first.add(records.next());
        }
        return first.iterator();
    }

    private static Iterator<Integer> withSize(Iterator<Integer> records) {
        List<Integer> all = new ArrayList<>();
        records.forEachRemaining(all::add);
        all.add(all.size());
        return all.iterator();
    }

    private Made inOrder() {
        int a = pick();
        int n = random.nextInt(12);
        String b = "b" + a + ".";
        return switch (random.nextInt(7)) {
            case 0 -> new Made(bag(a).limit(n), b + "limit(" + n + ")");
            case 1 -> new Made(bag(a).skip(n), b + "skip(" + n + ")");
            case 2 -> new Made(bag(a).takeWhile(x -> x % 13 != n), b + "takeWhile(x % 13 != " + n + ")");
            case 3 -> new Made(bag(a).scan(RandomPlans::mixed), b + "scan()");
            case 4 -> new Made(bag(a).scan(n, RandomPlans::mixed), b + "scan(" + n + ")");
            case 5 ->
                new Made(
                        bag(a).zipWithIndex()
                                .map(pair -> mixed(pair.first(), pair.second().intValue())),
                        b + "zipWithIndex()");
            default -> new Made(bag(a).concat(bag(a)).limit(n), b + "concat(itself).limit(" + n + ")");
        };
    }

    /** Of which only a piece is wanted, so that the optimizer may bring less of it about. */
    private Made shortened() {
        int a = pick();
        int n = random.nextInt(12);
        int m = random.nextInt(12);
        String b = "b" + a + ".";
        return switch (random.nextInt(8)) {
            case 0 ->
                new Made(
                        bag(a).limit(n).map(x -> x + 1).named("next").skip(2).limit(m),
                        b + "limit(" + n + ").map(x + 1).skip(2).limit(" + m + ")");
            case 1 ->
                new Made(
                        bag(a).map(x -> x + 1).scan(RandomPlans::mixed).limit(n).named("few"),
                        b + "map(x + 1).scan().limit(" + n + ")");
            case 2 -> new Made(bag(a).skip(n).skip(m % 4), b + "skip(" + n + ").skip(" + m % 4 + ")");
            case 3 -> new Made(bag(a).sorted().limit(n), b + "sorted().limit(" + n + ")");
            case 4 ->
                new Made(
                        bag(a).sorted((Comparator<Integer> & Serializable) (x, y) -> Integer.compare(y % 3, x % 3))
                                .named("by threes")
                                .skip(m)
                                .limit(n),
                        b + "sorted(by x % 3, falling).skip(" + m + ").limit(" + n + ")");
            case 5 -> new Made(bag(a).sortBy(x -> x % 5).limit(n), b + "sortBy(x % 5).limit(" + n + ")");
            case 6 ->
                new Made(
                        bag(a).mapWithResource(resources(openResources), (resource, x) -> mixed(x, n))
                                .zipWithIndex()
                                .map(pair -> mixed(pair.first(), pair.second().intValue()))
                                .limit(m),
                        b + "mapWithResource(mixed with " + n + ").zipWithIndex().limit(" + m + ")");
            default ->
                new Made(
                        bag(a).mapWith(bag(a).count(), (x, count) -> mixed(x, count.intValue()))
                                .limit(n),
                        b + "mapWith(its count).limit(" + n + ")");
        };
    }

    /** Operators upon their like, of which the optimizer may leave one out, or use what the first one has done. */
    private Made twice() {
        int a = pick();
        int c = pick();
        int n = 1 + random.nextInt(7);
        int m = 1 + random.nextInt(7);
        String b = "b" + a + ".";
        String spread = b + "keyBy(x % " + n + ").partitionByKey(" + m + ")";
        KeyedBag<Integer, Integer> entries = bag(a).keyBy(x -> x % n);
        KeyedBag<Integer, Integer> others = bag(c).keyBy(x -> x % 3);
        KeyedBag<Integer, Integer> placed = entries.partitionByKey(m);
        return switch (random.nextInt(10)) {
            case 0 -> new Made(bag(a).repartition(n).repartition(m), b + "repartition(" + n + ", then " + m + ")");
            case 1 -> new Made(bag(a).sorted().named("once").sorted(), b + "sorted().sorted()");
            case 2 -> new Made(bag(a).distinct().distinct(), b + "distinct().distinct()");
            case 3 -> entries(placed.foldValues(Folds.toList()), spread + ".foldValues(toList)");
            case 4 ->
                entries(
                        placed.named("placed").cogroup(placed.mapValues(x -> x + 1)),
                        spread + ".cogroup(itself.mapValues(x + 1))");
            case 5 -> entries(placed.partitionByKey(n), spread + ".partitionByKey(" + n + ")");
            case 6 -> entries(placed.join(others), spread + ".join(b" + c + " by x % 3)");
            case 7 ->
                entries(
                        entries.groupValues()
                                .mapValues(List::size)
                                .filterValues(size -> size != 2)
                                .leftJoin(others),
                        b + "keyBy(x % " + n + ").groupValues(), sizes != 2, leftJoin(b" + c + " by x % 3)");
            case 8 ->
                entries(
                        others.semiJoin(entries).reduceValues(Integer::sum).fullJoin(entries.countKeys()),
                        "b" + c + ".keyBy(x % 3).semiJoin(b" + a + " by x % " + n
                                + ").reduceValues(sum).fullJoin(of the other: countKeys())");
            default ->
                entries(
                        placed.foldValues(Folds.summingLong(x -> x)).join(placed.countKeys()),
                        spread + ": sums joined with counts");
        };
    }

    private Made keyed() {
        int a = pick();
        int n = 1 + random.nextInt(5);
        String b = "b" + a + ".";
        KeyedBag<Integer, Integer> byKey = bag(a).keyBy(x -> x % n);
        return switch (random.nextInt(15)) {
            case 0 ->
                new Made(
                        bag(a).groupBy(x -> "k" + x % n).mapEntries((key, values) -> mixed(Pair.of(key, values))),
                        b + "groupBy(x % " + n + ")");
            case 1 ->
                new Made(
                        bag(a).foldBy(x -> List.of(x % n), Folds.summingLong(x -> x))
                                .mapEntries((key, sum) -> mixed(sum)),
                        b + "foldBy([x % " + n + "], sum)");
            case 2 ->
                new Made(
                        bag(a).countBy(x -> new int[] {x % n})
                                .mapEntries((key, count) -> mixed(key[0], count.intValue())),
                        b + "countBy(array of x % " + n + ")");
            case 3 -> new Made(bag(a).frequencies().entries().map(RandomPlans::mixed), b + "frequencies()");
            case 4 -> new Made(bag(a).distinct(), b + "distinct()");
            case 5 -> new Made(bag(a).distinctBy(x -> x % n), b + "distinctBy(x % " + n + ")");
            case 6 -> new Made(bag(a).sorted(), b + "sorted()");
            case 7 ->
                new Made(
                        bag(a).sorted((Comparator<Integer> & Serializable) (x, y) -> Integer.compare(y % n, x % n)),
                        b + "sorted(by x % " + n + ", falling)");
            case 8 -> new Made(bag(a).sortBy(x -> x % n), b + "sortBy(x % " + n + ")");
            case 9 -> new Made(byKey.values().concat(byKey.keys()), b + "keyBy(x % " + n + "), values and keys");
            case 10 ->
                new Made(
                        byKey.mapValues(x -> x + n)
                                .filterKeys(key -> key != 1)
                                .filterValues(x -> x % 7 != 0)
                                .named("kept")
                                .values(),
                        b + "keyBy(x % " + n + "), mapValues(x + " + n + "), filterKeys(!= 1), filterValues(% 7 != 0)");
            case 11 ->
                new Made(
                        byKey.foldValues(Folds.toList()).entries().map(RandomPlans::mixed),
                        b + "keyBy(x % " + n + ").foldValues(toList)");
            case 12 ->
                new Made(
                        byKey.reduceValues(RandomPlans::lastOfFirst).entries().map(RandomPlans::mixed),
                        b + "keyBy(x % " + n + ").reduceValues()");
            case 13 ->
                new Made(
                        byKey.groupValues().mapValues(List::size).entries().map(RandomPlans::mixed),
                        b + "keyBy(x % " + n + ").groupValues()");
            default ->
                new Made(byKey.countKeys().entries().map(RandomPlans::mixed), b + "keyBy(x % " + n + ").countKeys()");
        };
    }

    private Made joined() {
        int a = pick();
        int c = pick();
        int n = 1 + random.nextInt(5);
        long seed = random.nextLong();
        int size = grown.get(a).records().size();
        int k = random.nextInt(size + 1);
        String names = "b" + a + " and b" + c + " by x % " + n;
        KeyedBag<Integer, Integer> left = bag(a).keyBy(x -> x % n);
        KeyedBag<Integer, Integer> right = bag(c).filter(x -> x % 3 != 0).keyBy(x -> x % (n + 1));
        return switch (random.nextInt(14)) {
            case 0 -> entries(left.join(right), "join of " + names);
            case 1 -> entries(left.leftJoin(right), "leftJoin of " + names);
            case 2 -> entries(left.rightJoin(right), "rightJoin of " + names);
            case 3 -> entries(left.fullJoin(right), "fullJoin of " + names);
            case 4 -> entries(left.cogroup(right), "cogroup of " + names);
            case 5 -> entries(left.semiJoin(right), "semiJoin of " + names);
            case 6 -> entries(left.antiJoin(right), "antiJoin of " + names);
            case 7 -> entries(left.joinBroadcast(right), "joinBroadcast of " + names);
            case 8 -> entries(left.cogroup(left.mapValues(x -> x + n)), "cogroup of b" + a + " with itself");
            case 9 -> new Made(left.partitionByKey(n).values(), "b" + a + " partitionByKey(" + n + ")");
            case 10 -> new Made(left.sortByKey().values(), "b" + a + " sortByKey() by x % " + n);
            case 11 ->
                new Made(
                        bag(a).groupByStreaming(x -> x % n, (key, records) -> mixed(key, records.next())),
                        "b" + a + ".groupByStreaming(x % " + n + ", first)");
            case 12 ->
                new Made(
                        Bag.fromDelayed(
                                List.of(bag(a).fold(Folds.toList()), bag(c).topK(n), Delayed.value(List.of(n)))),
                        "fromDelayed(b" + a + ", b" + c + ".topK(" + n + "), " + n + ")");
            default -> new Made(bag(a).sampleExactly(k, seed), "b" + a + ".sampleExactly(" + k + ", " + seed + ")");
        };
    }

    /** Of texts that are views of buffers; half of them are too long to be kept as numbers. */
    private Made ofViews() {
        boolean pipelined = random.nextBoolean();
        List<List<List<Integer>>> numbers = partsOfChunks();
        List<List<List<String>>> texts = numbers.stream()
                .map(chunks -> chunks.stream()
                        .map(chunk -> chunk.stream().map(RandomPlans::text).toList())
                        .toList())
                .toList();
        Bag<Utf8> views = Bag.from(ViewSource.of(pipelined, texts));
        int n = 1 + random.nextInt(4);
        String b = (pipelined ? "pipelined views " : "views ") + numbers + ": ";
        return switch (random.nextInt(14)) {
            case 12 -> new Made(views.mapAsync(text -> text, n).map(RandomPlans::number), b + "mapAsync(same)");
            case 0 -> new Made(views.map(RandomPlans::number), b + "map(number)");
            case 1 -> new Made(views.distinct().map(RandomPlans::number), b + "distinct()");
            case 2 -> new Made(views.sorted().map(RandomPlans::number), b + "sorted()");
            case 3 -> new Made(views.sortBy(Utf8::length).limit(n).map(RandomPlans::number), b + "sortBy().limit()");
            case 4 -> entries(views.frequencies(), b + "frequencies()");
            case 5 -> entries(views.groupBy(text -> number(text) % n), b + "groupBy(number % " + n + ")");
            case 6 ->
                entries(
                        views.foldBy(text -> text, Folds.summingLong(RandomPlans::number)),
                        b + "foldBy(text, sum of numbers)");
            case 7 ->
                entries(
                        views.foldBy(text -> new Pair<>(number(text) % n, text), Folds.toList()),
                        b + "foldBy(pair, toList)");
            case 8 -> entries(views.keyBy(text -> text).join(views.countBy(text -> text)), b + "join(counts)");
            case 9 ->
                new Made(
                        views.mapPartitions(RandomPlans::reversed).map(RandomPlans::number),
                        b + "mapPartitions(reversed)");
            case 10 ->
                new Made(
                        views.scan((left, right) -> left.length() > right.length() ? left : right)
                                .map(RandomPlans::number),
                        b + "scan(longest)");
            case 11 ->
                new Made(
                        views.map(text -> List.of(text)).repartition(n).map(list -> number(list.get(0))),
                        b + "map(list).repartition(" + n + ")");
            default ->
                new Made(views.zip(views.map(text -> text.slice(0, 1))).map(RandomPlans::mixed), b + "zip(first byte)");
        };
    }

    private static String text(int number) {
        return (number % 2 == 0 ? "t" : "a text that is longer than two numbers ") + number;
    }

    private static int number(Utf8 text) {
        return text.slice(Math.max(text.lastIndexOf(' '), text.lastIndexOf('t')) + 1, text.length())
                .parseInt();
    }

    private static Iterator<Utf8> reversed(Iterator<Utf8> texts) {
        List<Utf8> all = new ArrayList<>();
        texts.forEachRemaining(text -> all.add(0, text));
        return all.iterator();
    }

    private static Made entries(KeyedBag<?, ?> bag, String howMade) {
        return new Made(bag.entries().map(entry -> mixed(entry)), howMade);
    }

    /** Associative, and not commutative. */
    private static int lastOfFirst(int a, int b) {
        return b;
    }

    private Made movingPartitions() {
        int a = pick();
        int n = 1 + random.nextInt(7);
        String b = "b" + a + ".";
        int index = random.nextInt(bag(a).partitionCount());
        return switch (random.nextInt(4)) {
            case 0 -> new Made(bag(a).repartition(n), b + "repartition(" + n + ")");
            case 1 -> new Made(bag(a).partition(index), b + "partition(" + index + ")");
            case 2 -> new Made(bag(a).repartition(1), b + "repartition(1)");
            default ->
                new Made(
                        Bag.concatAll(List.of(bag(a).partition(index), bag(a), bag(a).repartition(n))),
                        b + "partition(" + index + "), itself, repartition(" + n + ")");
        };
    }
}
