package dev.bag.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/**
 * How many lines there are, and a number that is another one when two lines change places. It looks at the length and
 * one character of each, so it takes next to no time. As a program it reads the standard input, without bag.
 */
public final class LineChecksum {

    private static final long FACTOR = 0x5851F42D4C957F2DL;

    private long count;
    private long sum;
    private long power = 1; // of the factor, to the count

    public static void main(String... arguments) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println("RESULT " + of(reader.lines().iterator()));
        }
    }

    static String of(Iterator<String> lines) {
        LineChecksum checksum = new LineChecksum();
        lines.forEachRemaining(checksum::add);
        return checksum.toString();
    }

    LineChecksum add(String line) {
        count++;
        sum = sum * FACTOR + line.length() * 0x10000L + line.charAt(line.length() / 2);
        power *= FACTOR;
        return this;
    }

    /** Adds the lines behind those of this one. */
    LineChecksum append(LineChecksum next) {
        count += next.count;
        sum = sum * next.power + next.sum;
        power *= next.power;
        return this;
    }

    /** For example {@code 17 lines, 4f0c}. */
    @Override
    public String toString() {
        return count + " lines, " + Long.toHexString(sum);
    }
}
