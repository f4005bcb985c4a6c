package dev.bag.io.split;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "*, a.log, true",
        "*.log, a.log, true",
        "*.log, a.log.gz, false",
        "*.log*, a.log.gz, true",
        "a?c, abc, true",
        "a?c, ac, false",
        "[a-c]x, bx, true",
        "[a-c]x, dx, false",
        "[!a-c]x, dx, true",
        "[^a-c]x, ax, false",
        "[]a]x, ]x, true",
        "[a-]x, -x, true",
        "[ax, [ax, true",
        "a*b*c, a--b--b-c, true",
        "a*b*c, a--c--b, false",
        "*, .hidden, false",
        "*, _SUCCESS, false",
        ".*, .hidden, true",
        "_*, _SUCCESS, true",
        "?hidden, .hidden, false",
    })
    void matchesAsAShellDoes(String pattern, String name, boolean matches) {
        assertThat(new Glob(pattern).matches(name)).isEqualTo(matches);
    }

    @Test
    void takesBracesForAlternatives() {
        assertThat(Glob.alternatives("a/{b,c}.{gz,bz2}")).containsExactly("a/b.gz", "a/b.bz2", "a/c.gz", "a/c.bz2");
        assertThat(Glob.alternatives("{a,b{c,d}}")).containsExactly("a", "bc", "bd");
        assertThat(Glob.alternatives("{a,}b")).containsExactly("ab", "b");
        assertThat(Glob.alternatives("a{b")).containsExactly("a{b");
    }

    @Test
    void staysQuickWithManyStars() {
        assertThat(new Glob("*a".repeat(50) + "b").matches("a".repeat(5000))).isFalse();
    }
}
