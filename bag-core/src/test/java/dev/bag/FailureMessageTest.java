package dev.bag;

import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.fold.Fold;
import dev.bag.fold.Folds;
import dev.bag.function.CheckedFunction;
import dev.bag.source.Source;
import dev.bag.source.SourceException;
import dev.bag.testing.Cuts;
import dev.bag.testing.ProbedSource;
import dev.bag.testing.Runners;
import dev.bag.value.Location;
import dev.bag.value.Pair;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The one exception that a failed run throws: its text, whole, and what it answers. */
@Tag("P20")
class FailureMessageTest {

    private static final List<String> TEXTS = List.of("1", "2", "n/a", "4");

    @Test
    void theMessageSaysWhatFailedWhereOnWhatAndInWhichChain() {
        Bag<Integer> bag = Bag.from(ProbedSource.of(Cuts.parts(TEXTS, 2)))
                .map(Integer::parseInt)
                .named("parse")
                .filter(n -> n > 0);
        for (Runner runner : Runners.ALL) {
            BagException failure = failure(() -> bag.count().compute(runner));
            assertThat(failure).hasMessage("""
                    map "parse" failed on part-1, line 1 (partition 2 of 2): NumberFormatException: For input string: "n/a"
                      record: "n/a"
                      chain: probed > parse > filter > count""");
            assertThat(failure.operator()).isEqualTo("parse");
            assertThat(failure.partition()).hasValue(1);
            assertThat(failure.location()).hasValue(Location.at("part-1", 1, 0));
            assertThat(failure.recordExcerpt()).hasValue("\"n/a\"");
            assertThat(failure.getCause()).isExactlyInstanceOf(NumberFormatException.class);
            assertThat(failure.getSuppressed()).isEmpty();
        }
    }

    @Test
    void aRecordWithoutAPlaceIsShownWithoutOne() {
        BagException failure = failure(
                () -> Bag.range(0, 5_000, 5_000).map(n -> 1 / (n - 4_999)).compute(Runners.TWO));
        assertThat(failure).hasMessage("""
                map failed (partition 5,000 of 5,000): ArithmeticException: / by zero
                  record: 4999
                  chain: range 0..5000 > map > compute""");
        assertThat(failure.location()).isEmpty();
    }

    @Test
    void theFailureOfAnActionInsideATaskIsShownOnceAndIndented() {
        Bag<Integer> inner = Bag.from(ProbedSource.of(Cuts.parts(TEXTS, 2)))
                .map(Integer::parseInt)
                .named("parse");
        Bag<Long> outer = Bag.range(5, 7, 2).map(n -> n + inner.count().compute());
        Bag<Integer> outermost =
                Bag.of("x").map(x -> outer.partition(1).compute().size()).named("all of it");
        for (Runner runner : Runners.ALL) {
            BagException failure = failure(() -> outermost.compute(runner));
            assertThat(failure).hasMessage("""
                    map "all of it" failed (partition 1 of 1): an action inside it failed
                      record: "x"
                      chain: 1 record > all of it > compute
                      inside: map failed (partition 2 of 2): an action inside it failed
                        record: 6
                        chain: range 5..7 > map > partition > compute
                        inside: map "parse" failed on part-1, line 1 (partition 2 of 2): NumberFormatException: For input string: "n/a"
                          record: "n/a"
                          chain: probed > parse > count""");
            assertThat(failure.getCause()).isInstanceOf(BagException.class);
            assertThat(failure.operator()).isEqualTo("all of it");
        }
    }

