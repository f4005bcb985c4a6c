package dev.bag.io.parts;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What options say to web servers. */
final class WebHeaders {

    /** What says how a file is transferred, which is not for the user to say. */
    private static final Set<String> OURS = Set.of(
            "accept-encoding",
            "connection",
            "content-length",
            "expect",
            "host",
            "if-match",
            "if-none-match",
            "if-modified-since",
            "if-unmodified-since",
            "if-range",
            "range",
            "upgrade");

    private WebHeaders() {}

    /** Returns a copy with one more header, or another value of it. Names are the same in capital and small letters. */
    static Map<String, String> with(Map<String, String> headers, String name, String value) {
        requireNonNull(name, "name");
        requireNonNull(value, "value");
        if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
            throw new IllegalArgumentException("httpHeader(\"" + name + "\", ...): this is not the name of a header");
        }
        TreeMap<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(name, value);
        if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("httpHeader(\"" + name + "\", ...): this header is set by the reader");
        }
        if (!value.chars().allMatch(c -> c == '\t' || c >= ' ' && c != 0x7f && c <= 0xff)) {
            throw new IllegalArgumentException("httpHeader(\"" + name
                    + "\", ...): the value has a control character, or one" + " that is not of ISO 8859-1");
        }
        return Collections.unmodifiableMap(more);
    }
}
