package dev.bag.value;

import static dev.bag.value.Utf8Texts.everywhere;
import static dev.bag.value.Utf8Texts.somewhere;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The oracles are {@code Integer}, {@code Long} and {@code Double}. */
class Utf8NumbersTest {

    @Test
    void parsesNumbersOfEveryLengthAtEveryPlace() {
        Random random = new Random(31);
        for (int length = 0; length <= 22; length++) {
            for (String sign : List.of("", "-", "+")) {
                for (int i = 0; i < 3; i++) {
                    String text = sign + digits(random, length);
                    everywhere(text, "0123456789").forEach(utf8 -> check(utf8, text));
                }
            }
        }
    }

    private static String digits(Random random, int length) {
        return random.ints(length, '0', '9' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void parsesNumbersAroundTheLimits() {
        Random random = new Random(32);
        for (String limit : List.of("2147483648", "9223372036854775808", "10000000000000000", "100000000", "0")) {
            for (int apart = -300; apart <= 300; apart++) {
                String number = new BigInteger(limit)
                        .add(BigInteger.valueOf(apart))
                        .abs()
                        .toString();
                for (String text : List.of(number, "-" + number, "+" + number, "0".repeat(30) + number)) {
                    check(somewhere(random, text), text);
                }
            }
        }
    }

    /** At each place of a number, each byte that text can have. */
    @Test
    void refusesWhatIsNoDigit() {
        Random random = new Random(33);
        for (int length = 1; length <= 18; length++) {
            for (int at = 0; at < length; at++) {
                for (char c = 0; c < 0x100; c++) {
                    StringBuilder text = new StringBuilder(digits(random, length));
                    text.setCharAt(at, c);
                    check(somewhere(random, text.toString()), text.toString());
                }
            }
        }
    }

    @Test
    void parsesAllShortTexts() {
        String characters = "-+0 9a٣";
        Random random = new Random(34);
        for (int i = 0; i < 7 * 7 * 7 * 7; i++) {
            StringBuilder text = new StringBuilder();
            for (int rest = i; rest > 0; rest /= 7) {
                text.append(characters.charAt(rest % 7));
            }
            check(somewhere(random, text.toString()), text.toString());
        }
    }

    private static void check(Utf8 utf8, String text) {
        check(utf8, text, Utf8::parseInt, Integer::parseInt);
        check(utf8, text, Utf8::parseLong, Long::parseLong);
    }

    private static void check(
            Utf8 utf8, String text, Function<Utf8, Number> parse, Function<String, Number> parseString) {
        Number expected;
        try {
            expected = text.indexOf('٣') < 0 ? parseString.apply(text) : null;
        } catch (NumberFormatException e) {
            expected = null;
        }
        if (expected == null) {
            assertThatThrownBy(() -> parse.apply(utf8)).isInstanceOf(NumberFormatException.class);
        } else {
            assertThat(parse.apply(utf8)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | \"\": the text is empty",
                "- | \"-\": there is no digit after the sign",
                "12x | \"12x\": there is no digit at index 2",
                "12é | \"12é\": there is no digit at index 2",
                "' 12' | \" 12\": there is no digit at index 0; strip() removes white space",
                "'12\n' | \"12\\n\": there is no digit at index 2; strip() removes white space",
                "1.5 | \"1.5\": there is no digit at index 1",
            })
    void saysWhatIsNoNumber(String text, String message) {
        assertThatThrownBy(() -> Utf8.of(text).parseInt())
                .isInstanceOf(NumberFormatException.class)
                .hasMessage("parseInt() of " + message);
        assertThatThrownBy(() -> Utf8.of(text).parseLong())
                .isInstanceOf(NumberFormatException.class)
                .hasMessage("parseLong() of " + message);
    }

    @Test
    void saysWhatIsOutOfRange() {
        for (String text : List.of("2147483648", "-2147483649", "99999999999999999999")) {
            assertThatThrownBy(() -> Utf8.of(text).parseInt())
                    .isInstanceOf(NumberFormatException.class)
                    .hasMessage("parseInt() of \"" + text + "\": the number is out of the range of int, -2147483648 to"
                            + " 2147483647; use parseLong() or parseDouble()");
        }
        assertThatThrownBy(() -> Utf8.of("9223372036854775808").parseLong())
                .isInstanceOf(NumberFormatException.class)
                .hasMessage("parseLong() of \"9223372036854775808\": the number is out of the range of long,"
                        + " -9223372036854775808 to 9223372036854775807; use parseDouble(), or BigInteger of its"
                        + " toString()");
    }

    @Test
    void parsesDecimalsAsDoubleDoes() {
        Random random = new Random(35);
        for (int i = 0; i < 200_000; i++) {
            String digits = digits(random, random.nextInt(24));
            int point = random.nextInt(digits.length() + 1);
            String text = List.of("", "", "-", "+").get(random.nextInt(4))
                    + (random.nextInt(10) == 0 ? "0".repeat(random.nextInt(30)) : "")
                    + digits.substring(0, point)
                    + (random.nextInt(4) == 0 ? "" : ".")
                    + (random.nextInt(10) == 0 ? "0".repeat(random.nextInt(30)) : "")
                    + digits.substring(point)
                    + (random.nextInt(10) == 0 ? "e" + (random.nextInt(700) - 350) : "");
            checkDouble(somewhere(random, text), text);
        }
    }

    @Test
    void parsesWhatDoublePrints() {
        Random random = new Random(36);
        for (int i = 0; i < 20_000; i++) {
            for (double number : new double[] {
                Double.longBitsToDouble(random.nextLong()),
                random.nextDouble() * 1000,
                random.nextInt(1_000_000) / 100.0,
                (float) random.nextGaussian()
            }) {
                String text = Double.toString(number);
                checkDouble(somewhere(random, text), text);
            }
        }
    }

    @Test
    void parsesAllShortDecimals() {
        String characters = ".-+05e d";
        Random random = new Random(37);
        for (int i = 0; i < 8 * 8 * 8 * 8 * 8; i++) {
            StringBuilder text = new StringBuilder();
            for (int rest = i; rest > 0; rest /= 8) {
                text.append(characters.charAt(rest % 8));
            }
            checkDouble(somewhere(random, text.toString()), text.toString());
        }
    }

    @Test
    void parsesAllThatDoubleDoes() {
        List<String> texts = new ArrayList<>(List.of(
                "",
                "NaN",
                "+NaN",
                "-Infinity",
                "Infinity",
                "infinity",
                "0x1p3",
                "-0x1.8p-1",
                "1f",
                "1.5F",
                "2d",
                "2.5D",
                "1e5",
                "1E+5",
                "1.e-5",
                ".e5",
                "1e",
                "1e400",
                "-1e-400",
                "4.9e-324",
                "-0",
                "-0.0",
                "0e0",
                "1_000",
                "1,5",
                "٣",
                "1\u00a0",
                "\0001",
                "\t1.5\n",
                " 1 ",
                "\u20291",
                "1..2",
                "1.2.3",
                "--1",
                "+-1",
                "9007199254740993",
                "999999999999999",
                "9999999999999999",
                "0.1234567890123456789"));
        for (int zeros = 0; zeros < 30; zeros++) {
            texts.add("0." + "0".repeat(zeros) + "1");
            texts.add("1" + "0".repeat(zeros));
            texts.add("123456789012345." + "0".repeat(zeros));
            texts.add("0".repeat(zeros) + "." + "0".repeat(zeros));
            texts.add("-." + "0".repeat(zeros));
        }
        for (String text : texts) {
            everywhere(text, "0.").forEach(utf8 -> checkDouble(utf8, text));
        }
    }

    private static void checkDouble(Utf8 utf8, String text) {
        double expected;
        try {
            expected = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            assertThatThrownBy(utf8::parseDouble).isInstanceOf(NumberFormatException.class);
            return;
        }
        if (Double.doubleToRawLongBits(utf8.parseDouble()) != Double.doubleToRawLongBits(expected)) {
            Assertions.fail(text + " is " + utf8.parseDouble() + ", not " + expected);
        }
    }

    @Test
    void showsWhatIsNoDecimal() {
        assertThatThrownBy(() -> Utf8.of("1,5").parseDouble())
                .isInstanceOf(NumberFormatException.class)
                .hasMessage("parseDouble() of \"1,5\": this is not a number");
        assertThatThrownBy(() -> Utf8.of("").parseDouble())
                .isInstanceOf(NumberFormatException.class)
                .hasMessage("parseDouble() of \"\": the text is empty");
    }
}
