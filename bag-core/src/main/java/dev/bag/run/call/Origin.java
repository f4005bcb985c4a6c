package dev.bag.run.call;

import dev.bag.kernel.Operator;
import dev.bag.plan.Value;

/** What a task was made of. */
interface Origin {

    /** Returns what messages call a node of it. */
    Operator operator(Value<?> node);

    /** Returns the label of that, without looking at all nodes. */
    String label(Value<?> node);

    /** Returns what is told of a call of it that begins. */
    CallWatch watch(Value<?> node);

    /** Returns whether a value is kept when all known readers are done, because more may come. */
    boolean keepsValues();
}
