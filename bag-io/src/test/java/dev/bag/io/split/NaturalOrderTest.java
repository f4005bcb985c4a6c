package dev.bag.io.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {

    private static final List<String> SORTED = List.of(
            "",
            "a",
            "part-01",
            "part-1",
            "part-1.gz",
            "part-2",
            "part-9",
            "part-10",
            "part-10a2",
            "part-10a10",
            "part-99999999999999999999",
            "part-100000000000000000000",
            "part-a",
            "z");

    @Test
    void sortsNumbersByTheirValue() {
        List<String> names = new ArrayList<>(SORTED);
        Collections.shuffle(names, new Random(3));
        names.sort(new NaturalOrder());
        assertThat(names).isEqualTo(SORTED);
    }

    @Test
    void isAnOrder() {
        NaturalOrder order = new NaturalOrder();
        for (int i = 0; i < SORTED.size(); i++) {
            for (int j = 0; j < SORTED.size(); j++) {
                assertThat(Integer.signum(order.compare(SORTED.get(i), SORTED.get(j))))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }
}
