package dev.bag.outside;

import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.Bag;
import dev.bag.BagException;
import dev.bag.Delayed;
import dev.bag.Runner;
import dev.bag.function.CheckedSupplier;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import dev.bag.source.Source;
import dev.bag.source.SourceException;
import dev.bag.testing.Runners;
import dev.bag.value.Location;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.StringReader;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sources as a user writes them, with nothing but what is exported. */
class SourceTest {

    @Test
    @Tag("P1")
    void aSourceMayBeALambdaForEachPart() {
        Source<Integer> source = Source.of(
                "numbers",
                List.of(
                        () -> List.of(1, 2).iterator(),
                        () -> List.<Integer>of().iterator(),
                        () -> List.of(3).iterator()));
        Bag<Integer> bag = Bag.from(source);
        assertThat(bag).hasToString("Bag[3 partitions: numbers]");
        for (Runner runner : Runners.ALL) {
            assertThat(Delayed.all(bag.partitions()).compute(runner))
                    .containsExactly(List.of(1, 2), List.of(), List.of(3));
            assertThat(bag.compute(runner)).containsExactly(1, 2, 3);
        }
    }

    @Test
    @Tag("P7")
    void aSourceWithoutPartsIsReadAsOneEmptyPart() {
        Bag<Integer> bag = Bag.from(Source.of("nothing", List.of()));
        assertThat(bag.partitionCount()).isEqualTo(1);
        for (Runner runner : Runners.ALL) {
            assertThat(bag.compute(runner)).isEmpty();
            assertThat(bag.scan(7, Integer::sum).compute(runner)).containsExactly(7);
            assertThat(bag.sorted().stream(runner)).isEmpty();
        }
    }

    /** Lines of a text that must be closed. */
    private static final class Lines implements Iterator<String>, AutoCloseable {

        private final BufferedReader reader;
        private final AtomicInteger open;
        private @Nullable String next;

        Lines(String text, AtomicInteger open) throws IOException {
            this.reader = new BufferedReader(new StringReader(text));
            this.open = open;
            this.next = reader.readLine();
            open.incrementAndGet();
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public String next() {
            String line = next;
            try {
                next = reader.readLine();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return line;
        }

        @Override
        public void close() throws IOException {
            open.decrementAndGet();
            reader.close();
        }
    }

    @Test
    @Tag("P29")
    void anIteratorThatCanBeClosedIsClosedWhateverHappens() {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger opened = new AtomicInteger();
        CheckedSupplier<Iterator<String>> part = () -> {
            opened.incrementAndGet();
            return new Lines("a\nb\nc", open);
        };
        Bag<String> bag = Bag.from(Source.of("texts", List.of(part, part)));
        for (Runner runner : Runners.ALL) {
            assertThat(bag.compute(runner)).containsExactly("a", "b", "c", "a", "b", "c");
            assertThat(bag.take(2, runner)).containsExactly("a", "b");
            assertThat(bag.anyMatch(line -> line.equals("b")).compute(runner)).isTrue();
            failure(() -> bag.map(line -> line.charAt(1)).compute(runner));
            try (var stream = bag.stream(runner)) {
                assertThat(stream.iterator().next()).isEqualTo("a");
            }
            assertThat(open).hasValue(0);
        }
        assertThat(opened.get()).isPositive();
    }

    @Test
    @Tag("P20")
    void aPartThatCannotBeOpenedOrReadFailsNamingTheSourceAndThePart() {
        IOException refused = new IOException("refused");
        IllegalStateException broken = new IllegalStateException("broken");
        CheckedSupplier<Iterator<Integer>> good = () -> List.of(1, 2).iterator();
        CheckedSupplier<Iterator<Integer>> unopened = () -> {
            throw refused;
        };
        CheckedSupplier<Iterator<Integer>> breaking = () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Integer next() {
                throw broken;
            }
        };
        CheckedSupplier<Iterator<Integer>> withNull =
                () -> Arrays.asList(1, null).iterator();
        CheckedSupplier<Iterator<Integer>> none = () -> null;
        for (Runner runner : Runners.ALL) {
            BagException failure = failure(
                    () -> Bag.from(Source.of("db", List.of(good, unopened))).compute(runner));
            assertThat(failure).hasMessage("db failed (partition 2 of 2): IOException: refused\n  chain: db > compute");
            assertThat(failure.getCause()).isSameAs(refused);
            assertThat(failure.partition()).hasValue(1);
            assertThat(failure.recordExcerpt()).isEmpty();
            failure = failure(() -> Bag.from(Source.of("db", List.of(breaking)))
                    .map(n -> n)
                    .count()
                    .compute(runner));
            assertThat(failure)
                    .hasMessage(
                            "db failed (partition 1 of 1): IllegalStateException: broken\n  chain: db > map > count");
            assertThat(failure.getCause()).isSameAs(broken);
            assertThat(failure(
                            () -> Bag.from(Source.of("db", List.of(withNull))).compute(runner)))
                    .hasMessageContaining(
                            "db failed (partition 1 of 1): NullPointerException: the iterator returned null");
            assertThat(failure(() -> Bag.from(Source.of("db", List.of(none))).compute(runner))
                            .operator())
                    .isEqualTo("db");
        }
    }

