package dev.bag.optimize;

import dev.bag.plan.Plan;

/** Rewrites one operation into an equal one that costs less. */
interface Rule {

    /** What to put in the place of {@code plan}, whose inputs are rewritten already; itself when the rule does not fit. */
    Plan<?> rewrite(Plan<?> plan, Surroundings surroundings);
}
