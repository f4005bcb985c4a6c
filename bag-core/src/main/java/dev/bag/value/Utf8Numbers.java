package dev.bag.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Numbers from the bytes from {@code from} on, below {@code to}. */
final class Utf8Numbers {

    private static final long ZEROS = '0' * ByteWords.ONES;

    /** The powers of ten that are exact as a {@code double}. */
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    /** So many digits are exact as a {@code double}. */
    private static final int EXACT_DIGITS = 15;

    private Utf8Numbers() {}

    static int parseInt(byte[] in, int from, int to) {
        long number = parse("parseInt", in, from, to);
        if (number != (int) number) {
            throw outOfRange("parseInt", in, from, to);
        }
        return (int) number;
    }

    static long parseLong(byte[] in, int from, int to) {
        return parse("parseLong", in, from, to);
    }

    private static long parse(String method, byte[] in, int from, int to) {
        int start = afterSign(in, from, to);
        int middle = Math.max(start, to - Long.BYTES);
        if (start < to && middle - start <= Long.BYTES) {
            long high = start < middle ? digits(in, start, middle) : 0;
            long low = digits(in, middle, to);
            if ((high | low) >= 0) {
                long number = high * 100_000_000 + low;
                return in[from] == '-' ? -number : number;
            }
        }
        return parseSlowly(method, in, from, to, start);
    }

    private static int afterSign(byte[] in, int from, int to) {
        return from < to && (in[from] == '-' || in[from] == '+') ? from + 1 : from;
    }

    /**
     * The number of one to eight digits; less than 0 if not all bytes are digits. All digits are computed at once (Lemire,
     * "Quickly parsing eight digits", 2018).
     */
    private static long digits(byte[] in, int from, int to) {
        long padding = ZEROS >>> 8 >>> (to - from - 1 << 3);
        long word = ByteWords.highest(in, from, to) | padding;
        if (ByteWords.between(word, '0', '9') != ByteWords.HIGH_BITS) {
            return -1;
        }
        long ones = word & 0x0f0f_0f0f_0f0f_0f0fL;
        long pairs = ones * (1 + (10 << 8)) >>> 8 & 0x00ff_00ff_00ff_00ffL;
        long fours = pairs * (1 + (100 << 16)) >>> 16 & 0x0000_ffff_0000_ffffL;
        return fours * (1 + (10_000L << 32)) >>> 32;
    }

    private static long parseSlowly(String method, byte[] in, int from, int to, int start) {
        if (start == to) {
            String what = start == from ? "the text is empty" : "there is no digit after the sign";
            throw complaint(method, in, from, to, what);
        }
        for (int i = start; i < to; i++) {
            if (in[i] < '0' || in[i] > '9') {
                String remedy = Utf8Search.isSpace(in[i]) ? "; strip() removes white space" : "";
                throw complaint(method, in, from, to, "there is no digit at index " + (i - from) + remedy);
            }
        }
        try {
            return Long.parseLong(new String(in, from, to - from, ISO_8859_1));
        } catch (NumberFormatException e) {
            throw outOfRange(method, in, from, to);
        }
    }

    private static NumberFormatException outOfRange(String method, byte[] in, int from, int to) {
        String range = method.equals("parseInt")
                ? "int, -2147483648 to 2147483647; use parseLong() or parseDouble()"
                : "long, -9223372036854775808 to 9223372036854775807; use parseDouble(), or BigInteger of its toString()";
        return complaint(method, in, from, to, "the number is out of the range of " + range);
    }

    static double parseDouble(byte[] in, int from, int to) {
        int at = afterSign(in, from, to);
        long digits = 0;
        int count = 0;
        int point = -1;
        boolean any = false;
        for (; at < to; at++) {
            int digit = in[at] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = 10 * digits + digit;
                count += digits == 0 ? 0 : 1;
                any = true;
                if (count > EXACT_DIGITS) {
                    break;
                }
            } else if (in[at] == '.' && point < 0) {
                point = at;
            } else {
                break;
            }
        }
        int decimals = point < 0 ? 0 : at - 1 - point;
        if (at < to || !any || decimals >= POWERS.length) {
            return parseDoubleSlowly(in, from, to);
        }
        double number = digits / POWERS[decimals];
        return in[from] == '-' ? -number : number;
    }

    private static double parseDoubleSlowly(byte[] in, int from, int to) {
        try {
            return Double.parseDouble(new String(in, from, to - from, UTF_8));
        } catch (NumberFormatException e) {
            throw complaint("parseDouble", in, from, to, from == to ? "the text is empty" : "this is not a number");
        }
    }

    private static NumberFormatException complaint(String method, byte[] in, int from, int to, String what) {
        return new NumberFormatException(method + "() of " + Utf8Excerpt.of(in, from, to) + ": " + what);
    }
}
