package dev.bag;

import dev.bag.show.Json;
import dev.bag.show.LiveServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The live page of a runner: its runs that go on, and the last ones that are over. */
final class Dashboard implements AutoCloseable {

    private static final int MOST_ENDED = 20;

    private final LiveServer server;
    /** Guarded by this, as the one below: by their numbers. */
    private final Map<Long, Supplier<Map<String, Object>>> running = new LinkedHashMap<>();

    private final Deque<Report> ended = new ArrayDeque<>();

    Dashboard() {
        try {
            server = new LiveServer(this::json);
        } catch (IOException e) {
            throw new UncheckedIOException("dashboard(): no port of 127.0.0.1 can be had", e);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "dashboard(): the module jdk.httpserver is not in this JVM. Add it, with --add-modules jdk.httpserver",
                    e);
        }
    }

    String url() {
        return server.url();
    }

    /** A run begins; {@code now} says how far it is. */
    synchronized void begin(long run, Supplier<Map<String, Object>> now) {
        running.put(run, now);
    }

    /** A run is over, whatever it leaves. */
    synchronized void end(long run) {
        running.remove(run);
    }

    /** A run is over. */
    synchronized void end(Report report) {
        end(report.run());
        ended.addFirst(report);
        if (ended.size() > MOST_ENDED) {
            ended.removeLast();
        }
    }

    /** Returns how many runs have begun, and are not over. */
    synchronized int runsThatGoOn() {
        return running.size();
    }

    /** Those that go on first, then the others, the last one first. */
    private synchronized String json() {
        List<Map<String, Object>> runs = new ArrayList<>();
        running.values().forEach(each -> runs.add(each.get()));
        ended.forEach(report -> runs.add(RunPage.ended(report)));
        return Json.of(runs);
    }

    @Override
    public void close() {
        server.close();
    }
}
