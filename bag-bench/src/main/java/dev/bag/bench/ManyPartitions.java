package dev.bag.bench;

import dev.bag.Bag;

/** Adds up as many partitions of one record as the argument says: what a partition takes. */
public final class ManyPartitions {

    private ManyPartitions() {}

    public static void main(String... arguments) {
        System.out.println("RESULT " + of(Integer.parseInt(arguments[0])));
    }

    static String of(int partitions) {
        return Bag.range(0, partitions, partitions)
                .map(number -> number + 1)
                .sumLong(number -> number)
                .compute()
                .toString();
    }
}
