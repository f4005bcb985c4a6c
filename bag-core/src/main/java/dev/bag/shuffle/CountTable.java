package dev.bag.shuffle;

import dev.bag.kernel.KeyTable;
import dev.bag.spill.SizeSampler;
import dev.bag.spill.SpillArea;
import java.io.IOException;
import java.util.Arrays;

/** How often each key occurred: short texts in a table of numbers, all others with an accumulator each. */
final class CountTable extends OpenPiece {

    private static final int BYTES_OF_A_SHORT_TEXT = 64;
    private static final int BYTES_OF_ANOTHER = 72;

    private final Targets targets;
    private final ShortTexts texts = new ShortTexts();
    private final KeyTable others = new KeyTable();
    /** When each of the others was first seen. */
    private long[] ranks = new long[8];

    private final KeyCheck keyCheck = new KeyCheck();
    private final SizeSampler sizes = new SizeSampler();
    private long otherBytes;
    private long next;

    CountTable(SpillArea area, Targets targets) {
        super(area);
        this.targets = targets;
    }

    /** Another one for the same keys. */
    CountTable fresh() {
        return new CountTable(area(), targets);
    }

    /** Counts {@code key} so many times more. */
    void add(Object key, long times) {
        long rank = next++;
        if (key instanceof String text && texts.add(text, times, rank)) {
            return;
        }
        int entry = others.find(key);
        if (entry < 0) {
            keyCheck.check(key);
            entry = -1 - entry;
            others.set(entry, new long[1]);
            otherBytes += sizes.of(key) + BYTES_OF_ANOTHER;
            if (entry == ranks.length) {
                ranks = Arrays.copyOf(ranks, entry * 2);
            }
            ranks[entry] = rank;
        }
        CountColumns.tally(others, entry)[0] += times;
    }

    @Override
    int count() {
        return texts.count() + others.count();
    }

    @Override
    long bytes() {
        return otherBytes + (long) texts.count() * BYTES_OF_A_SHORT_TEXT;
    }

    @Override
    boolean isLike(OpenPiece right) {
        return right instanceof CountTable other && other.targets.equals(targets);
    }

    @Override
    void add(OpenPiece right) {
        CountTable other = (CountTable) right;
        for (int entry : other.inOrder()) {
            CountColumns.give(other.texts, other.others, entry, this::add);
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
        CountColumns columns = new CountColumns(texts, others, byTarget);
        return Segment.seal(area(), columns, by.present, by.starts, Weight.ofObjects(bytes(), reserved()));
    }
}
