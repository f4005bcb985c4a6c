package dev.bag.stage;

import dev.bag.plan.Leaf.Read;
import dev.bag.plan.Value.Computed;
import dev.bag.source.Sink;
import java.lang.reflect.RecordComponent;

/**
 * A program as text that is the same in each process: its operators with the numbers and texts that belong to them. Functions
 * cannot be compared; of them it has the names of the classes in which they stand.
 */
public final class PlanText {

    private static final int DEEPEST = 4;

    private final StringBuilder text = new StringBuilder();

    private PlanText() {}

    /** Returns what a sink is told of a run that writes to it. */
    public static Sink.Plan plan(Program program, int partitionCount) {
        return new Sink.Plan() {
            @Override
            public int partitionCount() {
                return partitionCount;
            }

            @Override
            public String description() {
                return of(program);
            }

            @Override
            public String inputs() throws Exception {
                StringBuilder inputs = new StringBuilder();
                for (Read<?> read : program.sources()) {
                    inputs.append(read.source().name()).append('\n');
                    inputs.append(read.source().dataVersion()).append('\n');
                }
                return inputs.toString();
            }
        };
    }

    private static String of(Program program) {
        PlanText all = new PlanText();
        for (Program.Step step : program.steps()) {
            if (step instanceof Program.Pass pass) {
                all.add(pass.stage());
            } else if (step instanceof Program.Call call) {
                all.text.append("call ").append(call.operator().label()).append('\n');
            }
        }
        return all.text.toString();
    }

    private void add(Stage stage) {
        text.append("stage\n");
        for (int fragment = 0; fragment < stage.fragmentCount(); fragment++) {
            text.append(stage.operator(fragment).label());
            text.append(", ").append(stage.partitionCount(fragment));
            if (!stage.isRoot(fragment)) {
                add(stage.operation(fragment), 0);
            }
            text.append('\n');
        }
        for (EndSpec end : stage.ends()) {
            text.append(end.operator().label());
            add(end, 0);
            text.append('\n');
        }
    }

    private void add(Object value, int depth) {
        if (value instanceof Number
                || value instanceof Boolean
                || value instanceof String
                || value instanceof Enum<?>) {
            text.append(' ').append(value);
            return;
        }
        String name = value.getClass().getName();
        text.append(' ').append(name, 0, name.contains("$$") ? name.indexOf("$$") : name.length());
        boolean isOurs = name.startsWith("dev.bag.plan.") || name.startsWith("dev.bag.stage.");
        if (isOurs && value instanceof Record && depth < DEEPEST) {
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                boolean isNumber =
                        value instanceof Computed<?> && component.getName().equals("id");
                if (!isNumber) { // which is another one in each process
                    addComponent(value, component, depth);
                }
            }
        }
    }

    private void addComponent(Object record, RecordComponent component, int depth) {
        try {
            component.getAccessor().setAccessible(true);
            Object value = component.getAccessor().invoke(record);
            if (value == null) {
                text.append(" null");
            } else {
                add(value, depth + 1);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e); // these packages are in this module
        }
    }
}
