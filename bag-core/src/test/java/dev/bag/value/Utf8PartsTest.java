package dev.bag.value;

import static dev.bag.value.Utf8Texts.bytesOf;
import static dev.bag.value.Utf8Texts.everywhere;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields, words and lines. */
class Utf8PartsTest {

    private static final List<String> TEXTS = Utf8Texts.random(21, 20, 1);

    @Test
    void hasTheFieldsThatSplitHas() {
        for (String text : TEXTS) {
            for (char delimiter : "\0 ,a".toCharArray()) {
                for (Utf8 utf8 : everywhere(text, delimiter + "x")) {
                    checkFields(utf8, bytesOf(text), delimiter);
                }
            }
        }
    }

    @Test
    void splitsAtEachCharacterOfAscii() {
        for (char delimiter = 0; delimiter < 0x80; delimiter++) {
            char next = (char) (delimiter ^ 1);
            for (int bits = 0; bits < 1 << 9; bits += 5) {
                StringBuilder text = new StringBuilder();
                for (int i = 0; i < 9; i++) {
                    text.append((bits >> i & 1) == 0 ? next : delimiter);
                }
                checkFields(Utf8.of(text), text.toString(), delimiter);
                checkFields(Utf8.of("é" + text).slice(2, 11), text.toString(), delimiter);
            }
        }
    }

    /** Fields are found 64 bytes at a time where there are so many. */
    @Test
    void fieldsOfLongTextsAreThoseOfStrings() {
        Random random = new Random(64);
        for (int length = 55; length < 140; length++) {
            for (int oneIn : new int[] {1, 2, 6, 70}) {
                StringBuilder text = new StringBuilder();
                for (int i = 0; i < length; i++) {
                    text.append(random.nextInt(oneIn) == 0 ? ';' : "x:é;".charAt(random.nextInt(3)));
                }
                for (Utf8 utf8 : everywhere(text.toString(), ";")) {
                    checkFields(utf8, bytesOf(text.toString()), ';');
                }
            }
        }
    }