    @Test
    void theFailureOfAnInnerActionIsShownTheSameThroughWrappersThatSayNoMore() {
        Bag<Integer> inner = Bag.of(0).map(n -> 1 / n);
        Map<CheckedFunction<Integer, Object>, String> actions = new LinkedHashMap<>();
        actions.put(n -> inner.computeAsync().join(), "compute");
        actions.put(n -> inner.computeAsync().get(), "compute");
        actions.put(n -> rethrown(inner, e -> new RuntimeException(e)), "compute");
        actions.put(n -> inner.stream().toList(), "stream");
        actions.forEach((call, action) -> {
            BagException failure = failure(() -> Bag.of(7).map(call).compute(Runners.TWO));
            assertThat(failure).hasMessage("""
                    map failed (partition 1 of 1): an action inside it failed
                      record: 7
                      chain: 1 record > map > compute
                      inside: map failed (partition 1 of 1): ArithmeticException: / by zero
                        record: 0
                        chain: 1 record > map > %s""".formatted(action));
        });
        BagException withAMessage = failure(() -> Bag.of(7)
                .map(n -> rethrown(inner, e -> new IllegalStateException("my words", e)))
                .compute(Runners.TWO));
        assertThat(withAMessage).hasMessage("""
                map failed (partition 1 of 1): IllegalStateException: my words
                  record: 7
                  chain: 1 record > map > compute""");
    }

    private static Object rethrown(Bag<?> bag, Function<BagException, RuntimeException> wrapper) {
        try {
            return bag.compute();
        } catch (BagException e) {
            throw wrapper.apply(e);
        }
    }

    @Test
    void anOperatorOfSeveralOperationsIsNamedAsOne() {
        Bag<String> texts = Bag.from(TEXTS, 2).filter(text -> true);
        Bag<String> sorted = texts.sortBy(text -> text.length())
                .sortBy(Integer::parseInt)
                .named("by number")
                .limit(3)
                .sortBy(text -> text);
        assertThat(failure(() -> sorted.compute(Runners.TWO))).hasMessage("""
                sortBy "by number" failed (partition 2 of 2): NumberFormatException: For input string: "n/a"
                  record: "n/a"
                  chain: 4 records > filter > sortBy > by number > limit > sortBy > compute""");
        KeyedBag<Object, String> keyed = texts.keyBy(text -> text.equals("4") ? new Object() : text);
        Bag<?> joined = keyed.join(keyed)
                .named("with itself")
                .reduceValues((left, right) -> left)
                .values();
        BagException failure = failure(() -> joined.compute(Runners.TWO));
        assertThat(failure.operator()).isEqualTo("with itself");
        assertThat(failure)
                .hasMessageStartingWith("join \"with itself\" failed (partition 2 of 2): ")
                .hasMessageEndingWith(
                        "chain: 4 records > filter > keyBy > with itself > reduceValues > values > compute");
    }

    /** A group may be larger than the memory, and the texts of its values, too. */
    @Test
    void ofALargeRecordOnlyTheBeginningIsAskedFor() {
        AtomicInteger asked = new AtomicInteger();
        record Value(AtomicInteger asked) {

            @Override
            public String toString() {
                asked.incrementAndGet();
                return "value";
            }
        }
        Bag<Pair<Integer, List<Value>>> groups = Bag.range(0, 10_000)
                .map(n -> new Value(asked))
                .groupBy(value -> 7)
                .entries();
        BagException failure = failure(() -> groups.map(group -> {
                    throw new IOException("mine");
                })
                .compute(Runners.TWO));
        assertThat(failure.recordExcerpt().orElseThrow())
                .startsWith("(7, [value, value, ")
                .endsWith("value,…")
                .hasSizeLessThan(250);
        assertThat(asked.get()).isLessThan(100);
    }

    @Test
    void recordsAreShownAsTheyShowThemselves() {
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        List<Object> records = List.of(
                Pair.of(1, Pair.of("a", Optional.of("b"))),
                List.of(1, List.of(), Map.of("k", List.of(2))),
                new ArrayDeque<>(List.of(1, 2)),
                Map.entry("k", 1),
                Optional.empty(),
                Arrays.asList(1, null),
                new Object[0]);
        for (Object record : records) {
            assertThat(Excerpts.of(record)).isEqualTo(record.toString());
        }
        assertThat(Excerpts.of(itself)).startsWith("[[[[").endsWith("…");
        assertThat(Excerpts.of(List.of("x".repeat(500)))).isEqualTo("[" + "x".repeat(199) + "… (502 characters)");
    }

