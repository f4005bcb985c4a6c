package dev.bag.process;

import dev.bag.schedule.GuestThreads;
import dev.bag.value.Command;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The process of a command. What it prints to its error stream is pumped from the beginning. */
public final class Child {

    /** Those that run, to be ended with the JVM. */
    private static final Set<Child> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Child::killAll, "bag-process-end"));
    }

    /** As in {@code error=2, No such file or directory}, or from Java 24 on in {@code error: 2 (No such file or directory)}. */
    private static final Pattern SYSTEM_REASON = Pattern.compile("error[=:] ?\\d+[,(]? *\\(?([^)]+)\\)? *$");

    private final Command command;
    private final Process process;
    private final Mark mark;
    private final Tail error;

    private Child(Command command, Process process, Mark mark, @Nullable OutputStream errors) {
        this.command = command;
        this.process = process;
        this.mark = mark;
        this.error = new Tail(errors);
    }

    /** Starts {@code command}. */
    static Child start(Command command) throws IOException {
        return start(command, null);
    }

    /** Starts {@code command}; what it prints to its error stream goes to {@code errors}, too, if that is not null. */
    public static Child start(Command command, @Nullable OutputStream errors) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command.words());
        command.directory().map(Path::toFile).ifPresent(builder::directory);
        builder.environment().putAll(command.environment());
        Mark mark = new Mark();
        mark.putInto(builder.environment());
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw notStarted(command, e);
        }
        Child child = new Child(command, process, mark, errors);
        RUNNING.add(child);
        try {
            InputStream printed = process.getErrorStream();
            GuestThreads.startPlatform(() -> child.error.readAll(printed));
        } catch (Throwable e) { // no memory for a thread
            child.kill();
            throw e;
        }
        return child;
    }

    private static IOException notStarted(Command command, IOException cause) {
        String program = command.words().get(0);
        Path directory = command.directory().orElse(null);
        if (directory != null && !Files.isDirectory(directory)) {
            return new IOException(
                    "the command " + command + " cannot be started: its directory " + directory
                            + " does not exist. Create it, or name another one with in(…)",
                    cause);
        }
        return new IOException(
                "the program " + program + " cannot be started: " + reason(cause)
                        + ". Is it installed, and on the PATH of the JVM?",
                cause);
    }

    /** Without what the JDK puts before the reason of the system. */
    private static String reason(IOException cause) {
        String message = String.valueOf(cause.getMessage());
        Matcher matcher = SYSTEM_REASON.matcher(message);
        return matcher.find() ? matcher.group(1) : message;
    }

    Command command() {
        return command;
    }

    /** Returns what it reads. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    /** Returns what it prints. */
    public InputStream output() {
        return process.getInputStream();
    }

    /** Returns the end of what it has printed to its error stream. */
    String error() {
        return error.text();
    }

    /** Waits until it has ended and its error stream, too; returns the exit code. */
    int awaitEnd() throws InterruptedException {
        error.awaitEnd();
        int exitCode = process.waitFor();
        RUNNING.remove(this);
        return exitCode;
    }

    /** As {@link #awaitEnd}, without waiting for programs that it has started. */
    public int awaitExit() throws InterruptedException {
        int exitCode = process.waitFor();
        RUNNING.remove(this);
        error.awaitEndShortly();
        return exitCode;
    }

    /** Returns whether it has ended, or does within a moment. */
    public boolean endsShortly() throws InterruptedException {
        return process.waitFor(1, TimeUnit.SECONDS);
    }

    /** Throws if the exit code is none of those that the command accepts. */
    void check(int exitCode) throws IOException {
        if (!command.exitCodes().isEmpty() && !command.exitCodes().contains(exitCode)) {
            throw new IOException("the command " + command + " has ended with exit code " + exitCode + errorText()
                    + ". If that is no failure, use accept(" + exitCode + ")");
        }
    }

    /** Says what it has printed to its error stream, for a message. */
    public String errorText() {
        return error.lastLines();
    }

    /**
     * Ends it and all that it has started: asks them to end, and does not ask those that are still there after a moment. Returns
     * when it has ended. An interrupt stays for others to see.
     */
    void kill() {
        new Killing(process.toHandle(), mark).run();
        process.destroyForcibly(); // closes its streams
        RUNNING.remove(this);
    }

    /** As {@link #kill}, without asking. */
    public void killAtOnce() {
        new Killing(process.toHandle(), mark).withoutGrace();
        process.destroyForcibly();
        RUNNING.remove(this);
    }

    private static void killAll() {
        RUNNING.forEach(child -> new Killing(child.process.toHandle(), child.mark).kill());
    }
}
