package dev.bag.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    @Test
    void refusesNothing() {
        assertThatThrownBy(() -> ByteSize.parse("blockSize", null)).isInstanceOf(NullPointerException.class);
    }
}
