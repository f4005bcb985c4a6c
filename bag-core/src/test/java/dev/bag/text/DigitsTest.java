package dev.bag.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Numbers and characters in messages, compared with those that the JDK's formatter makes. */
class DigitsTest {

    @Test
    void groupsAreThoseOfAFormatter() {
        LongStream.iterate(1, power -> power < Long.MAX_VALUE / 10, power -> power * 10)
                .flatMap(power -> LongStream.rangeClosed(-1, 1).map(near -> power + near))
                .flatMap(number -> LongStream.of(number, -number))
                .forEach(DigitsTest::assertGrouped);
        LongStream.of(Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE).forEach(DigitsTest::assertGrouped);
    }

    private static void assertGrouped(long number) {
        assertThat(Digits.grouped(number)).isEqualTo(String.format(Locale.ROOT, "%,d", number));
    }

    @Test
    void eachCharacterIsItselfOrEscapedAsInJava() {
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            StringBuilder shown = new StringBuilder();
            Escapes.append(shown, (char) c);
            String text = shown.toString();
            if (Character.isISOControl(c) && "\n\r\t".indexOf(c) < 0) {
                assertThat(text).isEqualTo(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                assertThat(text.translateEscapes()).isEqualTo(String.valueOf((char) c));
                assertThat(text.length() > 1).isEqualTo("\n\r\t\"\\".indexOf(c) >= 0);
            }
        }
    }
}
