package dev.bag.run.call;

import dev.bag.kernel.Operator;
import dev.bag.plan.Node;
import dev.bag.plan.Value;
import dev.bag.plan.Value.Called;
import dev.bag.plan.Value.Computed;
import dev.bag.plan.Value.Constant;
import dev.bag.plan.Value.FirstOf;
import dev.bag.plan.Value.FlatMapped;
import dev.bag.plan.Value.NamedValue;
import dev.bag.plan.Value.Recovered;
import dev.bag.run.call.Failure.Origin;
import dev.bag.stage.Program;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of values that are added to a graph together: all of a run, or what a function has made in it.
 *
 * <p>A value that was made before the function was called may be in the graph already, or may come with another fragment:
 * the graph knows it by its number. Others can be used elsewhere only by functions that were made with them; so they are
 * known to the graph while such functions are there to be called.
 */
final class Fragment implements Origin {

    private static final int FIRST_CAPACITY = 8;

    private final CallGraph graph;
    private final List<? extends Value<?>> roots;
    /** Values with larger numbers were made for this. */
    private final long before;
    /** Whether bags are tasks as well, or end the attempt. */
    private final boolean takesBags;

    private final Origin older = new Shared();
    private CallTask[] created = new CallTask[FIRST_CAPACITY];
    private int createdCount;
    private NumberTable<CallTask> tasks = new NumberTable<>();
    /** Of values that the graph knows because of this. */
    private long[] kept = {};

    /** Tasks whose arguments are being found, and how many are. */
    private CallTask[] open = new CallTask[FIRST_CAPACITY];

    private List<? extends Node>[] inputs = lists(FIRST_CAPACITY);
    private int[] next = new int[FIRST_CAPACITY];
    private int depth;
    private int calls;
    private boolean hasBags;
    private boolean hasFunctions;
    private boolean isKept;
    private @Nullable CallTask freeBags;
    /** Numbers of values, each followed by its name. */
    private final List<Object> named = new ArrayList<>(0);

    private @Nullable Map<Long, String> names;
    private final List<Value<?>> freeWanted = new ArrayList<>(0);

