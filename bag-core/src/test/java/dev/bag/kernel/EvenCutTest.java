package dev.bag.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvenCutTest {

    @Test
    void partsCoverAllThingsOnceAndEvenly() {
        for (int from = 1; from <= 40; from++) {
            for (int to = 1; to <= from; to++) {
                EvenCut cut = new EvenCut(from, to);
                List<Integer> covered = new ArrayList<>();
                Set<Integer> sizes = new HashSet<>();
                for (int group = 0; group < to; group++) {
                    sizes.add((int) (cut.end(group) - cut.begin(group)));
                    for (int member = (int) cut.begin(group); member < cut.end(group); member++) {
                        covered.add(member);
                        assertThat(cut.partOf(member)).isEqualTo(group);
                    }
                }
                assertThat(covered).isEqualTo(IntStream.range(0, from).boxed().toList());
                assertThat(Collections.max(sizes) - Collections.min(sizes)).isBetween(0, 1);
            }
        }
    }

    @Test
    void partsOfManyThingsDoNotOverflow() {
        EvenCut cut = new EvenCut(Integer.MAX_VALUE, 1 << 30);
        assertThat(cut.end((1 << 30) - 1)).isEqualTo(Integer.MAX_VALUE);
        assertThat(cut.partOf(Integer.MAX_VALUE - 1)).isEqualTo((1 << 30) - 1);
        assertThat(cut.partOf(0)).isZero();
    }
}
