package dev.bag.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keys of the JDK whose own hash would be that of an identity. */
@Tag("P3")
class KeyClassesTest {

    private enum Colour {
        RED
    }

    @Test
    void anEntryIsHashedByWhatItHolds() {
        int expected = "RED".hashCode() ^ 1;
        assertThat(StableHash.of(Map.entry(Colour.RED, 1))).isEqualTo(expected);
        assertThat(StableHash.of(new AbstractMap.SimpleEntry<>(Colour.RED, 1))).isEqualTo(expected);
        assertThat(StableHash.of(Map.of(Colour.RED, 1))).isEqualTo(expected);
    }

    @Test
    void aClassIsHashedByItsName() {
        assertThat(StableHash.of(String.class)).isEqualTo("java.lang.String".hashCode());
        assertThat(StableHash.of(Optional.of(String.class))).isEqualTo("java.lang.String".hashCode());
    }
}