    Fragment(CallGraph graph, List<? extends Value<?>> roots, long before, boolean takesBags) {
        this.graph = graph;
        this.roots = roots;
        this.before = before;
        this.takesBags = takesBags;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array has no type parameter
    private static List<? extends Node>[] lists(int length) {
        return new List[length];
    }

    // ---- what messages call its tasks ----

    @Override
    public Operator operator(Value<?> node) {
        return Program.operator(roots, node);
    }

    @Override
    public String label(Value<?> node) {
        String name = node instanceof Computed<?> computed ? names().get(computed.id()) : null;
        return name == null ? node.operator() : node.operator() + " \"" + name + "\"";
    }

    private synchronized Map<Long, String> names() {
        if (names == null) {
            Map<Long, String> found = new HashMap<>();
            for (int i = 0; i < named.size(); i += 2) {
                found.put((Long) named.get(i), (String) named.get(i + 1));
            }
            names = found;
        }
        return names;
    }

    @Override
    public CallWatch watch(Value<?> node) {
        return graph.newWatch(() -> operator(node).label());
    }

    @Override
    public boolean keepsValues() {
        return isKept;
    }

    /** Of values that were made before: any other fragment may come upon them. */
    private final class Shared implements Origin {
        @Override
        public Operator operator(Value<?> node) {
            return Fragment.this.operator(node);
        }

        @Override
        public String label(Value<?> node) {
            return Fragment.this.label(node);
        }

        @Override
        public CallWatch watch(Value<?> node) {
            return Fragment.this.watch(node);
        }

        @Override
        public boolean keepsValues() {
            return true;
        }
    }

    // ---- making tasks ----

    /** Returns the tasks of the roots; null if there is a bag, and this takes none. */
    CallTask @Nullable [] make() {
        CallTask[] made = new CallTask[roots.size()];
        for (int i = 0; i < made.length; i++) {
            made[i] = enter(roots.get(i));
            while (depth > 0 && (takesBags || !hasBags)) {
                goOn();
            }
            if (hasBags && !takesBags) {
                return null;
            }
        }
        if (freeBags != null) {
            freeBags.work = new Region.Bags(List.copyOf(freeWanted), List.of());
        }
        return made;
    }

    /** Whether functions are called that may bring more tasks. */
    boolean isOpen() {
        return hasFunctions;
    }

    private void goOn() {
        int top = depth - 1;
        CallTask task = open[top];
        int index = next[top]++;
        if (index == inputs[top].size()) {
            depth--;
            inputs[top] = List.of();
            add(task);
            return;
        }
        CallTask argument = enter((Value<?>) inputs[top].get(index));
        if (task.arguments instanceof CallTask[] several) {
            several[index] = argument;
        } else {
            task.arguments = argument;
        }
    }

    private void add(CallTask task) {
        if (createdCount == created.length) {
            created = Arrays.copyOf(created, 2 * createdCount);
        }
        created[createdCount++] = task;
    }

    /** Returns the task of a value, with one use more. */
    private CallTask enter(Value<?> value) {
        Value<?> of = value;
        while (of instanceof NamedValue<?> outer) {
            of = outer.input();
        }
        if (of instanceof Constant<?> constant) {
            CallTask task = new CallTask(this, null).given(constant.value());
            task.use();
            return task;
        }
        Computed<?> computed = (Computed<?>) of;
        if (of != value) {
            named.add(computed.id());
            named.add(((NamedValue<?>) value).operator());
        }
        CallTask known = tasks.get(computed.id());
        if (known != null && (!graph.isOpen() || known.retain())) {
            if (!graph.isOpen()) {
                known.use();
            }
            return known;
        }
        boolean isOlder = computed.id() <= before;
        CallTask task = new CallTask(isOlder ? older : this, of).unasked();
        task.use();
        CallTask found = isOlder && graph.isOpen() ? graph.share(computed.id(), task) : task;
        if (found == task) {
            begin(task, of);
        }
        tasks.put(computed.id(), found);
        return found;
    }

    /** Whether a function is called with the values of all inputs. */
    static boolean isCall(Value<?> value) {
        return value instanceof Called<?> || value instanceof FlatMapped<?, ?>;
    }

    private void begin(CallTask task, Value<?> value) {
        boolean isCall = isCall(value);
        calls += isCall ? 1 : 0;
        hasFunctions |=
                value instanceof FlatMapped<?, ?> || value instanceof Recovered<?> || value instanceof FirstOf<?>;
        List<? extends Node> needs = value.inputs();
        if (!isCall && !needs.isEmpty()) {
            hasBags = true;
            if (!takesBags) {
                return;
            }
            List<Value<?>> needed = Region.Bags.neededBy(value);
            CallTask bags = needed.isEmpty()
                    ? freeBags()
                    : new CallTask(this, new Region.Bags(List.of(value), needed)).unasked();
            bags.use();
            task.arguments = bags;
            task.work = new Region.Element(needed.isEmpty() ? freeWanted.size() : 0);
            task.waitFor(1);
            if (needed.isEmpty()) {
                freeWanted.add(value);
                add(task);
                return;
            }
            add(task);
            begin(bags, needed);
            return;
        }
        begin(task, needs);
    }

    private void begin(CallTask task, List<? extends Node> needs) {
        int count = needs.size();
        task.waitFor(count);
        if (count == 0) {
            add(task);
            return;
        }
        if (count > 1) {
            task.arguments = new CallTask[count];
        }
        if (depth == open.length) {
            open = Arrays.copyOf(open, 2 * depth);
            next = Arrays.copyOf(next, 2 * depth);
            inputs = Arrays.copyOf(inputs, 2 * depth);
        }
        open[depth] = task;
        inputs[depth] = needs;
        next[depth++] = 0;
    }

    /** The task that computes all bags that need no call, in one run. */
    private CallTask freeBags() {
        CallTask bags = freeBags;
        if (bags == null) {
            bags = new CallTask(this, null).unasked();
            bags.waitFor(0);
            freeBags = bags;
            add(bags);
        }
        return bags;
    }

    // ---- the life of the tasks ----

    /** Lets the tasks follow their arguments, after the graph knows those that may be asked for again. */
    void link(Turn turn) {
        isKept = graph.isOpen() && hasFunctions;
        if (isKept) {
            LongStream.Builder mine = LongStream.builder();
            tasks.forEach((number, task) -> {
                if (task.origin == this || task.origin == older) {
                    graph.know(number, task);
                    mine.add(number);
                }
            });
            kept = mine.build().toArray();
        }
        graph.brings(calls);
        CallTask[] linked = created;
        int count = createdCount;
        created = new CallTask[0];
        tasks = new NumberTable<>();
        open = new CallTask[0];
        inputs = lists(0);
        for (int i = 0; i < count; i++) {
            turn.link(linked[i]);
        }
    }

    /** All functions of it have been called: what was made for it is not asked for any more. */
    void forget() {
        for (long number : kept) {
            if (number > before) {
                graph.forget(number, this);
            }
        }
        kept = new long[0];
    }
}
