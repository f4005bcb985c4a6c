package dev.bag.io.split;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DelimiterTest {

    @Test
    void isFoundWhereAStringIsFound() {
        Random random = new Random(2);
        for (String text : new String[] {"a", "ab", "aab", "abac", "aa"}) {
            Delimiter delimiter = new Delimiter(text.getBytes(ISO_8859_1), 1);
            for (int i = 0; i < 500; i++) {
                String in = random.ints(random.nextInt(30), 'a', 'd')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
                byte[] bytes = in.getBytes(ISO_8859_1);
                for (int from = 0; from <= bytes.length; from++) {
                    assertThat(delimiter.find(bytes, from, bytes.length)).isEqualTo(in.indexOf(text, from));
                }
                int last = in.lastIndexOf(text);
                assertThat(delimiter.lastEnd(bytes, 0, bytes.length)).isEqualTo(last < 0 ? -1 : last + text.length());
            }
        }
    }

    @Test
    @Tag("P14")
    void isNotFoundAcrossTwoCodeUnits() {
        // U+010A U+0A00 has the bytes of a line feed at an odd index, in both byte orders.
        for (Charset charset : new Charset[] {UTF_16LE, UTF_16BE}) {
            byte[] bytes = "\u010a\u0a00\u0a0a\u000b\n".getBytes(charset);
            Delimiter lineFeed = new Delimiter("\n".getBytes(charset), 2);
            assertThat(lineFeed.find(bytes, 0, bytes.length)).isEqualTo(8);
            assertThat(lineFeed.lastEnd(bytes, 0, bytes.length)).isEqualTo(10);
            assertThat(lineFeed.lastEnd(bytes, 0, 8)).isEqualTo(-1);
        }
    }

    @Test
    void knowsWhetherTwoCanOverlap() {
        assertThat(delimiter("a").neverOverlapsItself()).isTrue();
        assertThat(delimiter("ab").neverOverlapsItself()).isTrue();
        assertThat(delimiter("aab").neverOverlapsItself()).isTrue();
        assertThat(delimiter("aa").neverOverlapsItself()).isFalse();
        assertThat(delimiter("aba").neverOverlapsItself()).isFalse();
        assertThat(delimiter("abcab").neverOverlapsItself()).isFalse();
    }

    @Test
    void mustBeWholeCodeUnits() {
        assertThatThrownBy(() -> new Delimiter(new byte[0], 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Delimiter(new byte[3], 2)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Delimiter delimiter(String text) {
        return new Delimiter(text.getBytes(ISO_8859_1), 1);
    }
}
