package dev.bag.plan;

/** What an operation within a stage must see of a partition, and of those before it. */
public enum Flow {
    /** One record at a time: the records of a partition may come in pieces, to several threads at once. */
    EACH_RECORD,
    /** Each partition as a whole, on one thread. */
    WHOLE_PARTITION,
    /** Each partition as a whole, and something that is carried on from every partition to the next. */
    IN_ORDER
}