    @Test
    void theChainOfALongPlanIsCutInTheMiddle() {
        Bag<Integer> bag = Bag.of(1);
        for (int i = 0; i < 20; i++) {
            bag = bag.map(n -> n + 1);
        }
        bag = bag.map(n -> n / (n - 21)).named("culprit");
        for (int i = 0; i < 20; i++) {
            bag = bag.filter(n -> true);
        }
        Bag<Integer> failing = bag;
        assertThat(failure(() -> failing.compute(Runners.TWO))).hasMessage("""
                map "culprit" failed (partition 1 of 1): ArithmeticException: / by zero
                  record: 21
                  chain: 1 record > … > map > map > map > map > map > map > map > culprit > filter > filter > filter > filter > …""");
    }

    @Test
    void whateverIsThrownIsTheCauseItself() {
        List<Throwable> thrown = List.of(
                new IOException("checked"),
                new Exception(),
                new Throwable("neither exception nor error"),
                new IllegalStateException("unchecked", new IOException("inner")),
                new AssertionError("error"),
                new NoClassDefFoundError("a/b/C"),
                new InterruptedException("of the user's own"),
                new IOException("") {
                    private static final long serialVersionUID = 1;
                });
        for (Throwable each : thrown) {
            for (Runner runner : Runners.ALL) {
                BagException failure = failure(() -> Bag.of(1)
                        .map(n -> {
                            throw each;
                        })
                        .compute(runner));
                Thread.interrupted(); // what the inline runner leaves behind an InterruptedException on this thread
                assertThat(failure.getCause()).isSameAs(each);
                assertThat(failure.operator()).isEqualTo("map");
            }
        }
    }

    @Test
    void theTextOfTheCauseIsItsClassAndMessage() {
        Map<Throwable, String> texts = new LinkedHashMap<>();
        texts.put(new IOException("refused"), "IOException: refused");
        texts.put(new IOException(), "IOException");
        texts.put(new Error("e"), "Error: e");
        texts.put(
                new IOException("anonymous") {
                    private static final long serialVersionUID = 1;
                },
                "dev.bag.FailureMessageTest$2: anonymous");
        texts.put(
                new MessageFails(),
                "MessageFails: (its getMessage fails with java.lang.UnsupportedOperationException)");
        texts.forEach((thrown, text) -> {
            BagException failure = failure(() -> Bag.of(7)
                    .map(n -> {
                        throw thrown;
                    })
                    .compute(Runners.TWO));
            assertThat(failure)
                    .hasMessage("map failed (partition 1 of 1): " + text
                            + "\n  record: 7\n  chain: 1 record > map > compute");
            assertThat(failure.getCause()).isSameAs(thrown);
        });
    }

    private static final class MessageFails extends RuntimeException {

        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new UnsupportedOperationException();
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    private record ToString(boolean fails) {

        @Override
        public String toString() {
            if (fails) {
                throw new StackOverflowError();
            }
            return null;
        }
    }

    /** Of a bag that two stages read the records are made before; the same is said then. */
    @Test
    void theKeyIsNamedForWhichAFoldCannotFinish() {
        Fold<Long, ?, Long> fold = Fold.of(() -> 0L, (sum, n) -> sum + n, Long::sum, sum ->
                (long) fail(sum.intValue(), new IllegalStateException()));
        KeyedBag<String, Long> sums = Bag.range(0, 6, 2).foldBy(n -> "key " + n % 3, fold);
        for (Bag<Pair<String, Long>> bag :
                List.of(sums.entries(), sums.entries().concat(sums.entries()))) {
            BagException failure = failure(() -> bag.compute(Runners.TWO));
            assertThat(failure.operator()).isEqualTo("foldBy");
            assertThat(failure.partition()).isPresent();
            assertThat(failure.recordExcerpt()).hasValue("(key 0, …)");
        }
    }

