package dev.bag.outside;

import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.Bag;
import dev.bag.BagException;
import dev.bag.Delayed;
import dev.bag.testing.ListSink;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which lines of the user's code a failure shows. */
@Tag("P20")
class TraceTest {

    private static int broken(int n) {
        throw new IllegalStateException("broken " + n);
    }

    @Test
    void theTraceBeginsAtTheLineThatCalledTheActionAndThatOfTheCauseInTheFunction() {
        Bag<Integer> bag = Bag.of(1).map(TraceTest::broken);
        Stream<Integer> stream = bag.stream();
        List<BagException> failures = List.of(
                failure(() -> bag.compute()),
                failure(() -> bag.take(1)),
                failure(() -> bag.first()),
                failure(() -> bag.count().compute()),
                failure(() -> Delayed.computeAll(bag.count())),
                failure(() -> bag.forEach(n -> {})),
                failure(() -> bag.forEachPartition(records -> records.next())),
                failure(() -> stream.toList()),
                failure(() -> bag.persist()),
                failure(() -> bag.write(new ListSink<>())),
                failure(() -> bag.keyBy(n -> n).compute()),
                failure(() -> joined(bag)));
        for (BagException failure : failures) {
            assertThat(failure.getStackTrace()[0].getClassName()).isEqualTo(TraceTest.class.getName());
            assertThat(failure.getCause().getStackTrace()[0].getMethodName()).isEqualTo("broken");
        }
    }

    private static void joined(Bag<?> bag) {
        try {
            bag.computeAsync().join();
        } catch (CompletionException e) {
            throw (BagException) e.getCause();
        }
    }

    @Test
    void theTraceOfAStreamIsThatOfTheLineThatMadeIt() {
        Stream<Integer> stream = made();
        BagException failure = failure(() -> stream.toList());
        assertThat(failure.getStackTrace()[0].getMethodName()).isEqualTo("made");
    }

    private static Stream<Integer> made() {
        return Bag.of(1).map(TraceTest::broken).stream();
    }
}
