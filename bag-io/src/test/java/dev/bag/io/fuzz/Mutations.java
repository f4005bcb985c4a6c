package dev.bag.io.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Inputs made of others by a few changes: the same ones on every run. */
final class Mutations {

    private static final int MOST_CHANGES = 4;
    private static final int LONGEST_RUN = 16;
    private static final byte[] LIMITS = {0, 1, 0x7f, (byte) 0x80, (byte) 0xff, '\n', '\r', '"', ','};

    private final List<byte[]> seeds;
    private final SplittableRandom random;

    Mutations(List<byte[]> seeds, long seed) {
        this.seeds = seeds;
        this.random = new SplittableRandom(seed);
    }

    byte[] next() {
        byte[] input = pick().clone();
        for (int left = 1 + random.nextInt(MOST_CHANGES); left > 0; left--) {
            input = changed(input);
        }
        return input;
    }

    private byte[] pick() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private byte[] changed(byte[] input) {
        int at = random.nextInt(input.length + 1);
        int run = random.nextInt(LONGEST_RUN);
        int end = Math.min(input.length, at + run);
        byte[] changed = input.clone();
        return switch (random.nextInt(7)) {
            case 0 -> {
                if (at < end) changed[at] ^= (byte) (1 << random.nextInt(8));
                yield changed;
            }
            case 1 -> {
                if (at < end) changed[at] = (byte) random.nextInt();
                yield changed;
            }
            case 2 -> {
                Arrays.fill(changed, at, end, LIMITS[random.nextInt(LIMITS.length)]);
                yield changed;
            }
            case 3 -> Arrays.copyOf(input, at);
            case 4 -> spliced(input, at, new byte[0], end);
            case 5 -> spliced(input, at, Arrays.copyOfRange(input, at, end), at);
            default -> {
                byte[] other = pick();
                int from = random.nextInt(other.length + 1);
                yield spliced(input, at, Arrays.copyOfRange(other, from, Math.min(other.length, from + 4 * run)), end);
            }
        };
    }

    /** Something in place of what stands between two indexes. */
    private static byte[] spliced(byte[] input, int from, byte[] middle, int to) {
        byte[] spliced = new byte[from + middle.length + input.length - to];
        System.arraycopy(input, 0, spliced, 0, from);
        System.arraycopy(middle, 0, spliced, from, middle.length);
        System.arraycopy(input, to, spliced, from + middle.length, input.length - to);
        return spliced;
    }
}