    /** Small tables become one where they are made, large ones where they are read. */
    @Test
    void theKeyIsNamedForWhichAccumulatorsCannotBeMerged() {
        for (int keys : new int[] {3, 10_000}) {
            Bag<Pair<String, Long>> merged = Bag.range(0, 2L * keys, 2)
                    .keyBy(n -> "key " + n % keys)
                    .reduceValues((left, right) -> left + fail((int) (right - keys + 1), new IllegalStateException()))
                    .entries();
            BagException failure = failure(() -> merged.compute(Runners.TWO));
            assertThat(failure.operator()).isEqualTo("reduceValues");
            assertThat(failure.recordExcerpt()).hasValue("(key 2, …)");
        }
    }

    @Test
    void aRecordThatCannotBeShownDoesNotHideTheFailure() {
        IllegalStateException broken = new IllegalStateException("broken");
        Map<Object, String> excerpts = new LinkedHashMap<>();
        excerpts.put(
                new ToString(true),
                "(dev.bag.FailureMessageTest$ToString: its toString fails with java.lang.StackOverflowError)");
        excerpts.put(new ToString(false), "null");
        excerpts.put(
                new Broken("text"),
                "(dev.bag.FailureMessageTest$Broken: its toString fails with java.lang.IllegalStateException)");
        excerpts.forEach((record, excerpt) -> {
            BagException failure = failure(() -> Bag.of(record)
                    .map(n -> {
                        throw broken;
                    })
                    .compute(Runners.TWO));
            assertThat(failure.getCause()).isSameAs(broken);
            assertThat(failure.recordExcerpt()).hasValue(excerpt);
        });
    }

    /** A text that cannot be read. */
    private record Broken(String text) implements CharSequence {

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            throw new IllegalStateException("no text");
        }
    }

    @Test
    void textsAreQuotedAndWhatCannotBeSeenIsEscaped() {
        Map<Object, String> excerpts = new LinkedHashMap<>();
        excerpts.put("a \"b\" \\ \t\r\n \u0000 \u001b é", "\"a \\\"b\\\" \\\\ \\t\\r\\n \\u0000 \\u001b é\"");
        excerpts.put(new StringBuilder("text"), "\"text\"");
        excerpts.put(List.of("a", 1), "[a, 1]");
        excerpts.put("", "\"\"");
        excerpts.put("x".repeat(200), "\"" + "x".repeat(200) + "\"");
        excerpts.put("x".repeat(12_345), "\"" + "x".repeat(200) + "… (12,345 characters)\"");
        excerpts.forEach((record, excerpt) -> {
            BagException failure = failure(() -> Bag.of(record)
                    .map(n -> {
                        throw new IllegalStateException();
                    })
                    .compute(Runners.TWO));
            assertThat(failure.recordExcerpt()).hasValue(excerpt);
            assertThat(failure).hasMessageContaining("\n  record: " + excerpt + "\n");
        });
    }

