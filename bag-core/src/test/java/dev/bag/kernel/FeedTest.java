package dev.bag.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.kernel.Feed.Progress;
import dev.bag.kernel.Operator.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Feeds that pull from each other. */
class FeedTest {

    private static final int DEPTH = 100_000;

    private static final Place.Numbering ONE = new Place.Numbering() {
        @Override
        public int partitionOf(int part) {
            return part;
        }

        @Override
        public int count() {
            return 1;
        }
    };

    private static Place place(String label) {
        return new Place(new Operator(label, label, () -> label), 0, ONE);
    }

    /** Keeps what it is given. */
    private static final class Kept extends Link {

        final List<Object> records = new ArrayList<>();
        int most = Integer.MAX_VALUE;
        boolean finished;

        @Override
        public void accept(Object record) {
            records.add(record);
            if (records.size() == most) {
                end(BOTH);
            }
        }

        @Override
        boolean finishThis() {
            finished = true;
            return true;
        }

        @Override
        int outCount() {
            return 0;
        }

        @Override
        Sink out(int i) {
            throw new IndexOutOfBoundsException(i);
        }
    }

    private static SourceFeed ones(int count, Sink sink) {
        Object[] ones = new Object[count];
        Arrays.fill(ones, 1L);
        return new SourceFeed(
                place("ones"),
                new RecordsPart<>(ones, 0, count),
                sink,
                Retention.NONE,
                Skips.NONE,
                SourceFeed.Reading.UNHEARD);
    }

    /** Zips of zips, each with ones on the other side; the last one pushes into {@code end}. The feed to drain is first. */
    private static List<Feed> zips(int depth, boolean leftDeep, int count, int failAt, Sink end) {
        List<Feed> feeds = new ArrayList<>();
        Sink sink = end;
        for (int i = depth; i > 0; i--) {
            int number = i;
            Port deep = new Port();
            Port other = new Port();
            ZipFeed zip = new ZipFeed(
                    place("zip " + i),
                    (a, b) -> {
                        if (number == failAt) {
                            throw new IllegalStateException("zip " + number);
                        }
                        return (Long) a + (Long) b;
                    },
                    leftDeep ? deep : other,
                    leftDeep ? other : deep,
                    sink,
                    Skips.NONE);
            if (sink instanceof Port port) {
                port.addFeed(zip);
            }
            SourceFeed source = ones(count, other);
            other.addFeed(source);
            feeds.add(zip);
            feeds.add(source);
            sink = deep;
        }
        SourceFeed last = ones(count, sink);
        ((Port) sink).addFeed(last);
        feeds.add(last);
        return feeds;
    }

    private static void drainAll(List<Feed> feeds) throws Throwable {
        for (Feed feed : feeds) {
            assertThat(feed.drain(() -> false)).isEqualTo(Progress.ENDED);
        }
        for (Feed feed : feeds) {
            feed.close();
        }
    }

    @Test
    @Tag("P26")
    void zipsOfZipsNeedNoDeepStack() throws Throwable {
        for (boolean leftDeep : new boolean[] {true, false}) {
            Kept kept = new Kept();
            drainAll(zips(DEPTH, leftDeep, 3, 0, kept));
            assertThat(kept.records).containsExactly(DEPTH + 1L, DEPTH + 1L, DEPTH + 1L);
            assertThat(kept.finished).isTrue();
        }
    }

    @Test
    @Tag("P26")
    void whatIsNotWantedBehindZipsOfZipsIsNotRead() throws Throwable {
        Kept kept = new Kept();
        kept.most = 1;
        drainAll(zips(DEPTH, true, 3, 0, kept));
        assertThat(kept.records).containsExactly(DEPTH + 1L);
    }

    @Test
    @Tag("P26")
    void whetherAnythingIsWantedBehindZipsOfZipsIsAskedWithoutADeepStack() throws Throwable {
        Kept kept = new Kept();
        List<Feed> feeds = zips(DEPTH, true, 3, 0, kept);
        Sink innermost = feeds.get(feeds.size() - 1).sink();
        assertThat(innermost.isOver()).isFalse();
        kept.end(Link.BOTH);
        assertThat(innermost.isOver()).isTrue();
        drainAll(feeds);
        assertThat(kept.records).isEmpty();
    }

    @Test
    @Tag("P26")
    void aFailureFarAwayNamesItsZip() {
        List<Feed> feeds = zips(DEPTH, true, 3, 1, new Kept());
        assertThatThrownBy(() -> feeds.get(0).drain(() -> false))
                .isInstanceOfSatisfying(
                        OperatorFailure.class,
                        failure -> assertThat(failure.operator().label()).isEqualTo("zip 1"));
    }

    @Test
    void aZipCanStopAfterAnyRecord() throws Throwable {
        for (int depth = 1; depth <= 4; depth++) {
            Kept kept = new Kept();
            List<Feed> feeds = zips(depth, depth % 2 == 0, 5, 0, kept);
            for (int i = 1; i <= 5; i++) {
                assertThat(feeds.get(0).advance()).isEqualTo(Progress.NEXT);
                assertThat(kept.records).hasSize(i);
            }
            assertThat(feeds.get(0).advance()).isEqualTo(Progress.ENDED);
            drainAll(feeds);
            assertThat(kept.records).hasSize(5);
        }
    }

    @Test
    void sidesOfDifferentLengthsFail() {
        Port left = new Port();
        Port right = new Port();
        left.addFeed(ones(3, left));
        right.addFeed(ones(2, right));
        ZipFeed zip = new ZipFeed(place("zip"), (a, b) -> a, left, right, new Kept(), Skips.NONE);
        assertThatThrownBy(() -> zip.drain(() -> false)).hasStackTraceContaining("the second bag ends after 2 records");
    }
}
