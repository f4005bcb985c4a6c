package dev.bag.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.Bag;
import dev.bag.BagException;
import dev.bag.Delayed;
import dev.bag.KeyedBag;
import dev.bag.Persisted;
import dev.bag.Runner;
import dev.bag.fold.Fold;
import dev.bag.fold.Folds;
import dev.bag.value.Pair;
import dev.bag.value.Storage;
import dev.bag.value.Utf8;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lines as views of buffers that are used again: whatever keeps them, the same comes out as of strings. The file has many
 * times the length of a buffer, so that each is used again and again.
 */
@Tag("once")
@Tag("P44")
class Utf8LinesTest {

    private static final int LINES = 40_000;

    @TempDir
    private static Path directory;

    private static Path plain;
    private static Path compressed;
    private static List<String> lines = List.of();

    private record Hit(Utf8 host, int length) {}

    /** Which nobody can look into. */
    private static final class Box implements Comparable<Box> {
        private final Utf8 text;

        Box(Utf8 text) {
            this.text = text;
        }

        @Override
        public int compareTo(Box other) {
            return text.compareTo(other.text);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    @BeforeAll
    static void makeFiles() throws IOException {
        Random random = new Random(7);
        List<String> made = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            String host = "host-" + random.nextInt(500) + (random.nextInt(20) == 0 ? "-é\u4e2d\ud83d\ude00" : "");
            made.add(host + " " + i + " " + "x".repeat(random.nextInt(60)) + (i % 1000 == 0 ? " rare" : ""));
        }
        lines = made;
        plain = Files.write(directory.resolve("plain.txt"), made, UTF_8);
        compressed = directory.resolve("compressed.txt.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
            out.write(Files.readAllBytes(plain));
        }
    }

