package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.source.Source;
import dev.bag.testing.ChildJvm;
import dev.bag.value.Stats;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bags and values as tables. */
class ShowTest {

    /** Prints tables. */
    static final class Shows {

        private Shows() {}

        public static void main(String[] args) {
            Bag.of("one", "two", "three").countBy(String::length).show();
            Bag.range(0, 100).show(2);
            Bag.of("one", "two").stats(String::length).show();
        }
    }

    @Test
    void tablesArePrinted() throws IOException, InterruptedException {
        ChildJvm.Result result = ChildJvm.run(Shows.class, List.of());
        assertThat(result.output().lines().map(String::strip))
                .containsExactly(
                        "key  value",
                        "---  -----",
                        "3      2",
                        "5      1",
                        "(2 rows)",
                        "record",
                        "------",
                        "0",
                        "1",
                        "(the first 2 rows, there are more)",
                        "count  sum  mean  variance  min  max",
                        "-----  ---  ----  --------  ---  ---",
                        "2  6.0   3.0       0.0  3.0  3.0",
                        "(1 row)");
    }

    @Test
    void noMoreIsReadThanTheRowsAndOne() {
        List<Integer> read = Collections.synchronizedList(new ArrayList<>());
        Bag<Integer> bag = Bag.from(Source.<Integer>of(
                        "numbers", List.of(() -> List.of(1, 2, 3, 4, 5).iterator())))
                .peek(read::add);
        assertThat(bag.toHtml(2)).contains(">1<", ">2<", "the first 2 rows, there are more");
        assertThat(read).containsExactly(1, 2, 3);
    }

    @Test
    void drawingNamesTheModuleThatIsMissing() {
        assertThatThrownBy(() -> Bag.of(1).visualize(Path.of("plan.svg")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("dev.bag:bag-view");
    }

    @Test
    void rowsAreChecked() {
        assertThatThrownBy(() -> Bag.of(1).show(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("show(-1): the count must be 0 or more");
        assertThatThrownBy(() -> Bag.of(1).countBy(n -> n).toHtml(-1))
                .hasMessage("toHtml(-1): the count must be 0 or more");
        Delayed<Stats> stats = Bag.of(1).stats(n -> n);
        assertThatThrownBy(() -> stats.show(-1)).hasMessage("show(-1): the count must be 0 or more");
        assertThat(stats.toHtml(1)).contains("variance");
    }
}
