package dev.bag.io.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {

    @Test
    void areWhatDoubleMakesOfThem() {
        SplittableRandom random = new SplittableRandom(24);
        String characters = "0123456789.0123456789.-+eE ";
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder(random.nextInt(3) == 0 ? "-" : "");
            int kinds = i % 3 == 0 ? characters.length() : 11;
            for (int left = random.nextInt(20); left >= 0; left--) {
                text.append(characters.charAt(random.nextInt(kinds)));
            }
            assertSame(text.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                "-.",
                "0",
                "-0",
                "-0.0",
                "1.",
                ".5",
                "+1",
                "1..2",
                "--1",
                "٣",
                "NaN",
                "-Infinity",
                "0x1p3",
                "999999999999999",
                "9999999999999999",
                "0.000000000000001",
                "0.0000000000000001",
                "1e5",
                "1d"
            })
    void alsoWhereTheyAreNoDecimals(String text) {
        assertSame(text);
    }

    private static void assertSame(String text) {
        double expected;
        try {
            expected = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            assertThatThrownBy(() -> Decimals.parse(text)).isInstanceOf(NumberFormatException.class);
            return;
        }
        assertThat(Double.doubleToRawLongBits(Decimals.parse(text)))
                .as(text)
                .isEqualTo(Double.doubleToRawLongBits(expected));
    }
}
