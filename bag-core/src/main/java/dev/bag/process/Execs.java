package dev.bag.process;

import dev.bag.schedule.GuestThreads;
import dev.bag.value.Command;
import dev.bag.value.CommandResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Commands that are run to their end, for one record each. */
public final class Execs {

    private Execs() {}

    /**
     * Runs {@code command} and returns what has become of it. The calling thread waits; if it is interrupted, the child is
     * ended.
     *
     * @throws IOException if it cannot be started, ends with an exit code that is not accepted, or prints too much or what is no
     *     text
     * @throws TimeoutException if it runs longer than it may
     */
    public static CommandResult run(Command command) throws Exception {
        Child child = Child.start(command);
        boolean hasEnded = false;
        try {
            CompletableFuture<byte[]> output = new CompletableFuture<>();
            GuestThreads.startPlatform(() -> complete(output, child));
            OutputStream input = child.input();
            if (command.input().isPresent()) {
                byte[] text = command.input().get().getBytes(StandardCharsets.UTF_8);
                GuestThreads.startPlatform(() -> Pumps.writeAll(text, input));
            } else {
                input.close();
            }
            byte[] printed = awaited(output, child);
            int exitCode = child.awaitEnd();
            hasEnded = true;
            child.check(exitCode);
            return new CommandResult(exitCode, Pumps.text(printed, 0, printed.length, command), child.error());
        } finally {
            if (!hasEnded) {
                child.kill();
            }
        }
    }

    private static byte[] awaited(CompletableFuture<byte[]> output, Child child) throws Exception {
        try {
            if (child.command().timeout().isEmpty()) {
                return output.get();
            }
            return output.get(child.command().timeout().get().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (TimeoutException e) {
            throw Pumps.timeout(child);
        }
    }

    /** Reads the output and waits for the end of the child, which is part of its time. */
    private static void complete(CompletableFuture<byte[]> output, Child child) {
        try {
            byte[] printed = read(child.output(), child.command());
            child.awaitEnd();
            output.complete(printed);
        } catch (Throwable e) {
            output.completeExceptionally(e);
        }
    }

    private static byte[] read(InputStream printed, Command command) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try (printed) {
            for (int read = printed.read(buffer); read >= 0; read = printed.read(buffer)) {
                if (all.size() + read > command.mostHeld()) {
                    throw Pumps.tooMuch(command, "more than");
                }
                all.write(buffer, 0, read);
            }
        }
        return all.toByteArray();
    }
}
