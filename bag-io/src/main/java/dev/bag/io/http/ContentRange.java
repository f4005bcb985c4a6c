package dev.bag.io.http;

import java.net.http.HttpHeaders;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes of a file a response has.
 *
 * @param first -1 if there are none
 * @param last inclusive
 * @param total the bytes of the whole file; -1 if that is not said
 */
record ContentRange(long first, long last, long total) {

    /** RFC 9110, 14.4. */
    private static final Pattern SYNTAX = Pattern.compile(
            "\\s*bytes\\s+(?:(\\d{1,18})-(\\d{1,18})|\\*)/(?:(\\d{1,18})|\\*)\\s*", Pattern.CASE_INSENSITIVE);

    /** Returns what a response says; null if it does not, or not as it should be. */
    static @Nullable ContentRange of(HttpHeaders headers) {
        Matcher said = SYNTAX.matcher(headers.firstValue("Content-Range").orElse(""));
        return said.matches()
                ? new ContentRange(number(said.group(1)), number(said.group(2)), number(said.group(3)))
                : null;
    }

    private static long number(@Nullable String digits) {
        return digits == null ? -1 : Long.parseLong(digits);
    }

    static OptionalLong contentLength(HttpHeaders headers) {
        try {
            return headers.firstValueAsLong("Content-Length");
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