    /** Words of which each knows its place, in chunks of two. */
    private record WordsPart(String file, List<String> words, boolean pipelined) implements Part<String> {

        @Override
        public Chunks<String> open() throws IOException {
            if (file.startsWith("missing")) {
                throw new SourceException(
                        Location.of(file),
                        file + ": there is no such file. Check the name.",
                        new IOException("errno 2"));
            }
            return new Words(this);
        }
    }

    private static final class Words implements Chunks<String> {

        private final WordsPart part;
        private int next;

        Words(WordsPart part) {
            this.part = part;
        }

        @Override
        public @Nullable Chunk<String> nextChunk() {
            if (next >= part.words().size()) {
                return null;
            }
            Chunk<String> chunk = new TwoWords(part, next);
            next += 2;
            return chunk;
        }

        @Override
        public void close() {}
    }

    private static final class TwoWords implements Chunk<String> {

        private final WordsPart part;
        private final int first;
        private int read;

        TwoWords(WordsPart part, int first) {
            this.part = part;
            this.first = first;
        }

        @Override
        public @Nullable String next() throws SourceException {
            int at = first + read;
            if (read == 2 || at == part.words().size()) {
                return null;
            }
            read++;
            if (part.words().get(at).equals("corrupt")) {
                throw new SourceException(
                        Location.at(part.file(), at),
                        part.file() + ": corrupt at word " + at + ". Copy it again.",
                        null);
            }
            return part.words().get(at);
        }

        @Override
        public Optional<Location> location() {
            return Optional.of(Location.at(part.file(), first + read, 10L * (first + read - 1)));
        }
    }

    private record WordSource(String name, List<WordsPart> parts) implements Source<String> {}

    private static Bag<String> words(boolean pipelined, String... last) {
        List<String> words = List.of("a", "b", "c", "d", "e");
        return Bag.from(new WordSource(
                "words/*.txt",
                List.of(
                        new WordsPart("words/1.txt", words, pipelined),
                        new WordsPart("words/2.txt", List.of(last), pipelined))));
    }

    @Test
    @Tag("P20")
    void aRecordThatFailsIsLocatedInItsFile() {
        for (boolean pipelined : new boolean[] {false, true}) {
            for (Runner runner : Runners.ALL) {
                Bag<String> bag = words(pipelined, "a", "b", "x", "d");
                List<Bag<?>> failing = List.of(
                        bag.map(SourceTest::checked).named("check"),
                        bag.filter(word -> true)
                                .map(word -> word)
                                .map(SourceTest::checked)
                                .named("check"),
                        bag.flatMap(word -> List.of(checked(word))).named("check"),
                        bag.mapPartitions(words -> words)
                                .map(SourceTest::checked)
                                .named("check"),
                        bag.zipWith(bag, (word, same) -> checked(word)).named("check"),
                        bag.limit(20).map(SourceTest::checked).named("check"),
                        bag.repartition(1).map(SourceTest::checked).named("check"));
                for (Bag<?> each : failing) {
                    BagException failure = failure(() -> each.compute(runner));
                    assertThat(failure.location()).as("%s", each).hasValue(Location.at("words/2.txt", 3, 20));
                    assertThat(failure.operator()).isEqualTo("check");
                    assertThat(failure.recordExcerpt()).hasValue("\"x\"");
                }
                assertThat(failure(() -> failing.get(0).compute(runner)))
                        .hasMessage("map \"check\" failed on words/2.txt, line 3 (partition 2 of 2):"
                                + " IllegalArgumentException: bad word\n"
                                + "  record: \"x\"\n"
                                + "  chain: words/*.txt > check > compute");
            }
        }
    }

    private static String checked(String word) {
        if (word.equals("x")) {
            throw new IllegalArgumentException("bad word");
        }
        return word;
    }