    @Test
    void everyOperatorThatCallsAFunctionIsNamed() {
        IllegalStateException broken = new IllegalStateException("broken");
        Bag<Integer> bag = Bag.from(List.of(1, 2, 3, 4), 2);
        Map<String, Delayed<?>> failing = new LinkedHashMap<>();
        failing.put("map", bag.map(n -> fail(n, broken)).count());
        failing.put("mapNotNull", bag.mapNotNull(n -> fail(n, broken)).count());
        failing.put("filter", bag.filter(n -> fail(n, broken) > 0).count());
        failing.put("filterNot", bag.filterNot(n -> fail(n, broken) > 0).count());
        failing.put("peek", bag.peek(n -> fail(n, broken)).count());
        failing.put("flatMap", bag.flatMap(n -> List.of(fail(n, broken))).count());
        failing.put(
                "flatMapStream",
                bag.flatMapStream(n -> Stream.of(fail(n, broken))).count());
        failing.put(
                "mapMulti",
                bag.<Integer>mapMulti((n, out) -> out.accept(fail(n, broken))).count());
        failing.put(
                "mapWith",
                bag.mapWith(Delayed.value(1), (n, one) -> fail(n, broken)).count());
        failing.put(
                "mapWithResource",
                bag.mapWithResource(() -> 1, (one, n) -> fail(n, broken)).count());
        failing.put("zipWith", bag.zipWith(bag, (a, b) -> fail(a, broken)).count());
        failing.put("scan", bag.scan((a, b) -> fail(b, broken)).count());
        failing.put("takeWhile", bag.takeWhile(n -> fail(n, broken) > 0).count());
        failing.put("keyBy", bag.keyBy(n -> fail(n, broken)).entries().count());
        failing.put(
                "mapValues",
                bag.keyBy(n -> n).mapValues(n -> fail(n, broken)).entries().count());
        failing.put(
                "mapEntries",
                bag.keyBy(n -> n).mapEntries((key, n) -> fail(n, broken)).count());
        failing.put(
                "filterKeys",
                bag.keyBy(n -> n).filterKeys(n -> fail(n, broken) > 0).entries().count());
        failing.put(
                "filterValues",
                bag.keyBy(n -> n)
                        .filterValues(n -> fail(n, broken) > 0)
                        .entries()
                        .count());
        failing.put("groupBy", bag.groupBy(n -> fail(n, broken)).entries().count());
        failing.put("countBy", bag.countBy(n -> fail(n, broken)).entries().count());
        failing.put(
                "foldBy",
                bag.foldBy(n -> 1, Folds.summingLong(n -> fail(n, broken)))
                        .entries()
                        .count());
        failing.put("distinctBy", bag.distinctBy(n -> fail(n, broken)).count());
        failing.put("sumLong", bag.sumLong(n -> fail(n, broken)));
        failing.put("sum", bag.sum(n -> fail(n, broken)));
        failing.put("mean", bag.mean(n -> fail(n, broken)));
        failing.put("stats", bag.stats(n -> fail(n, broken)));
        failing.put("anyMatch", bag.anyMatch(n -> fail(n, broken) > 9));
        failing.put("allMatch", bag.allMatch(n -> fail(n, broken) < 9));
        failing.put("noneMatch", bag.noneMatch(n -> fail(n, broken) > 9));
        failing.forEach((operator, value) -> {
            BagException failure = failure(() -> value.compute(Runners.TWO));
            assertThat(failure.operator()).isEqualTo(operator);
            assertThat(failure.partition()).as(operator).hasValue(1);
            assertThat(failure.recordExcerpt().orElse("none")).as(operator).contains("3");
            assertThat(failure.getCause()).isSameAs(broken);
        });
        assertThat(failure(() -> bag.forEach(n -> fail(n, broken), Runners.TWO)).operator())
                .isEqualTo("forEach");
        assertThat(failure(() -> bag.forEachPartition(records -> fail(3, broken), Runners.TWO))
                        .operator())
                .isEqualTo("forEachPartition");
        assertThat(failure(() -> bag.mapPartitions(
                                        records -> List.of(fail(3, broken)).iterator())
                                .compute(Runners.TWO))
                        .operator())
                .isEqualTo("mapPartitions");
        assertThat(failure(() -> bag.sortBy(n -> fail(n, broken)).compute(Runners.TWO))
                        .getCause())
                .isSameAs(broken);
    }

    private static int fail(int n, RuntimeException broken) {
        if (n == 3) {
            throw broken;
        }
        return n;
    }

