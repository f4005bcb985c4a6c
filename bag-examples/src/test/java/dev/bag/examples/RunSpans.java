package dev.bag.examples;

import dev.bag.Report;
import dev.bag.RunListener;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes a span of OpenTelemetry of each run, with its stages as spans below it, what it has read as attributes, and attempts
 * that have failed as events. A listener is called a moment later than things happen, so spans begin a moment late.
 *
 * <pre>{@code
 * Runner runner = Runner.local().listener(new RunSpans(tracer)).build();
 * }</pre>
 */
public final class RunSpans implements RunListener {

    private record StageId(long run, int stage) {}

    private final Tracer tracer;
    /** A listener is called by one thread at a time. */
    private final Map<Long, Span> runs = new HashMap<>();

    private final Map<StageId, Span> stages = new HashMap<>();

    /** Makes spans with {@code tracer}. */
    public RunSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public void runStarted(RunStarted event) {
        runs.put(event.run(), tracer.spanBuilder(event.what()).startSpan());
    }

    @Override
    public void stageStarted(StageStarted event) {
        Span stage = tracer.spanBuilder(event.what())
                .setParent(Context.root().with(runs.get(event.run())))
                .setAttribute("bag.tasks", event.tasks())
                .startSpan();
        stages.put(new StageId(event.run(), event.stage()), stage);
    }

    @Override
    public void stageEnded(StageEnded event) {
        Span stage = stages.remove(new StageId(event.run(), event.stage()));
        if (stage != null) {
            stage.end();
        }
    }

    @Override
    public void taskFailed(TaskFailed event) {
        runs.get(event.run()).recordException(event.failure());
    }

    @Override
    public void runEnded(Report report) {
        stages.entrySet().removeIf(each -> {
            boolean isOfRun = each.getKey().run() == report.run();
            if (isOfRun) {
                each.getValue().end(); // it was stopped
            }
            return isOfRun;
        });
        Span run = runs.remove(report.run());
        run.setAttribute("bag.records.read", report.recordsRead()).setAttribute("bag.bytes.read", report.bytesRead());
        report.failure().ifPresent(failure -> run.setStatus(StatusCode.ERROR, String.valueOf(failure.getMessage())));
        run.end();
    }
}
