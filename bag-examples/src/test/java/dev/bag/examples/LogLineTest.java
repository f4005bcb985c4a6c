package dev.bag.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.examples.LogLine.Bad;
import dev.bag.examples.LogLine.Hit;
import dev.bag.io.Sourced;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogLineTest {

    private static final LocalDateTime HOUR = LocalDateTime.of(2024, 12, 31, 23, 0);
    private static final String START = "10.0.0.1 - - [31/Dec/2024:23:59:59 +0100] ";

    @Test
    void readsTheCombinedFormat() {
        assertThat(parse(START + "\"GET /a/b.html HTTP/1.1\" 200 512 \"-\" \"curl/8.4.0\""))
                .isEqualTo(new Hit(HOUR, "/a/b.html", 200, 512));
    }

    @Test
    void readsTheCommonFormat() {
        assertThat(parse(START + "\"GET / HTTP/1.1\" 404 7")).isEqualTo(new Hit(HOUR, "/", 404, 7));
    }

    @Test
    void leavesOutTheQuery() {
        assertThat(parse(START + "\"GET /a?b=c HTTP/1.1\" 200 1 \"https://www.example.com/?\" \"-\""))
                .isEqualTo(new Hit(HOUR, "/a", 200, 1));
        assertThat(parse(START + "\"GET /a HTTP/1.1\" 200 1 \"https://www.example.com/?d=e\" \"-\""))
                .isEqualTo(new Hit(HOUR, "/a", 200, 1));
    }

    @Test
    void noBytesAreZero() {
        assertThat(parse(START + "\"GET / HTTP/1.1\" 304 - \"-\" \"-\"")).isEqualTo(new Hit(HOUR, "/", 304, 0));
    }

    @Test
    void aRequestOfOneWordIsItsOwnPath() {
        assertThat(parse(START + "\"-\" 408 - \"-\" \"-\"")).isEqualTo(new Hit(HOUR, "-", 408, 0));
        assertThat(parse(START + "\"\" 400 - \"-\" \"-\"")).isEqualTo(new Hit(HOUR, "", 400, 0));
    }

    @Test
    void aRequestWithoutProtocolHasAPath() {
        assertThat(parse(START + "\"GET /old\" 200 3 \"-\" \"-\"")).isEqualTo(new Hit(HOUR, "/old", 200, 3));
    }

    @Test
    void quotesAndBackslashesInTheRequestAreEscaped() {
        assertThat(parse(START + "\"GET /\\\" HTTP/1.1\" 200 3 \"-\" \"-\"")).isEqualTo(new Hit(HOUR, "/\\\"", 200, 3));
        assertThat(parse(START + "\"GET /a\\\\\" 200 3 \"-\" \"-\"")).isEqualTo(new Hit(HOUR, "/a\\\\", 200, 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no such device",
                "10.0.0.1 - - [31/Dec/2024:23:59:59 +0100]",
                "10.0.0.1 - - [31/Dec/2024:23:59:59 +0100] \"GET / HTTP/1.1",
                "10.0.0.1 - - [31/Dec/2024:23:59:59 +0100] \"GET / HTTP/1.1\" ",
                "10.0.0.1 - - [31/Dec/2024:23:59:59 +0100] \"GET / HTTP/1.1\" 200",
                "10.0.0.1 - - [31/Dec/2024:23:59:59 +0100] \"GET / HTTP/1.1\" 200 ",
                "10.0.0.1 - - [31/Dec/2024:23:59:59 +0100] \"GET / HTTP/1.1\" 2000 1",
                "10.0.0.1 - - [31/Dec/2024:23:59:59 +0100] \"GET / HTTP/1.1\" OK 1",
                "10.0.0.1 - - [31/Dec/2024:23:59:59 +0100] \"GET / HTTP/1.1\" 200 many",
                "10.0.0.1 - - [31/Dez/2024:23:59:59 +0100] \"GET / HTTP/1.1\" 200 1",
                "10.0.0.1 - - [31/Nov/2024:23:59:59 +0100] \"GET / HTTP/1.1\" 200 1",
                "10.0.0.1 - - [31/Dec/2024:25:59:59 +0100] \"GET / HTTP/1.1\" 200 1",
            })
    void anythingElseIsABadLine(String text) {
        assertThat(parse(text)).isEqualTo(new Bad("a.log", 7, text));
    }

    private static LogLine parse(String text) {
        return LogLine.parse(new Sourced<>("a.log", 7, text));
    }
}
