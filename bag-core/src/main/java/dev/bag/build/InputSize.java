package dev.bag.build;

import dev.bag.plan.Leaf.FromDelayed;
import dev.bag.plan.Leaf.Read;
import dev.bag.plan.Node;
import dev.bag.plan.Plan;
import dev.bag.plan.Saturated;
import dev.bag.source.Part;
import dev.bag.value.ByteSize;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** How many partitions of a size the input of a bag would fill. */
public final class InputSize {

    private InputSize() {}

    /** The bytes of all sources below {@code plan} over {@code size}, rounded up; at least 1. */
    public static int partitions(Plan<?> plan, String size) {
        long most = ByteSize.parse("repartitionBySize", size);
        if (most < 1) {
            throw complaint(size, "a partition has at least 1 byte. Examples: \"64MB\", \"1GiB\".");
        }
        long input = bytesBelow(plan, size);
        long count = input == 0 ? 1 : (input - 1) / most + 1;
        if (count > Integer.MAX_VALUE) {
            throw complaint(
                    size,
                    String.format(
                            Locale.ROOT,
                            "the input has %s, which would be %,d partitions, and a bag has at most %,d."
                                    + " Choose a larger size.",
                            ByteSize.format(input),
                            count,
                            Integer.MAX_VALUE));
        }
        return (int) count;
    }

    /** Not of what is read for a value, such as the second argument of {@code mapWith}: it is no part of the bag. */
    private static long bytesBelow(Plan<?> plan, String size) {
        long sum = 0;
        for (Node node : Node.Order.of(List.of(plan), InputSize::plans).nodes()) {
            if (node instanceof Read<?> read) {
                sum = Saturated.sum(sum, bytes(read, size));
            } else if (node instanceof FromDelayed<?>) {
                throw unknown(size, "a bag from delayed values");
            }
        }
        return sum;
    }

    private static List<? extends Node> plans(Node node) {
        return node.inputs().stream().filter(Plan.class::isInstance).toList();
    }

    private static long bytes(Read<?> read, String size) {
        long sum = 0;
        for (Part<?> part : read.parts()) {
            OptionalLong byteCount = part.byteCount();
            if (byteCount.isEmpty() || byteCount.getAsLong() < 0) {
                throw unknown(size, "the source \"" + read.source().name() + "\"");
            }
            sum = Saturated.sum(sum, byteCount.getAsLong());
        }
        return sum;
    }

    private static IllegalArgumentException unknown(String size, String what) {
        return complaint(size, what + " does not know its size before it is read. Use repartition(n).");
    }

    private static IllegalArgumentException complaint(String size, String why) {
        return new IllegalArgumentException("repartitionBySize(\"" + size + "\"): " + why);
    }
}
