package dev.bag.fold;

import dev.bag.function.CheckedFunction;
import dev.bag.trait.Traits.RetainsNothing;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** About how many different results a function has. */
record DistinctFold<T>(CheckedFunction<? super T, ?> key)
        implements Fold<T, DistinctFold.DistinctSketch, Long>, RetainsNothing {

    DistinctFold {
        Objects.requireNonNull(key, "f");
    }

    @Override
    public DistinctSketch zero() {
        return new DistinctSketch();
    }

    @Override
    public DistinctSketch add(DistinctSketch sketch, T record) {
        Object result = Objects.requireNonNull(
                key.apply(record),
                "countDistinctApprox: the function returned null. "
                        + "Leave these records out with filtering, or return an Optional.");
        sketch.add(ContentHash.of(result));
        return sketch;
    }

    @Override
    public DistinctSketch merge(DistinctSketch left, DistinctSketch right) {
        return left.with(right);
    }

    @Override
    public Long finish(DistinctSketch sketch) {
        return sketch.estimate();
    }

    /** A sketch depends on which hashes came, not on their order or on how often. */
    @Override
    public boolean mergesExactly() {
        return true;
    }

    /**
     * About how many different 64-bit hashes came. Up to {@value #EXACT} they are kept; of more, HyperLogLog (P.
     * Flajolet, E. Fusy, O. Gandouet and F. Meunier, 2007) keeps a byte for each of {@value #REGISTERS} groups of
     * hashes: the longest run of zeros with which one of them begins. The estimate is that of O. Ertl (New cardinality
     * estimation algorithms for HyperLogLog sketches, 2017, algorithm 6), which needs no correction for few or for very
     * many. Its relative standard error is 1.04 / √{@value #REGISTERS}, 0.81 %.
     */
    static final class DistinctSketch implements Serializable {

        /** The most different hashes that are counted exactly. */
        static final int EXACT = 2048;

        private static final long serialVersionUID = 1L;

        private static final int GROUP_BITS = 14;
        private static final int REGISTERS = 1 << GROUP_BITS;
        private static final int RUN_BITS = Long.SIZE - GROUP_BITS;

        private static final int FIRST_CAPACITY = 8;

        /**
         * The natural logarithm of 2, written out: that of {@code Math} may differ in its last bit between machines.
         */
        private static final double LN_2 = 0.6931471805599453;

        /** Different hashes, open-addressed, at most half full; 0 is a free place, and the hash 0 is taken for 1. */
        private long[] hashes = new long[FIRST_CAPACITY];

        private int hashCount;

        /** For each group the longest run of zeros plus 1, or 0 if none came; null while there are few hashes. */
        private byte @Nullable [] registers;

        void add(long hash) {
            if (registers != null) {
                raise(registers, hash);
            } else if (insert(hash == 0 ? 1 : hash) && hashCount > EXACT) {
                leaveExactness();
            }
        }

        /** The sketch of what came to both; it may be either. */
        DistinctSketch with(DistinctSketch other) {
            if (registers == null && other.registers != null) {
                return other.with(this);
            }
            if (registers != null && other.registers != null) {
                for (int group = 0; group < REGISTERS; group++) {
                    registers[group] = (byte) Math.max(registers[group], other.registers[group]);
                }
                return this;
            }
            for (long hash : other.hashes) {
                if (hash != 0) {
                    add(hash);
                }
            }
            return this;
        }

        long estimate() {
            return registers == null ? hashCount : Math.max(EXACT + 1, Math.round(estimate(registers)));
        }

        private boolean insert(long hash) {
            int mask = hashes.length - 1;
            int slot = (int) hash & mask;
            while (hashes[slot] != 0) {
                if (hashes[slot] == hash) {
                    return false;
                }
                slot = (slot + 1) & mask;
            }
            hashes[slot] = hash;
            if (++hashCount * 2 > hashes.length) {
                enlarge();
            }
            return true;
        }

        private void enlarge() {
            long[] old = hashes;
            hashes = new long[2 * old.length];
            hashCount = 0;
            for (long hash : old) {
                if (hash != 0) {
                    insert(hash);
                }
            }
        }

        private void leaveExactness() {
            byte[] all = new byte[REGISTERS];
            for (long hash : hashes) {
                if (hash != 0) {
                    raise(all, hash);
                }
            }
            registers = all;
            hashes = new long[0];
        }

        private static void raise(byte[] registers, long hash) {
            int group = (int) hash & (REGISTERS - 1);
            int run = Long.numberOfLeadingZeros(hash >>> GROUP_BITS) - GROUP_BITS;
            if (registers[group] <= run) {
                registers[group] = (byte) (run + 1);
            }
        }

        private static double estimate(byte[] registers) {
            int[] groups = new int[RUN_BITS + 2];
            for (byte register : registers) {
                groups[register]++;
            }
            double sum = REGISTERS * tau(1 - groups[RUN_BITS + 1] / (double) REGISTERS);
            for (int run = RUN_BITS; run >= 1; run--) {
                sum = 0.5 * (sum + groups[run]);
            }
            sum += REGISTERS * sigma(groups[0] / (double) REGISTERS);
            return REGISTERS / (2 * LN_2) * REGISTERS / sum;
        }

        /** x + Σ x^(2^k) 2^(k-1) from k = 1 on: what the groups without any hash add. Not for 1, when all are so. */
        private static double sigma(double x) {
            double power = x;
            double factor = 1;
            double sum = x;
            double before;
            do {
                power *= power;
                before = sum;
                sum += power * factor;
                factor += factor;
            } while (sum != before);
            return sum;
        }

        /** (1 - x - Σ (1 - x^(2^-k))² 2^-k from k = 1 on) / 3: what the groups with a full run take away. */
        private static double tau(double x) {
            if (x == 0 || x == 1) {
                return 0;
            }
            double root = x;
            double factor = 1;
            double sum = 1 - x;
            double before;
            do {
                root = Math.sqrt(root);
                before = sum;
                factor *= 0.5;
                sum -= (1 - root) * (1 - root) * factor;
            } while (sum != before);
            return sum / 3;
        }
    }
}
