package dev.bag.plan;

import dev.bag.plan.Within.Narrow;
import java.util.List;

/** The records that {@link Choice} picks by seed, partition and position. */
public record Sampled<T>(Plan<T> input, double fraction, long seed, Shape shape) implements Narrow<T, T> {

    /** Checks the fraction. */
    public Sampled {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException(
                    "sample(" + fraction + ", " + seed + "): the fraction must be between 0 and 1");
        }
    }

    /** Over {@code input}. */
    public Sampled(Plan<T> input, double fraction, long seed) {
        this(input, fraction, seed, input.shape());
    }

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public Sampled<T> withInputs(List<? extends Node> inputs) {
        return new Sampled<>(Inputs.plan(inputs, 0), fraction, seed);
    }

    @Override
    public String operator() {
        return "sample";
    }

    @Override
    public Flow flow() {
        return Flow.WHOLE_PARTITION;
    }

    @Override
    public boolean oneForOne() {
        return false;
    }

    @Override
    public boolean keepsKeys() {
        return true;
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.sampled(this);
    }

    /**
     * Which records a sample holds: a pure function of seed, partition and position, so the result is the same for
     * any number of threads, and the first samples stay when a bag grows.
     *
     * <p>The three numbers are mixed by the finalizer of SplitMix64 (Steele, Lea and Flood, 2014).
     */
    public static final class Choice {

        private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

        private Choice() {}

        /** Whether the record at {@code position} of {@code partition} is in the sample. */
        public static boolean picks(double fraction, long seed, int partition, long position) {
            return (draw(seed, partition, position) >>> 11) * 0x1.0p-53 < fraction;
        }

        /** 64 random bits for the record at {@code position} of {@code partition}. */
        public static long draw(long seed, int partition, long position) {
            return mix(mix(seed + GOLDEN_RATIO * (partition + 1L)) + GOLDEN_RATIO * (position + 1));
        }

        private static long mix(long value) {
            long bits = value;
            bits = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
            bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
            return bits ^ (bits >>> 31);
        }
    }
}