    @Test
    @Tag("P20")
    void aRecordBehindAShuffleHasNoPlaceAnyMore() {
        BagException failure = failure(
                () -> words(false, "x").sorted().map(SourceTest::checked).compute(Runners.TWO));
        assertThat(failure.location()).isEmpty();
        assertThat(failure.recordExcerpt()).hasValue("\"x\"");
    }

    @Test
    @Tag("P8")
    @Tag("P20")
    void corruptInputIsReportedInTheWordsOfTheSource() {
        for (boolean pipelined : new boolean[] {false, true}) {
            for (Runner runner : Runners.ALL) {
                Bag<String> bag = words(pipelined, "a", "b", "c", "corrupt");
                for (Bag<?> each :
                        List.of(bag, bag.map(word -> word), bag.mapPartitions(words -> words), bag.sorted())) {
                    BagException failure = failure(() -> each.compute(runner));
                    assertThat(failure).hasMessage("words/2.txt: corrupt at word 3. Copy it again.");
                    assertThat(failure.location()).hasValue(Location.at("words/2.txt", 3));
                    assertThat(failure.getCause()).isInstanceOf(SourceException.class);
                    assertThat(failure.partition()).hasValue(1);
                    assertThat(failure.operator()).isEqualTo("words/*.txt");
                }
            }
        }
    }

    @Test
    @Tag("P20")
    void aFileThatCannotBeOpenedIsReportedInTheWordsOfTheSource() {
        Bag<String> bag = Bag.from(new WordSource("*.txt", List.of(new WordsPart("missing.txt", List.of(), false))));
        BagException failure = failure(() -> bag.compute(Runners.TWO));
        assertThat(failure).hasMessage("missing.txt: there is no such file. Check the name.");
        assertThat(failure.location()).hasValue(Location.of("missing.txt"));
        assertThat(failure).hasRootCauseMessage("errno 2");
    }

    /** A part whose chunk cannot say where it is, or whose file cannot be closed. */
    private record StubbornPart(boolean closes) implements Part<String> {

        @Override
        public Chunks<String> open() {
            return new Chunks<>() {
                private boolean handedOut;

                @Override
                public @Nullable Chunk<String> nextChunk() {
                    if (handedOut) {
                        return null;
                    }
                    handedOut = true;
                    return new Chunk<>() {
                        private final Iterator<String> words = List.of("x").iterator();

                        @Override
                        public @Nullable String next() {
                            return words.hasNext() ? words.next() : null;
                        }

                        @Override
                        public Optional<Location> location() {
                            throw new IllegalStateException("cannot tell");
                        }
                    };
                }

                @Override
                public void close() throws IOException {
                    if (!closes) {
                        throw new IOException("cannot close");
                    }
                }
            };
        }
    }

    private record StubbornSource(String name, List<StubbornPart> parts) implements Source<String> {}

    @Test
    @Tag("P20")
    void aSourceThatCannotSayWhereItIsHidesNoFailure() {
        Bag<String> bag = Bag.from(new StubbornSource("stubborn", List.of(new StubbornPart(true))));
        for (Runner runner : Runners.ALL) {
            BagException failure = failure(() -> bag.map(SourceTest::checked).compute(runner));
            assertThat(failure.getCause()).hasMessage("bad word");
            assertThat(failure.operator()).isEqualTo("map");
            assertThat(failure.location()).isEmpty();
        }
    }

    @Test
    @Tag("P20")
    @Tag("P29")
    void aSourceThatCannotBeClosedFailsTheRunNamingIt() {
        Bag<String> bag = Bag.from(new StubbornSource("stubborn", List.of(new StubbornPart(false))));
        for (Runner runner : Runners.ALL) {
            BagException failure = failure(() -> bag.compute(runner));
            assertThat(failure.getCause()).hasMessage("cannot close");
            assertThat(failure.operator()).isEqualTo("stubborn");
            assertThat(failure.partition()).hasValue(0);
        }
    }

    @Test
    void whatIsReadMaySerialize() throws IOException, ClassNotFoundException {
        WordSource source = new WordSource("words", List.of(new WordsPart("1", List.of("a", "b", "c"), false)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(source);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            WordSource copy = (WordSource) in.readObject();
            assertThat(Bag.from(copy).compute()).containsExactly("a", "b", "c");
        }
    }

    @Test
    void argumentsOfASourceAreCheckedWhenItIsMade() {
        assertThatThrownBy(() -> Source.of(null, List.of()))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("name");
        List<CheckedSupplier<Iterator<Integer>>> parts = Arrays.asList((CheckedSupplier<Iterator<Integer>>) null);
        assertThatThrownBy(() -> Source.of("numbers", parts))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("a part of the source");
    }
}