    /** What keeps records, as a function that turns them back into strings, and the same of strings. */
    private record Keeper(String name, Function<Bag<Utf8>, ?> ofViews, Function<Bag<String>, ?> ofStrings) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static String host(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    private static Utf8 host(Utf8 line) {
        return line.field(' ', 0);
    }

    private static List<String> texts(List<?> kept) {
        return kept.stream().map(Object::toString).toList();
    }

    private static Keeper keeper(String name, Function<Bag<Utf8>, ?> ofViews, Function<Bag<String>, ?> ofStrings) {
        return new Keeper(name, ofViews, ofStrings);
    }

    static Stream<Keeper> keepers() {
        return Stream.of(actions(), sorts(), byKey(), folds(), narrow()).flatMap(each -> each);
    }

    private static Stream<Keeper> actions() {
        return Stream.of(
                keeper("compute", b -> texts(b.compute()), Bag::compute),
                keeper("take", b -> texts(b.take(20_000)), b -> b.take(20_000)),
                keeper(
                        "first",
                        b -> b.first().orElseThrow().toString(),
                        b -> b.first().orElseThrow()),
                keeper(
                        "filter and compute",
                        b -> texts(b.filter(line -> line.endsWith(" rare")).compute()),
                        b -> b.filter(line -> line.endsWith(" rare")).compute()),
                keeper("stream", b -> b.stream().map(Utf8::toString).toList(), Bag::compute),
                keeper("stream, kept", b -> texts(b.stream().toList()), Bag::compute),
                keeper("persist in memory", b -> persisted(b, Storage.MEMORY), Bag::compute),
                keeper("persist on disk", b -> persisted(b, Storage.DISK), Bag::compute),
                keeper(
                        "objects that cannot be looked into",
                        b -> texts(b.map(line -> new Box(host(line))).compute()),
                        b -> b.map(Utf8LinesTest::host).compute()),
                keeper("count", b -> b.count().compute(), b -> b.count().compute()));
    }

    private static List<String> persisted(Bag<Utf8> bag, Storage storage) {
        try (Persisted<Utf8> kept = bag.persist(storage)) {
            return texts(kept.bag().compute());
        }
    }

    private static Stream<Keeper> sorts() {
        return Stream.of(
                keeper(
                        "sorted",
                        b -> texts(b.sorted().compute()),
                        b -> b.sorted(Utf8LinesTest::byBytes).compute()),
                keeper(
                        "sortBy",
                        b -> texts(b.sortBy(line -> line.field(' ', 1)).compute()),
                        b -> b.sortBy(line -> line.split(" ")[1]).compute()),
                keeper(
                        "the first of sortBy",
                        b -> texts(b.sortBy(line -> line.field(' ', 1)).take(300)),
                        b -> b.sortBy(line -> line.split(" ")[1]).take(300)),
                keeper(
                        "records, sorted",
                        b -> texts(b.map(line -> new Hit(host(line), length(line)))
                                .sortBy(Hit::host)
                                .map(hit -> new Pair<>(hit.host(), hit.length()))
                                .compute()),
                        b -> texts(b.map(line -> new Pair<>(host(line), length(line)))
                                .sorted(Comparator.comparing(Pair::first, Utf8LinesTest::byBytes))
                                .compute())),
                keeper(
                        "objects that cannot be looked into, sorted",
                        b -> texts(b.map(line -> new Box(host(line))).sorted().compute()),
                        b -> b.map(Utf8LinesTest::host)
                                .sorted(Utf8LinesTest::byBytes)
                                .compute()),
                keeper(
                        "topK",
                        b -> texts(b.topK(50).compute()),
                        b -> b.topK(50, Utf8LinesTest::byBytes).compute()),
                keeper(
                        "split and sorted",
                        b -> texts(b.flatMap(line -> line.split(' ')).sorted().compute()),
                        b -> b.flatMap(line -> List.of(line.split(" ", -1)))
                                .sorted(Utf8LinesTest::byBytes)
                                .compute()));
    }

    /** Keys come in another order, because other hashes say in which partition they are. */
    private static Stream<Keeper> byKey() {
        return Stream.of(
                byKey(
                        "distinct",
                        b -> b.map(Utf8LinesTest::host).distinct(),
                        b -> b.map(Utf8LinesTest::host).distinct()),
                byKey("distinct lines", Bag::distinct, Bag::distinct),
                byKey(
                        "frequencies",
                        b -> b.map(Utf8LinesTest::host).frequencies(),
                        b -> b.map(Utf8LinesTest::host).frequencies()),
                byKey("frequencies of lines", Bag::frequencies, Bag::frequencies),
                byKey(
                        "words",
                        b -> b.<Utf8>mapMulti((line, out) -> line.forEachField(' ', out))
                                .frequencies(),
                        b -> b.flatMap(line -> List.of(line.split(" ", -1))).frequencies()),
                byKey("groupBy", b -> b.groupBy(Utf8LinesTest::host), b -> b.groupBy(Utf8LinesTest::host)),
                byKey(
                        "groupBy of records",
                        b -> b.groupBy(line -> new Hit(host(line), 1))
                                .mapEntries((key, group) -> new Pair<>(key.host(), group)),
                        b -> b.groupBy(Utf8LinesTest::host)),
                byKey(
                        "join",
                        b -> b.keyBy(Utf8LinesTest::host)
                                .join(b.map(Utf8LinesTest::host).frequencies()),
                        b -> b.keyBy(Utf8LinesTest::host)
                                .join(b.map(Utf8LinesTest::host).frequencies())),
                byKey(
                        "joinBroadcast",
                        b -> b.keyBy(Utf8LinesTest::host)
                                .joinBroadcast(
                                        b.filter(line -> length(line) > 70).keyBy(Utf8LinesTest::host)),
                        b -> b.keyBy(Utf8LinesTest::host)
                                .joinBroadcast(
                                        b.filter(line -> length(line) > 70).keyBy(Utf8LinesTest::host))),
                byKey(
                        "foldBy",
                        b -> b.foldBy(Utf8LinesTest::host, Folds.max(Comparator.comparing(Utf8LinesTest::length))),
                        b -> b.foldBy(Utf8LinesTest::host, Folds.max(Comparator.comparing(Utf8LinesTest::length)))),
                byKey(
                        "foldBy to lists",
                        b -> b.foldBy(Utf8LinesTest::host, Folds.toList()),
                        b -> b.foldBy(Utf8LinesTest::host, Folds.toList())),
                byKey(
                        "reduceValues",
                        b -> b.keyBy(Utf8LinesTest::host).reduceValues((left, right) -> right),
                        b -> b.keyBy(Utf8LinesTest::host).reduceValues((left, right) -> right)));
    }

    private static Keeper byKey(
            String name, Function<Bag<Utf8>, Object> ofViews, Function<Bag<String>, Object> ofStrings) {
        return keeper(name, b -> sortedTexts(ofViews.apply(b)), b -> sortedTexts(ofStrings.apply(b)));
    }

    private static List<String> sortedTexts(Object made) {
        Bag<?> bag = made instanceof KeyedBag<?, ?> keyed ? keyed.entries() : (Bag<?>) made;
        return texts(bag.compute()).stream().sorted().toList();
    }

    private static Stream<Keeper> folds() {
        Comparator<Utf8> byLength = Comparator.comparing(Utf8LinesTest::length);
        Comparator<String> byLengthOfString = Comparator.comparing(Utf8LinesTest::length);
        return Stream.of(
                fold("min", Folds.min(byLength), Folds.min(byLengthOfString)),
                fold(
                        "both",
                        Folds.both(Folds.max(byLength), Folds.counting()),
                        Folds.both(Folds.max(byLengthOfString), Folds.counting())),
                fold("toList", Folds.toList(), Folds.toList()),
                fold("toSet", Folds.toSet(), Folds.toSet()),
                fold(
                        "reservoir",
                        Folds.mapping(line -> 1, Folds.reservoir(10, 1)),
                        Folds.mapping(line -> 1, Folds.reservoir(10, 1))),
                fold(
                        "mapping",
                        Folds.mapping(Utf8LinesTest::host, Folds.toList()),
                        Folds.mapping(Utf8LinesTest::host, Folds.toList())),
                fold(
                        "filtering",
                        Folds.filtering(line -> line.endsWith(" rare"), Folds.toList()),
                        Folds.filtering(line -> line.endsWith(" rare"), Folds.toList())),
                fold(
                        "grouping",
                        Folds.grouping(Utf8LinesTest::host, Folds.toList()),
                        Folds.grouping(Utf8LinesTest::host, Folds.toList())),
                fold("collector", Fold.of(Collectors.toList()), Fold.of(Collectors.toList())),
                fold(
                        "functions",
                        Fold.<Utf8, List<Utf8>>of(ArrayList::new, Utf8LinesTest::with, Utf8LinesTest::withAll),
                        Fold.<String, List<String>>of(ArrayList::new, Utf8LinesTest::with, Utf8LinesTest::withAll)),
                keeper(
                        "reduce",
                        b -> b.reduce(Utf8LinesTest::longer)
                                .compute()
                                .orElseThrow()
                                .toString(),
                        b -> b.reduce(Utf8LinesTest::longer).compute().orElseThrow()),
                keeper(
                        "sumLong",
                        b -> b.sumLong(line -> line.field(' ', 1).parseLong()).compute(),
                        b -> b.sumLong(line -> Long.parseLong(line.split(" ")[1]))
                                .compute()));
    }

    private static Keeper fold(String name, Fold<? super Utf8, ?, ?> ofViews, Fold<? super String, ?, ?> ofStrings) {
        return keeper(
                name,
                b -> b.fold(ofViews).compute().toString(),
                b -> b.fold(ofStrings).compute().toString());
    }

    private static <T> List<T> with(List<T> list, T record) {
        list.add(record);
        return list;
    }

    private static <T> List<T> withAll(List<T> list, List<T> more) {
        list.addAll(more);
        return list;
    }

    private static Utf8 longer(Utf8 left, Utf8 right) {
        return length(left) >= length(right) ? left : right;
    }

    private static String longer(String left, String right) {
        return length(left) >= length(right) ? left : right;
    }

    private static Stream<Keeper> narrow() {
        return Stream.of(
                keeper(
                        "scan",
                        b -> texts(b.scan(Utf8LinesTest::longer).compute()),
                        b -> b.scan(Utf8LinesTest::longer).compute()),
                keeper(
                        "mapPartitions",
                        b -> texts(b.mapPartitions(records -> collected(records).iterator())
                                .compute()),
                        Bag::compute),
                keeper(
                        "zip",
                        b -> texts(b.zip(b.map(Utf8LinesTest::host)).compute()),
                        b -> texts(b.zip(b.map(Utf8LinesTest::host)).compute())),
                keeper(
                        "zipWithIndex",
                        b -> texts(b.zipWithIndex().compute()),
                        b -> texts(b.zipWithIndex().compute())),
                keeper("repartition", b -> texts(b.repartition(7).compute()), Bag::compute),
                keeper(
                        "product",
                        b -> texts(b.limit(3000).product(Bag.of(1, 2)).compute()),
                        b -> texts(b.limit(3000).product(Bag.of(1, 2)).compute())),
                keeper(
                        "sampleExactly",
                        b -> texts(b.sampleExactly(100, 3).compute()),
                        b -> b.sampleExactly(100, 3).compute()));
    }

    private static <T> List<T> collected(Iterator<T> records) {
        List<T> all = new ArrayList<>();
        records.forEachRemaining(all::add);
        return all;
    }

    private static int byBytes(String left, String right) {
        return Arrays.compareUnsigned(left.getBytes(UTF_8), right.getBytes(UTF_8));
    }

    private static int length(Utf8 text) {
        return text.length();
    }

    private static int length(String text) {
        return text.getBytes(UTF_8).length;
    }

    @ParameterizedTest
    @MethodSource("keepers")
    void isKeptAsStringsAre(Keeper keeper) {
        for (Path file : List.of(plain, compressed)) {
            for (TextReadOptions options :
                    List.of(TextFiles.options(), TextFiles.options().blockSize("300kB"))) {
                Object ofStrings = keeper.ofStrings().apply(options.read(file));
                assertThat(keeper.ofViews().apply(options.readUtf8(file))).isEqualTo(ofStrings);
            }
        }
    }

    /** A stream has handed records over when it fails, so it is not run again. */
    static Stream<Keeper> runAgain() {
        return keepers().filter(keeper -> !keeper.name().startsWith("stream"));
    }

    /** Of a task that fails in the middle what it has kept is given up, and its buffers with it. */
    @ParameterizedTest
    @MethodSource("runAgain")
    void isKeptAsStringsAreWhenTasksAreRunAgain(Keeper keeper) {
        Set<Long> failed = ConcurrentHashMap.newKeySet();
        TextReadOptions options = TextFiles.options().blockSize("300kB");
        Object expected = keeper.ofStrings().apply(options.read(plain));
        try (Runner runner = Runner.local().threads(2).retries(1).build()) {
            Object kept = Delayed.call(() -> keeper.ofViews()
                            .apply(options.readUtf8(plain).peek(line -> {
                                long number = line.field(' ', 1).parseLong();
                                if (number % 7000 == 0 && failed.add(number)) {
                                    throw new IOException("once");
                                }
                            })))
                    .compute(runner);
            assertThat(kept).isEqualTo(expected);
        }
        assertThat(failed).isNotEmpty();
    }

    @Test
    void whatALambdaHidesIsNoLongerToBeRead() {
        Queue<Utf8> hidden = new ConcurrentLinkedQueue<>();
        TextFiles.readUtf8(plain).forEach(hidden::add);
        assertThat(hidden).hasSize(LINES);
        assertThat(hidden)
                .allSatisfy(line -> assertThatThrownBy(line::toString)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("copy()"));
        Queue<String> copies = new ConcurrentLinkedQueue<>();
        TextFiles.readUtf8(plain).map(Utf8::copy).forEach(line -> copies.add(line.toString()));
        assertThat(copies).containsExactlyInAnyOrderElementsOf(lines);
    }

    @Test
    void aFailureShowsTheRecord() {
        Bag<Integer> failing = TextFiles.readUtf8(compressed)
                .filter(line -> line.field(' ', 1).parseLong() == 33_333)
                .map(Utf8::parseInt);
        assertThatThrownBy(failing::compute)
                .isInstanceOfSatisfying(
                        BagException.class,
                        failure -> assertThat(failure.recordExcerpt()).hasValue('"' + lines.get(33_333) + '"'))
                .hasMessageContaining("compressed.txt.gz, line 33,334 ")
                .hasRootCauseInstanceOf(NumberFormatException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ISO-8859-1",
                "US-ASCII",
                "UTF-16LE",
                "UTF-16BE",
                "UTF-32BE",
                "windows-1252",
                "GB18030",
                "ISO-2022-JP"
            })
    void otherCharsetsAreEncodedAnew(String charset) throws IOException {
        List<String> texts = new ArrayList<>();
        for (String text : List.of("", "plain", "é and è", "\u4e2d\u6587", "\ud83d\ude00", "tab\there")) {
            if (Charset.forName(charset).newEncoder().canEncode(text)) {
                texts.add(text);
            }
        }
        Path file = Files.write(directory.resolve(charset + ".txt"), texts, Charset.forName(charset));
        Bag<Utf8> read = TextFiles.options().charset(Charset.forName(charset)).readUtf8(file);
        assertThat(texts(read.compute())).isEqualTo(texts);
    }

    @Test
    void malformedBytesAreTreatedAsInStrings() throws IOException {
        Path file = directory.resolve("malformed.txt");
        Files.write(
                file, new byte[] {'a', '\n', 'b', (byte) 0xC3, '\n', (byte) 0xE4, (byte) 0xB8, (byte) 0xAD, '\n', 'c'});
        assertThatThrownBy(() -> TextFiles.readUtf8(file).compute())
                .isInstanceOf(BagException.class)
                .hasMessageContaining("malformed.txt, line 2")
                .hasMessageContaining("not UTF-8: c3");
        for (Malformed policy : List.of(Malformed.SKIP, Malformed.REPLACE)) {
            TextReadOptions options = TextFiles.options().malformed(policy);
            assertThat(texts(options.readUtf8(file).compute()))
                    .isEqualTo(options.read(file).compute());
            assertThat(options.readUtf8(file).count().compute())
                    .isEqualTo(options.read(file).count().compute());
        }
    }

    @Test
    void linesEndWhereThoseOfStringsDo() throws IOException {
        Random random = new Random(3);
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder(round % 3 == 0 ? "\ufeff" : "");
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append("\r\n|ab é\u4e2d".charAt(random.nextInt(8)));
            }
            Path file = Files.writeString(directory.resolve("ends.txt"), text);
            for (TextReadOptions options : List.of(
                    TextFiles.options(),
                    TextFiles.options().lineEnding(LineEnding.UNIVERSAL),
                    TextFiles.options().delimiter("|"),
                    TextFiles.options().delimiter("aa"))) {
                TextReadOptions empty = options.allowEmpty();
                assertThat(texts(empty.readUtf8(file).compute()))
                        .as(text.toString())
                        .isEqualTo(empty.read(file).compute());
            }
        }
    }
}
