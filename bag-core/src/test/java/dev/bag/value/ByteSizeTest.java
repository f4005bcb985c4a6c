package dev.bag.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({
        "100, 100",
        "100B, 100",
        "5kB, 5000",
        "5KB, 5000",
        "1kiB, 1024",
        "5.4 MB, 5400000",
        "32MiB, 33554432",
        "2 gb, 2000000000",
        "1GiB, 1073741824",
        "1.5TB, 1500000000000",
        "1TiB, 1099511627776",
        "0.0005kB, 0",
        "' 7 ', 7",
    })
    void readsNumberAndUnit(String text, long byteCount) {
        assertThat(ByteSize.parse("blockSize", text)).isEqualTo(byteCount);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | it must begin with a number",
                "MB | it must begin with a number",
                "-5MB | it must begin with a number",
                "1.2.3MB | this is not a number",
                "32M | the unit must be one of B, kB, MB, GB, TB (powers of 1000), kiB, MiB, GiB, TiB (powers of 1024)",
                "99999999TB | this is more than 2^63 bytes",
            })
    void saysWhatIsWrong(String text, String why) {
        assertThatThrownBy(() -> ByteSize.parse("blockSize", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "blockSize(\"" + text + "\"): " + why + ". Examples: \"100\", \"5kB\", \"32 MiB\", \"5.4MB\".");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1, 1 B",
        "999, 999 B",
        "1000, 1 kB",
        "1049, 1 kB",
        "1050, 1.1 kB",
        "999949, 999.9 kB",
        "999950, 1 MB",
        "32000000, 32 MB",
        "33554432, 33.6 MB",
        "1500000000, 1.5 GB",
        "999949999999, 999.9 GB",
        "999950000000, 1 TB",
        "9223372036854775807, 9223372 TB",
        "-1500, -1.5 kB",
        "-9223372036854775808, -9223372 TB",
    })
    void writesWhatPeopleRead(long byteCount, String text) {
        assertThat(ByteSize.format(byteCount)).isEqualTo(text);
    }

    @Test
    void readsWhatItWrites() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            long byteCount = random.nextLong() >>> (1 + random.nextInt(62));
            String text = ByteSize.format(byteCount);
            assertThat(ByteSize.format(ByteSize.parse("size", text))).isEqualTo(text);
            assertThat((double) ByteSize.parse("size", text)).isCloseTo(byteCount, Percentage.withPercentage(5.1));
        }
    }

    @Test
    void refusesNothing() {
        assertThatThrownBy(() -> ByteSize.parse("blockSize", null)).isInstanceOf(NullPointerException.class);
    }
}