    private static void checkFields(Utf8 utf8, String bytes, char delimiter) {
        List<String> fields = Arrays.asList(bytes.split(Pattern.quote(String.valueOf(delimiter)), -1));
        assertThat(bytesOf(utf8.split(delimiter))).isEqualTo(fields);
        assertThat(utf8.fieldCount(delimiter)).isEqualTo(fields.size());
        List<Utf8> given = new ArrayList<>();
        utf8.forEachField(delimiter, given::add);
        assertThat(bytesOf(given)).isEqualTo(fields);
        for (int i = 0; i < fields.size(); i++) {
            assertThat(bytesOf(utf8.field(delimiter, i))).isEqualTo(fields.get(i));
        }
        for (int i : new int[] {-1, fields.size(), fields.size() + 1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> utf8.field(delimiter, i)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a b c | 3 | field(' ', 3): there are 3 fields, from index 0 to 2, in \"a b c\"",
                "a b c | -1 | field(' ', -1): there are 3 fields, from index 0 to 2, in \"a b c\"",
                "'a\t\"b' | 1 | field(' ', 1): there is 1 field, of index 0, in \"a\\t\\\"b\"",
            })
    void saysHowManyFieldsThereAre(String text, int index, String message) {
        assertThatThrownBy(() -> Utf8.of(text).field(' ', index))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage(message);
    }

    @Test
    void escapesADelimiterThatCannotBeSeen() {
        assertThatThrownBy(() -> Utf8.of("a").field('\t', 1)).hasMessageStartingWith("field('\\t', 1): ");
        assertThatThrownBy(() -> Utf8.of("a").field('\0', 1)).hasMessageStartingWith("field('\\u0000', 1): ");
    }

    @ParameterizedTest
    @CsvSource({
        "a, 100, ''",
        "a, 101, … (101 bytes)",
        "é, 100, ''",
        "é, 5000, '… (10,000 bytes)'",
        "漢, 101, … (303 bytes)"
    })
    void showsABeginningOfTheText(String character, int count, String rest) {
        String shown = character.repeat(Math.min(count, 100));
        String end = rest.isEmpty() ? "\"" : rest.replace("…", "…\"");
        assertThatThrownBy(() -> Utf8.of(character.repeat(count)).field(' ', 1))
                .hasMessage("field(' ', 1): there is 1 field, of index 0, in \"" + shown + end);
    }

    @Test
    void showsNoHalfOfACharacter() {
        for (int before = 0; before < 4; before++) {
            String text = "a".repeat(before) + "😀".repeat(200);
            String shown = "a".repeat(before) + "😀".repeat((100 - before) / 2);
            assertThatThrownBy(() -> Utf8.of(text).field(' ', 1))
                    .hasMessageEndingWith("\"" + shown + "…\" (" + (text.length() * 2 - before) + " bytes)");
        }
    }

    @Test
    void hasTheWordsThatWhiteSpaceLeaves() {
        for (String text : TEXTS) {
            List<String> words = Arrays.stream(bytesOf(text).split("[ \\t\\n\\x0B\\f\\r]"))
                    .filter(word -> !word.isEmpty())
                    .toList();
            for (Utf8 utf8 : everywhere(text)) {
                assertThat(bytesOf(utf8.words())).isEqualTo(words);
            }
        }
    }

    /** All bytes of well-formed text occur in these. */
    @Test
    void onlySixCharactersAreWhiteSpace() {
        for (char c = 0; c < 0x800; c++) {
            String text = "xxxx" + c + "yyyyyyyyyyyyyyy";
            boolean isSpace = " \t\n\u000B\f\r".indexOf(c) >= 0;
            for (Utf8 utf8 : List.of(Utf8.of(text), Utf8.of(text).slice(0, utf8Length(c) + 5))) {
                assertThat(bytesOf(utf8.words())).hasSize(isSpace ? 2 : 1);
            }
            assertThat(Utf8.of(c + "x" + c).strip().length()).isEqualTo(isSpace ? 1 : 1 + 2 * utf8Length(c));
        }
    }

    private static int utf8Length(char c) {
        return c < 0x80 ? 1 : 2;
    }

    @Test
    void hasTheLinesThatAStringHas() {
        for (String text : TEXTS) {
            List<String> lines = text.lines().map(Utf8Texts::bytesOf).toList();
            for (Utf8 utf8 : everywhere(text)) {
                assertThat(bytesOf(utf8.lines())).isEqualTo(lines);
            }
        }
    }

    @Test
    void hasTheLinesOfAllShortTexts() {
        for (int i = 0; i < 3 * 3 * 3 * 3 * 3; i++) {
            StringBuilder text = new StringBuilder();
            for (int rest = i; rest > 0; rest /= 3) {
                text.append("\n\ra".charAt(rest % 3));
            }
            for (Utf8 utf8 : everywhere(text.toString(), "\n\r")) {
                assertThat(bytesOf(utf8.lines()))
                        .isEqualTo(text.toString().lines().toList());
            }
        }
    }

    @Test
    void endsWhereThePartsEnd() {
        Utf8 text = Utf8.of("a");
        for (Iterable<Utf8> parts : List.of(text.split(' '), text.words(), text.lines())) {
            Iterator<Utf8> iterator = parts.iterator();
            assertThat(iterator.next()).hasToString("a");
            assertThat(iterator.hasNext()).isFalse();
            assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
            assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void canBeIteratedOverAgain() {
        Utf8 text = Utf8.of("a b\nc");
        for (Iterable<Utf8> parts : List.of(text.split(' '), text.words(), text.lines())) {
            assertThat(bytesOf(parts)).isEqualTo(bytesOf(parts)).hasSizeGreaterThan(1);
        }
    }

    @Test
    void printsItselfAsAList() {
        Utf8 text = Utf8.of("a b\nc");
        assertThat(text.split(' ')).hasToString("[a, b\nc]");
        assertThat(text.words()).hasToString("[a, b, c]");
        assertThat(text.lines()).hasToString("[a b, c]");
        assertThat(Utf8.of("").lines()).hasToString("[]");
        assertThat(Utf8.of("").split(' ')).hasToString("[]");
    }

    @Test
    void passesOnWhatTheActionThrows() {
        List<Utf8> seen = new ArrayList<>();
        assertThatThrownBy(() -> Utf8.of("a b c").forEachField(' ', field -> {
                    seen.add(field);
                    if (seen.size() == 2) throw new IllegalStateException("enough");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("enough");
        assertThat(seen).hasToString("[a, b]");
    }
}
