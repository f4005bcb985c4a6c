package dev.bag.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Events of a shop as lines of JSON, about 280 bytes each, of 100,000 users, some of which are much more active than others. */
final class EventWriter {

    private static final long SEED = 20240608;
    private static final int USERS = 100_000;
    private static final int LONGEST_LINE = 1024;

    private static final String[] FIRST_NAMES =
            "Alice Bob Carol David Erin Frank Grace Heidi Ivan Judy Karl Laura Mallory Nina Oscar Peggy".split(" ");
    private static final String[] LAST_NAMES =
            "Smith Jones Garcia Mueller Rossi Tanaka Kim Novak Silva Larsen Dubois Kowalski".split(" ");
    private static final String[] COUNTRIES = "US DE FR GB JP BR IN PL IT ES".split(" ");
    private static final String[] TYPES = "view click purchase refund cart search".split(" ");
    private static final String[] TAGS =
            "mobile web promo new returning vip eu test beta summer winter sale email ads organic".split(" ");

    private final SplittableRandom random;
    private final StringBuilder line = new StringBuilder(LONGEST_LINE);
    private long id;
    private long milliseconds;

    EventWriter(int part) {
        this.random = new SplittableRandom(SEED * 37 + part);
        this.id = part * 10_000_000L;
    }

    /** Whole lines, the last of which ends at or behind {@code byteCount}. */
    byte[] events(int byteCount) {
        byte[] bytes = new byte[byteCount + LONGEST_LINE];
        int end = 0;
        while (end < byteCount) {
            line.setLength(0);
            writeEvent();
            byte[] encoded = line.append('\n').toString().getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(encoded, 0, bytes, end, encoded.length);
            end += encoded.length;
        }
        return Arrays.copyOf(bytes, end);
    }

    private void writeEvent() {
        milliseconds += random.nextInt(3000);
        int user = Skewed.next(random, USERS);
        line.append("{\"id\":").append(id++).append(",\"ts\":\"2024-01-");
        twoDigits(1 + milliseconds / 86_400_000 % 28, 'T');
        twoDigits(milliseconds / 3_600_000 % 24, ':');
        twoDigits(milliseconds / 60_000 % 60, ':');
        twoDigits(milliseconds / 1000 % 60, '.');
        line.append(100 + milliseconds % 900).append("Z\",\"type\":\"").append(pick(TYPES));
        line.append("\",\"user\":{\"id\":").append(user);
        line.append(",\"name\":\"")
                .append(FIRST_NAMES[user % FIRST_NAMES.length])
                .append(' ');
        line.append(LAST_NAMES[user / 7 % LAST_NAMES.length]);
        line.append("\",\"country\":\"")
                .append(COUNTRIES[user % COUNTRIES.length])
                .append("\"},\"amount\":");
        hundredths((int) (Math.exp(random.nextDouble() * 7) * 100));
        line.append(",\"items\":[");
        for (int left = random.nextInt(5); left > 0; left--) {
            line.append("{\"sku\":\"SKU-").append(random.nextInt(100_000));
            line.append("\",\"qty\":").append(1 + random.nextInt(5)).append(",\"price\":");
            hundredths(random.nextInt(50_000));
            line.append(left > 1 ? "}," : "}");
        }
        line.append("],\"tags\":[");
        for (int left = random.nextInt(4); left > 0; left--) {
            line.append('"').append(pick(TAGS)).append(left > 1 ? "\"," : "\"");
        }
        line.append("],\"session\":\"")
                .append(Long.toHexString(random.nextLong()))
                .append("\"}");
    }

    private String pick(String[] of) {
        return of[random.nextInt(of.length)];
    }

    private void hundredths(int number) {
        line.append(number / 100).append('.');
        line.append((char) ('0' + number / 10 % 10)).append((char) ('0' + number % 10));
    }

    private void twoDigits(long number, char next) {
        line.append((char) ('0' + number / 10))
                .append((char) ('0' + number % 10))
                .append(next);
    }
}
