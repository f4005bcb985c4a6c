package dev.bag.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordCountTest {

    @Test
    void saysWhatSortAndUniqSay(@TempDir Path directory) throws Exception {
        for (int file = 0; file < 3; file++) {
            Files.write(directory.resolve("text-" + file + ".txt"), text(new SplittableRandom(file)));
        }

        List<String> counted = Shell.printedBy(() -> WordCount.main(directory.toString()))
                .lines()
                .map(line -> line.replace(",", "").strip().replaceAll("\\s+", " "))
                .toList();

        String words = "cat text-*.txt | tr A-Z a-z | tr -cs a-z '\\n' | awk '$0 != \"\"'";
        List<String> expected =
                new ArrayList<>(Shell.script(directory, words + " | awk 'END { print NR, \"words\" }'"));
        expected.addAll(Shell.script(
                directory, words + " | sort | uniq -c | sort -k1,1nr -k2,2 | awk 'NR <= 20 { print $1, $2 }'"));
        assertThat(expected).hasSize(21);
        assertThat(counted).isEqualTo(expected);
    }

    /** Lines of words with capitals and marks, some of them equally frequent. */
    private static List<String> text(SplittableRandom random) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            StringBuilder line = new StringBuilder(random.nextBoolean() ? "  \"" : "");
            for (int words = random.nextInt(12); words > 0; words--) {
                String word = Integer.toString((int) Math.pow(5_000, random.nextDouble()) * 37, 36)
                        .replaceAll("\\d", "x");
                line.append(random.nextInt(5) == 0 ? word.toUpperCase() : word);
                line.append(random.nextInt(9) == 0 ? ", " : " ");
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
