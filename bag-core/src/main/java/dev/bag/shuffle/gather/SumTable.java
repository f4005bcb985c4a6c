package dev.bag.shuffle.gather;

import dev.bag.key.KeyTable;
import dev.bag.memory.SizeSampler;
import dev.bag.shuffle.hold.Partitioner;
import dev.bag.shuffle.hold.Segment;
import dev.bag.shuffle.hold.Weight;
import dev.bag.spill.SpillArea;
import dev.bag.trait.Traits.LongSum;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/**
 * A sum for each key: of short texts in a table of numbers, of all others in an accumulator each. A short text is among the
 * others, too, with what its sum in the table could not take.
 */
final class SumTable extends OpenBuffer {

    private static final int BYTES_OF_A_SHORT_TEXT = 64;
    private static final int BYTES_OF_ANOTHER = 80;

    private final Targets targets;
    private final LongSum<Object, Object> sum;
    private final ShortTexts texts = new ShortTexts();
    private final KeyTable others = new KeyTable();
    /** When each of the others was first seen. */
    private long[] ranks = new long[8];

    private final KeyCheck keyCheck = new KeyCheck();
    private final SizeSampler sizes = new SizeSampler();
    private long otherBytes;
    private long nextRank;

    SumTable(SpillArea area, Targets targets, LongSum<Object, Object> sum) {
        super(area);
        this.targets = targets;
        this.sum = sum;
    }

    @Override
    SumTable fresh() {
        return new SumTable(area(), targets, sum);
    }

    /** Adds {@code number} to the sum of {@code key}. */
    void add(Object key, long number) {
        long rank = nextRank++;
        if (key instanceof String text && texts.add(text, number, rank)) {
            return;
        }
        int entry = others.find(key);
        if (entry < 0) {
            entry = insert(key, -1 - entry, sum.zero(), rank);
        }
        others.set(entry, sum.plus(accumulator(entry), number));
    }

    private Object accumulator(int entry) {
        return Objects.requireNonNull(others.value(entry));
    }

    private int insert(Object key, int entry, Object accumulator, long rank) {
        keyCheck.check(key);
        others.set(entry, accumulator);
        otherBytes += sizes.of(key) + BYTES_OF_ANOTHER;
        if (entry == ranks.length) {
            ranks = Arrays.copyOf(ranks, entry * 2);
        }
        ranks[entry] = rank;
        return entry;
    }

    @Override
    int count() {
        return texts.count() + others.count();
    }

    @Override
    public long bytes() {
        return otherBytes + (long) texts.count() * BYTES_OF_A_SHORT_TEXT;
    }

    @Override
    boolean isLike(OpenBuffer right) {
        return right instanceof SumTable other && other.targets.equals(targets);
    }

    @Override
    void add(OpenBuffer right) {
        SumTable other = (SumTable) right;
        for (int entry : other.inOrder()) {
            if (entry >= 0) {
                add(other.texts.text(entry), other.texts.sum(entry));
            } else {
                merge(other.others.key(~entry), other.accumulator(~entry));
            }
        }
    }

    private void merge(Object key, Object accumulator) {
        long rank = nextRank++;
        int entry = others.find(key);
        if (entry < 0) {
            insert(key, -1 - entry, accumulator, rank);
        } else {
            others.set(entry, sum.merge(accumulator(entry), accumulator));
        }
    }

    /** The entries in the order in which they were first seen: that of a text as its number, of another as its complement. */
    private int[] inOrder() {
        int[] order = new int[count()];
        int text = 0;
        int other = 0;
        for (int i = 0; i < order.length; i++) {
            boolean isText = other == others.count() || (text < texts.count() && texts.rank(text) < ranks[other]);
            order[i] = isText ? text++ : ~other++;
        }
        return order;
    }

    @Override
    public Segment seal() throws IOException {
        int[] order = inOrder();
        int[] targetOf = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            int entry = order[i];
            targetOf[i] = entry >= 0 ? targets.ofHash(texts.textHash(entry)) : targets.of(others.key(~entry));
        }
        Partitioner by = Partitioner.of(targetOf, order.length, targets.count());
        int[] byTarget = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            byTarget[i] = order[by.order[i]];
        }
        texts.complete();
        others.forgetIndex();
        SumStore store = new SumStore(sum, texts, others, byTarget);
        return Segment.seal(area(), store, by.present, by.starts, Weight.ofObjects(bytes(), reserved()));
    }
}
