package dev.bag.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MonteCarloPiTest {

    @Test
    void anyNumberOfThreadsGivesTheSameDigits() {
        List<String> lines = Shell.printedBy(MonteCarloPi::main).lines().toList();
        assertThat(lines).hasSize(4);
        String digits = lines.get(0).split(" ")[2];
        assertThat(lines).startsWith(lines.get(0)).endsWith("the same digits");
        assertThat(lines.subList(0, 3))
                .allSatisfy(line -> assertThat(line.split(" ")[2]).isEqualTo(digits));
        assertThat(Double.parseDouble(digits)).isEqualTo(withoutBag());
        assertThat(Double.parseDouble(digits)).isCloseTo(Math.PI, within(0.002));
    }

    /** The same points in a plain loop. */
    private static double withoutBag() {
        long inside = 0;
        for (int partition = 0; partition < 64; partition++) {
            SplittableRandom random = new SplittableRandom(partition);
            for (int i = 0; i < 20_000_000 / 64; i++) {
                double x = random.nextDouble();
                double y = random.nextDouble();
                if (x * x + y * y < 1) inside++;
            }
        }
        return 4.0 * inside / 20_000_000;
    }
}
