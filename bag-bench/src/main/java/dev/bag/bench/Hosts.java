package dev.bag.bench;

import java.util.HashSet;
import java.util.Set;

/** The clients of the access logs: {@value #FREQUENT} that are seen often, {@value #RARE} that are seen once or twice. */
final class Hosts {

    static final int FREQUENT = 200_000;
    static final int RARE = 6_000_000;

    private Hosts() {}

    static void writeFrequent(int number, StringBuilder out) {
        write(number * 0x9E3779B1, out);
    }

    static void writeRare(int number, StringBuilder out) {
        write(number * 0x85EBCA6B + 0x27D4EB2F, out);
    }

    private static void write(int host, StringBuilder out) {
        out.append(1 + (host >>> 24) % 223).append('.').append((host >>> 16) & 255);
        out.append('.').append((host >>> 8) & 255).append('.').append(host & 255);
    }

    /**
     * A table with a row for each of so many clients, one of ten a frequent one: its address, a tab and a name that up to
     * 40 of them have in common. With 2,000,000 rows about two thirds of the lines of a log have a row.
     */
    static String table(int rows) {
        StringBuilder table = new StringBuilder();
        Set<String> seen = new HashSet<>(); // different numbers may have one address
        for (int number = 0; seen.size() < rows; number++) {
            int start = table.length();
            if (number % 10 == 0) writeFrequent(number / 10 % FREQUENT, table);
            else writeRare(number - number / 10 - 1, table);
            if (seen.add(table.substring(start))) {
                table.append("\tcustomer-")
                        .append(number * 0x9E3779B1L % 50_000)
                        .append('\n');
            } else {
                table.setLength(start);
            }
        }
        return table.toString();
    }
}