    @Test
    void theFailureOfALaterStageIsNamedWithItsOwnPartition() {
        Bag<Integer> bag = Bag.from(List.of(1, 2, 3, 4), 4);
        BagException failure = failure(() -> bag.sorted()
                .repartition(2)
                .map(n -> fail(n, new IllegalStateException("broken")))
                .compute(Runners.TWO));
        assertThat(failure).hasMessage("""
                map failed (partition 2 of 2): IllegalStateException: broken
                  record: 3
                  chain: 4 records > sorted > repartition > map > compute""");
        assertThat(failure.partition()).hasValue(1);
    }

    @Test
    void aBrokenSourceSpeaksForItself() {
        SourceException cut =
                new SourceException(Location.at("a.gz", 1_048_576), "a.gz: the gzip stream ends inside a block.", null);
        for (Runner runner : Runners.ALL) {
            BagException failure = failure(() -> Bag.from(Source.<Integer>of("*.gz", List.of(() -> {
                        throw cut;
                    })))
                    .map(n -> n)
                    .compute(runner));
            assertThat(failure).hasMessage("a.gz: the gzip stream ends inside a block.");
            assertThat(failure.getCause()).isSameAs(cut);
            assertThat(failure.location()).hasValue(Location.at("a.gz", 1_048_576));
            assertThat(failure.operator()).isEqualTo("*.gz");
        }
    }

    @Test
    void theFailureOfAnActionInsideAFunctionIsTheCause() {
        Bag<Integer> inner =
                Bag.of(3).map(n -> fail(n, new IllegalStateException("broken"))).named("inner");
        BagException failure =
                failure(() -> Bag.of(1).map(n -> inner.compute()).named("outer").compute(Runners.TWO));
        assertThat(failure.operator()).isEqualTo("outer");
        assertThat(failure.getCause()).isInstanceOf(BagException.class);
        assertThat(((BagException) failure.getCause()).operator()).isEqualTo("inner");
        assertThat(failure).hasRootCauseMessage("broken");
    }

    @Test
    void aResourceThatCannotBeClosedFailsNamingTheOperatorAndHidesNoEarlierFailure() {
        IOException unclosed = new IOException("unclosed");
        AutoCloseable resource = () -> {
            throw unclosed;
        };
        IllegalStateException broken = new IllegalStateException("broken");
        for (Runner runner : Runners.ALL) {
            BagException failure = failure(() ->
                    Bag.of(1).mapWithResource(() -> resource, (open, n) -> n).compute(runner));
            assertThat(failure.operator()).isEqualTo("mapWithResource");
            assertThat(failure.getCause()).isSameAs(unclosed);
            failure = failure(() -> Bag.of(3)
                    .mapWithResource(() -> resource, (open, n) -> fail(n, broken))
                    .compute(runner));
            assertThat(failure.operator()).isEqualTo("mapWithResource");
            assertThat(failure.getCause()).isSameAs(broken);
            assertThat(failure.getSuppressed()).containsExactly(unclosed);
        }
    }

    @Test
    void oneResourceThatCannotBeClosedLeavesNoOtherOpen() {
        for (Throwable unclosed : List.of(new IOException("unclosed"), new AssertionError("unclosed"))) {
            for (Runner runner : Runners.ALL) {
                List<String> closed = new CopyOnWriteArrayList<>();
                AutoCloseable first = () -> closed.add("first");
                AutoCloseable second = () -> {
                    closed.add("second");
                    if (unclosed instanceof Error error) {
                        throw error;
                    }
                    throw (Exception) unclosed;
                };
                AutoCloseable third = () -> closed.add("third");
                BagException failure = failure(() -> Bag.of(1)
                        .mapWithResource(() -> first, (open, n) -> n)
                        .mapWithResource(() -> second, (open, n) -> n)
                        .mapWithResource(() -> third, (open, n) -> n)
                        .compute(runner));
                assertThat(failure.getCause()).isSameAs(unclosed);
                assertThat(closed).containsExactlyInAnyOrder("first", "second", "third");
            }
        }
    }
}
