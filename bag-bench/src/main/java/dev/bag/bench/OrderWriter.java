package dev.bag.bench;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Orders as comma-separated values of 10 columns, about 110 bytes a row; some of the notes are in quotes. */
final class OrderWriter {

    /** The names of the columns. */
    static final String HEADER = "id,day,customer,country,product,quantity,price,total,status,note\n";

    private static final long SEED = 20240609;
    private static final int CUSTOMERS = 200_000;
    private static final String[] COUNTRIES = "US DE FR GB JP BR IN PL IT ES".split(" ");
    private static final String[] STATES = "open paid shipped returned".split(" ");
    private static final String[] NOTES = {
        "",
        "",
        "gift",
        "call before delivery",
        "\"fragile, this side up\"",
        "\"the \"\"blue\"\" one\"",
        "leave at the door"
    };

    private final SplittableRandom random;
    private long id;

    OrderWriter(int part) {
        this.random = new SplittableRandom(SEED * 43 + part);
        this.id = part * 100_000_000L;
    }

    /** Whole rows without a header, the last of which ends at or behind {@code byteCount}. */
    byte[] orders(int byteCount) {
        StringBuilder rows = new StringBuilder(byteCount + 256);
        while (rows.length() < byteCount) {
            writeOrder(rows);
        }
        return rows.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private void writeOrder(StringBuilder rows) {
        int quantity = 1 + random.nextInt(9);
        int cents = 50 + random.nextInt(50_000);
        rows.append(id++).append(",2024-");
        twoDigits(rows, 1 + random.nextInt(12));
        rows.append('-');
        twoDigits(rows, 1 + random.nextInt(28));
        rows.append(",customer-").append(Skewed.next(random, CUSTOMERS));
        rows.append(',').append(pick(COUNTRIES)).append(",SKU-").append(random.nextInt(100_000));
        rows.append(',').append(quantity).append(',');
        hundredths(rows, cents);
        rows.append(',');
        hundredths(rows, quantity * cents);
        rows.append(',').append(pick(STATES)).append(',').append(pick(NOTES)).append('\n');
    }

    private String pick(String[] of) {
        return of[random.nextInt(of.length)];
    }

    private static void hundredths(StringBuilder rows, int number) {
        rows.append(number / 100).append('.');
        twoDigits(rows, number % 100);
    }

    private static void twoDigits(StringBuilder rows, int number) {
        rows.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
