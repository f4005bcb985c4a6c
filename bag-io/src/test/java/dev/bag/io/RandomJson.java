package dev.bag.io;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.SplittableRandom;

/** Random JSON of all that the grammar has, and JSON that was spoilt in a few places. */
final class RandomJson {

    private static final String[] KEYS = {
        "a",
        "user",
        "id",
        "x",
        "\\u0061",
        "us\\u0065r",
        "a\\\"b",
        "\\\\",
        "näme",
        "a.b",
        "",
        "0",
        "1",
        "longer than eight",
        "\\ud83d\\ude00",
        "😀",
        "\\uD800"
    };
    private static final String[] TEXTS = {
        "",
        "}",
        "{\\\"",
        "\\\\",
        "a,b]",
        "\\u007d",
        "€:\\n",
        "\\/",
        "\\b\\f\\r\\t",
        "\\ud83d\\ude00",
        "\\udc00x",
        "漢字",
        "\\u0000",
        "\u007f",
        "a long text without anything in it"
    };
    private static final String[] NUMBERS = {
        "0",
        "-0",
        "1e5",
        "1E+5",
        "-1.5e-7",
        "0.0",
        "123456789012345678",
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808",
        "123456789012345678901234567890",
        "1e400",
        "-1e-400",
        "12.0",
        "0.1",
        "100000000000000000000e-2",
        "2.2250738585072012e-308",
        "0e5",
        "1.7976931348623157e308"
    };
    private static final String SPOILERS = "{}[],:\"\\ \t\r0123456789+-.eEtrufalsnNI\u0000\u0001\u001f/'*#é😀\ufeff";

    private final SplittableRandom random;

    RandomJson(long seed) {
        this.random = new SplittableRandom(seed);
    }

    private String pick(String[] of) {
        return of[random.nextInt(of.length)];
    }

    private String space() {
        return random.nextInt(8) == 0 ? pick(new String[] {" ", "\t", "\r", "  "}) : "";
    }

    String document() {
        int kind = random.nextInt(20);
        String value = kind == 0 ? value(0) : kind == 1 ? array(0) : object(0);
        return space() + value + space();
    }

    private String value(int depth) {
        return switch (random.nextInt(depth > 3 ? 5 : 8)) {
            case 0 -> Integer.toString(random.nextInt(-50, 2000));
            case 1 -> pick(NUMBERS);
            case 2 -> '"' + pick(TEXTS) + pick(TEXTS) + '"';
            case 3 -> pick(new String[] {"true", "false", "null"});
            case 4 -> Double.toString((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(40) - 20));
            case 5 -> array(depth + 1);
            default -> object(depth + 1);
        };
    }

    private String array(int depth) {
        StringBuilder text = new StringBuilder("[").append(space());
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(space()).append(value(depth)).append(space()).append(i > 1 ? "," : "");
        }
        return text.append(space()).append(']').toString();
    }

    private String object(int depth) {
        StringBuilder text = new StringBuilder("{").append(space());
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(space())
                    .append('"')
                    .append(pick(KEYS))
                    .append('"')
                    .append(space())
                    .append(':');
            text.append(space()).append(value(depth)).append(space()).append(i > 1 ? "," : "");
        }
        return text.append(space()).append('}').toString();
    }

    /** A document with one to three changes. */
    String spoilt() {
        StringBuilder text = new StringBuilder(document());
        int[] spoilers = SPOILERS.codePoints().toArray();
        for (int changes = 1 + random.nextInt(3); changes > 0 && text.length() > 0; changes--) {
            int at = random.nextInt(text.length());
            String other = Character.toString(spoilers[random.nextInt(spoilers.length)]);
            switch (random.nextInt(5)) {
                case 0 -> text.insert(at, other);
                case 1 -> text.deleteCharAt(at);
                case 2 -> text.replace(at, at + 1, other);
                case 3 -> text.setLength(at);
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 1 + random.nextInt(4))));
            }
        }
        return new String(text.toString().getBytes(UTF_8), UTF_8); // a surrogate pair may have lost a half
    }
}
