package dev.bag.value;

import java.io.Serializable;

/**
 * How many calls may be made at once, and how many a second: see {@code Bag.mapAsync}.
 *
 * <pre>{@code
 * Bag<Page> pages = urls.mapAsync(Client::get, InFlight.of(64).perSecond(20));
 * }</pre>
 *
 * @param most the most calls that are in flight at the same time, at least 1
 * @param perSecond the most calls that begin in a second, more than 0; infinite if that does not matter
 */
public record InFlight(int most, double perSecond) implements Serializable {

    /** Checks the numbers. */
    public InFlight {
        if (most < 1) {
            throw new IllegalArgumentException("inFlight(" + most + "): at least 1 call must be allowed at a time");
        }
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("perSecond(" + perSecond + "): the rate must be more than 0");
        }
    }

    /**
     * Returns a limit of the calls that are in flight at the same time, without one of their rate.
     *
     * @param most at least 1
     * @throws IllegalArgumentException if {@code most} is less than 1
     */
    public static InFlight of(int most) {
        return new InFlight(most, Double.POSITIVE_INFINITY);
    }

    /**
     * Returns the same limit with one of the rate: calls begin at least {@code 1 / calls} seconds after each other. Time
     * that passes without calls is not saved up, so there are no bursts.
     *
     * @param calls how many may begin in a second, more than 0; 0.5 is one in two seconds
     * @throws IllegalArgumentException if {@code calls} is not more than 0
     */
    public InFlight perSecond(double calls) {
        return new InFlight(most, calls);
    }

    /** Returns the calls that make this limit. */
    @Override
    public String toString() {
        return "InFlight.of(" + most + ")"
                + (perSecond == Double.POSITIVE_INFINITY ? "" : ".perSecond(" + perSecond + ")");
    }
}
