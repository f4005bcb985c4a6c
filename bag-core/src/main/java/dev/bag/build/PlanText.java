package dev.bag.build;

import dev.bag.plan.Named;
import dev.bag.plan.Node;
import dev.bag.plan.Plan;
import dev.bag.plan.Value;
import dev.bag.plan.Value.FirstOf;
import dev.bag.plan.Value.Folded;
import dev.bag.plan.Value.NamedValue;
import dev.bag.plan.Value.Recovered;
import dev.bag.plan.Value.Taken;
import dev.bag.plan.Value.Written;
import dev.bag.text.Digits;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plan in one line: from the source to the last operator, the middle left out where it does not fit. */
public final class PlanText {

    private static final int MOST_CHARACTERS = 78;
    private static final int MOST_NAME = 40;
    private static final String GAP = "…";

    private PlanText() {}

    /** A bag. */
    public static String line(String kind, Plan<?> plan) {
        int count = plan.partitionCount();
        String head = kind + "[" + Digits.grouped(count) + (count == 1 ? " partition: " : " partitions: ");
        return head + path(plan, MOST_CHARACTERS - head.length() - 1) + "]";
    }

    /** A delayed value: what it is called, and what is called for it, as an expression. */
    public static String line(Value<?> value) {
        String head = "Delayed[";
        Node node = value;
        if (value instanceof NamedValue<?> named && !isOfBag(named.input())) {
            head += cut(named.operator(), MOST_NAME) + ": ";
            node = named.input();
        }
        return head + expression(node, MOST_CHARACTERS - head.length() - 1) + "]";
    }

    /** What a bag comes to: that is a path, as of the bag. */
    private static boolean isOfBag(Node node) {
        Node at = node;
        while (at instanceof NamedValue<?> named) {
            at = named.input();
        }
        return at instanceof Folded<?, ?, ?> || at instanceof Written<?, ?> || at instanceof Taken<?>;
    }

    /**
     * The operator with what it is given in parentheses, which is an expression, too, unless it has a name. It looks at no more nodes
     * than there is room for characters.
     */
    private static String expression(Node node, int room) {
        if (!(node instanceof Value<?>) || isOfBag(node)) {
            return cut(path(node, room), room);
        }
        List<? extends Node> given = node instanceof NamedValue<?> ? List.of() : given(node);
        String name = node.operator();
        if (given.isEmpty()) {
            return cut(name, room);
        }
        if (name.length() + GAP.length() + 2 > room) {
            return GAP;
        }
        StringBuilder text = new StringBuilder(name).append('(');
        int end = GAP.length() + 1;
        for (int i = 0; i < given.size(); i++) {
            String separator = i == 0 ? "" : ", ";
            boolean isLast = i == given.size() - 1;
            int rest = room - text.length() - separator.length() - (isLast ? 1 : end + 2);
            if (rest < GAP.length()) {
                return text.append(separator).append(GAP).append(')').toString();
            }
            text.append(separator).append(expression(given.get(i), rest));
        }
        return text.append(')').toString();
    }

    /** What a value is made of. */
    private static List<? extends Node> given(Node node) {
        if (node instanceof Recovered<?> recovered) {
            return List.of(recovered.below());
        }
        return node instanceof FirstOf<?> first ? first.alternatives() : node.inputs();
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
