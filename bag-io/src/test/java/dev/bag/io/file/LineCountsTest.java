package dev.bag.io.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.io.file.LineCounts.Preceding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LineCountsTest {

    private final List<String> counted = new ArrayList<>();

    private Preceding between(long from, long to) {
        counted.add(from + "-" + to);
        return new Preceding(to - from, 10 * (to - from));
    }

    @Test
    void countsFromTheNearestPlaceThatIsKnown() throws IOException {
        LineCounts counts = new LineCounts();
        for (int offset : new int[] {10, 30, 20, 30, 10, 25, 0, 100}) {
            assertThat(counts.before(offset, this::between)).isEqualTo(new Preceding(offset, 10L * offset));
        }
        assertThat(counted).containsExactly("0-10", "10-30", "10-20", "20-25", "30-100");
    }

    @Test
    void isRightInAnyOrder() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        LineCounts counts = new LineCounts();
        for (int i = 0; i < 1000; i++) {
            int offset = random.nextInt(200);
            assertThat(counts.before(offset, this::between)).isEqualTo(new Preceding(offset, 10L * offset));
        }
        assertThat(counted).doesNotHaveDuplicates().hasSizeLessThan(200);
    }
}
