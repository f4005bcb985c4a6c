package dev.bag.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AmountsByUserTest {

    @Test
    void addsUpWhatEachUserHas(@TempDir Path directory) throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        Map<Integer, Integer> quarters = new HashMap<>();
        for (int file = 0; file < 3; file++) {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                int user = random.nextInt(40);
                int amount = random.nextInt(1_000);
                quarters.merge(user, amount, Integer::sum); // so that sums are exact
                lines.add("{\"amount\":" + amount / 4.0 + ",\"user\":{\"name\":\"u\",\"id\":" + user + "}}");
            }
            lines.add("{\"user\":{}}");
            Files.write(directory.resolve("events-" + file + ".json"), lines);
        }

        String printed = Shell.printedBy(() -> AmountsByUser.main(directory.toString()));

        assertThat(printed.lines())
                .isEqualTo(quarters.entrySet().stream()
                        .sorted(Map.Entry.<Integer, Integer>comparingByValue()
                                .reversed()
                                .thenComparing(user -> user.getKey().toString()))
                        .limit(10)
                        .map(user -> String.format(Locale.ROOT, "%,15.2f  %d", user.getValue() / 4.0, user.getKey()))
                        .toList());
    }
}
