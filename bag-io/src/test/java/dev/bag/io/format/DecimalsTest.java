package dev.bag.io.format;

import static java.nio.charset.StandardCharsets.UTF_8;
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
            assertThatThrownBy(() -> parsed(text)).isInstanceOf(NumberFormatException.class);
            return;
        }
        assertThat(Double.doubleToRawLongBits(parsed(text))).as(text).isEqualTo(Double.doubleToRawLongBits(expected));
    }

    private static double parsed(String text) {
        byte[] bytes = ("7" + text + "7").getBytes(UTF_8);
        return Decimals.parseDouble(bytes, 1, bytes.length - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "+1", "1 ", "1234567890123456789", "1.", "-a", "1-", "٣"})
    void leavesOtherTextsToTheJdk(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        assertThat(Decimals.isShortLong(bytes, 0, bytes.length)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 7, -1, 42, 999_999_999_999_999_999L, -999_999_999_999_999_999L})
    void readsWholeNumbers(long number) {
        byte[] bytes = (" " + number + "1").getBytes(UTF_8);
        assertThat(Decimals.isShortLong(bytes, 1, bytes.length - 1)).isTrue();
        assertThat(Decimals.shortLong(bytes, 1, bytes.length - 1)).isEqualTo(number);
    }
}
