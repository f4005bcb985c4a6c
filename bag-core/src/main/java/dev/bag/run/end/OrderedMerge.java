package dev.bag.run.end;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Merges partial results with their neighbours, as a tree whose shape depends on their number only, so that the result
 * is the same bit for bit however the parts were timed. The number need not be known before: level l holds the merged
 * runs of 2^l parts that begin at a multiple of 2^l, and what is left over at the right edge is merged at the end.
 *
 * <p>Protocol: each pair of neighbours has a slot. The run that comes first is left there. The one that comes second
 * takes it out, is merged with it in their order, and goes on to the pair above. Both exchange themselves for what is in
 * the slot, so just one of them finds the other.
 */
final class OrderedMerge<P extends @Nullable Object> {

    private final Merger<P> merger;

    /** Slots by number: block b has those from 2^b to 2^(b+1) - 1, and is there from its first use on. */
    private final AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable Held<P>>> blocks =
            new AtomicReferenceArray<>(Integer.SIZE);

    /** A run of parts, which grows in the hands of the thread that has it. The part itself may be null. */
    private static final class Held<P extends @Nullable Object> {

        private int level;
        private int index;
        private P part;

        Held(int index, P part) {
            this.index = index;
            this.part = part;
        }

        /** Takes in the neighbour it shares its slot with. */
        void take(Held<P> neighbour, Merger<P> merger) throws Throwable {
            part = (index & 1) == 0 ? merger.merge(part, neighbour.part) : merger.merge(neighbour.part, part);
            level++;
            index >>>= 1;
        }

        /** The number of the slot it shares with its neighbour: where the right one of both begins. */
        int slot() {
            return (index | 1) << level;
        }

        long start() {
            return (long) index << level;
        }

        long end() {
            return (index + 1L) << level;
        }
    }

    /** Merges the part on the left with the part on the right of it. */
    @FunctionalInterface
    interface Merger<P extends @Nullable Object> {
        P merge(P left, P right) throws Throwable;
    }

    OrderedMerge(Merger<P> merger) {
        this.merger = merger;
    }

    /** Adds part {@code number}, once each. */
    void add(int number, P part) throws Throwable {
        Held<P> held = new Held<>(number, part);
        for (Held<P> other = meet(held); other != null; other = meet(held)) {
            held.take(other, merger);
        }
    }

    /** Takes the neighbour of a run, or leaves the run for it and returns null. */
    private @Nullable Held<P> meet(Held<P> held) {
        int slot = held.slot();
        int number = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(slot);
        AtomicReferenceArray<@Nullable Held<P>> block = block(number);
        int at = slot - (1 << number);
        Held<P> other = block.getAndSet(at, held);
        if (other != null) {
            block.set(at, null);
        }
        return other;
    }

    private AtomicReferenceArray<@Nullable Held<P>> block(int number) {
        AtomicReferenceArray<@Nullable Held<P>> known = blocks.get(number);
        if (known == null) {
            AtomicReferenceArray<@Nullable Held<P>> made = new AtomicReferenceArray<>(1 << number);
            known = blocks.compareAndExchange(number, null, made);
            return known == null ? made : known;
        }
        return known;
    }

    /** The whole, after all parts were added, which are at least one. */
    P whole() throws Throwable {
        List<Held<P>> waiting = waiting();
        long start = waiting.isEmpty() ? -1 : waiting.get(0).end();
        for (Held<P> each : waiting) {
            if (each.end() != start) {
                throw new IllegalStateException("a part is missing");
            }
            start = each.start();
        }
        if (start != 0) {
            throw new IllegalStateException("a part is missing");
        }
        P whole = waiting.get(0).part;
        for (Held<P> left : waiting.subList(1, waiting.size())) {
            whole = merger.merge(left.part, whole);
        }
        return whole;
    }

    /** What no neighbour has come for, the rightmost first. */
    private List<Held<P>> waiting() {
        List<Held<P>> waiting = new ArrayList<>();
        for (int number = 0; number < blocks.length(); number++) {
            AtomicReferenceArray<@Nullable Held<P>> block = blocks.get(number);
            for (int at = 0; block != null && at < block.length(); at++) {
                Held<P> held = block.get(at);
                if (held != null) {
                    waiting.add(held);
                }
            }
        }
        waiting.sort(Comparator.comparingLong(Held<P>::end).reversed());
        return waiting;
    }
}
