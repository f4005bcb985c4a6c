package dev.bag.bench;

import dev.bag.Bag;

/** Calls that do nothing but wait: arguments are how many, how long each takes in milliseconds, and how many at once. */
public final class WaitingCalls {

    private WaitingCalls() {}

    /** Prints the seconds of a second run, and what calls without any time between them would take. */
    public static void main(String[] args) {
        int count = Integer.parseInt(args[0]);
        int millis = Integer.parseInt(args[1]);
        int inFlight = Integer.parseInt(args[2]);
        Bag<Long> calls = Bag.range(0, count)
                .mapAsync(
                        n -> {
                            Thread.sleep(millis);
                            return n;
                        },
                        inFlight);
        calls.count().compute();
        long begin = System.nanoTime();
        long sum = calls.sumLong(n -> n).compute();
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (sum != (count - 1L) * count / 2) {
            throw new IllegalStateException("wrong sum: " + sum);
        }
        System.out.printf("%.3f s, at least %.3f s%n", seconds, count * (millis / 1e3) / inFlight);
    }
}
