package dev.bag.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which records a sample holds. */
@Tag("P3")
class SampleChoiceTest {

    private static long chosen(double fraction, long seed, int partition) {
        return LongStream.range(0, 10_000)
                .filter(position -> Sampled.Choice.picks(fraction, seed, partition, position))
                .count();
    }

    @Test
    void aboutTheFractionIsChosenInEveryPartitionForEverySeed() {
        for (double fraction : new double[] {0.01, 0.1, 0.5, 0.9}) {
            for (long seed = -3; seed <= 3; seed++) {
                for (int partition = 0; partition < 5; partition++) {
                    double expected = 10_000 * fraction;
                    assertThat((double) chosen(fraction, seed, partition))
                            .isBetween(expected - 6 * Math.sqrt(expected), expected + 6 * Math.sqrt(expected));
                }
            }
        }
    }

    @Test
    void nothingAndAllAreExact() {
        assertThat(chosen(0, 1, 0)).isZero();
        assertThat(chosen(1, 1, 0)).isEqualTo(10_000);
    }

    @Test
    void aLargerFractionKeepsWhatASmallerOneChose() {
        for (long position = 0; position < 10_000; position++) {
            if (Sampled.Choice.picks(0.1, 5, 2, position)) {
                assertThat(Sampled.Choice.picks(0.2, 5, 2, position)).isTrue();
            }
        }
    }

    @Test
    void seedsAndPartitionsChooseDifferently() {
        Set<String> choices = new HashSet<>();
        for (long seed = 0; seed < 20; seed++) {
            for (int partition = 0; partition < 20; partition++) {
                StringBuilder choice = new StringBuilder();
                long of = seed;
                int in = partition;
                IntStream.range(0, 200)
                        .forEach(position -> choice.append(Sampled.Choice.picks(0.5, of, in, position) ? '1' : '0'));
                choices.add(choice.toString());
            }
        }
        assertThat(choices).hasSize(400);
    }

    @Test
    void theChoiceNeverChanges() {
        assertThat(LongStream.range(0, 60).filter(position -> Sampled.Choice.picks(0.1, 42, 3, position)))
                .containsExactly(2L, 8L, 9L);
    }
}
