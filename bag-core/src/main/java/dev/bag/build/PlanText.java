package dev.bag.build;

import dev.bag.plan.Named;
import dev.bag.plan.Node;
import dev.bag.plan.Plan;
import dev.bag.plan.Value;
import dev.bag.plan.Value.FirstOf;
import dev.bag.plan.Value.NamedValue;
import dev.bag.plan.Value.Recovered;
import dev.bag.text.Digits;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A plan in one line: from the source to the last operator, the middle left out where it does not fit. */
public final class PlanText {

    private static final int MOST_CHARACTERS = 78;
    private static final String GAP = "…";

    private PlanText() {}

    /** A bag. */
    public static String line(String kind, Plan<?> plan) {
        int count = plan.partitionCount();
        String head = kind + "[" + Digits.grouped(count) + (count == 1 ? " partition: " : " partitions: ");
        return head + path(plan, MOST_CHARACTERS - head.length() - 1) + "]";
    }

    /** A delayed value. */
    public static String line(Value<?> value) {
        String head = "Delayed[";
        return head + path(value, MOST_CHARACTERS - head.length() - 1) + "]";
    }

    /** The names from the first source on; of those that do not fit into {@code room} the first and the last stay. */
    public static String path(Node node, int room) {
        Deque<String> last = new ArrayDeque<>();
        int used = 0;
        Node at = node;
        while (true) {
            String name = at.operator();
            Node next = below(at);
            if (next == null) {
                return whole(name, last, room - used);
            }
            if (used + name.length() + 3 > room / 2 + room / 4) {
                return shortened(source(next), last, room - used);
            }
            last.addFirst(name);
            used += name.length() + 3;
            at = next;
        }
    }

    private static String whole(String source, Deque<String> last, int room) {
        return cut(source, room) + tail(last);
    }

    private static String shortened(Node source, Deque<String> last, int room) {
        return cut(source.operator(), room - GAP.length() - 3) + " > " + GAP + tail(last);
    }

    private static String tail(Deque<String> last) {
        return last.isEmpty() ? "" : " > " + String.join(" > ", last);
    }

    private static String cut(String text, int room) {
        return text.length() <= room ? text : text.substring(0, Math.max(0, room - GAP.length())) + GAP;
    }

    private static Node source(Node from) {
        Node at = from;
        for (Node next = below(at); next != null; next = below(at)) {
            at = next;
        }
        return at;
    }

    /** The first input; for an operator that was named, that of the operator, because the name stands for it. */
    private static @Nullable Node below(Node node) {
        Node at = node;
        while (at instanceof Named<?> || at instanceof NamedValue<?>) {
            at = at.inputs().get(0);
        }
        if (at instanceof Recovered<?> recovered) {
            return recovered.below();
        }
        if (at instanceof FirstOf<?> first) {
            return first.alternatives().get(0);
        }
        return at.inputs().isEmpty() ? null : at.inputs().get(0);
    }
}
