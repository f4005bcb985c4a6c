package dev.bag.testing;

import dev.bag.Runner;
import java.util.List;

/** Runners that tests share: their threads are daemons and sleep when there is nothing to do. */
public final class Runners {

    /** One thread. */
    public static final Runner ONE = Runner.local().threads(1).build();

    /** Two threads. */
    public static final Runner TWO = Runner.local().threads(2).build();

    /** Seven threads. */
    public static final Runner SEVEN = Runner.local().threads(7).build();

    /** Every kind of runner. */
    public static final List<Runner> ALL = List.of(Runner.inline(), ONE, TWO, SEVEN);

    private Runners() {}
}
