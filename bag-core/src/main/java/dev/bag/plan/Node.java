package dev.bag.plan;

import java.io.Serializable;
import java.util.List;

/**
 * Something a run computes: a bag's {@link Plan} or a delayed {@link Value}. Nodes are told apart by identity, never by
 * {@code equals}: two bags built alike are two passes over the input, one bag used twice is one.
 */
public sealed interface Node extends Serializable permits Plan, Value {

    /** Returns the nodes this one is computed from. */
    List<? extends Node> inputs();

    /**
     * Returns the same operation over {@code inputs}, which stand for its own in their order: a new node, also when they
     * are its own.
     */
    Node withInputs(List<? extends Node> inputs);

    /** Returns what messages and pictures call this operation: {@code map}, or the name the user gave it. */
    String operator();
}
