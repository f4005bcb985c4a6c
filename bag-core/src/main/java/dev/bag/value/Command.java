package dev.bag.value;

import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A program and how it is run: see {@code Bag.exec} and {@code Bag.pipe}. The words go to the program as they are; no shell
 * looks at them. For pipes and patterns name a shell: {@code Command.of("sh", "-c", "sort | uniq -c")}.
 *
 * <pre>{@code
 * Bag<CommandResult> sizes = images.exec(name -> Command.of("identify", name).timeout(Duration.ofSeconds(10)));
 * }</pre>
 *
 * <p>Immutable: each method returns another command.
 *
 * @param words the program, by its path or by a name that is looked for as the system does, and its arguments
 * @param directory the working directory; that of the JVM if empty
 * @param environment variables that are set for the program, besides those of the JVM
 * @param timeout how long the program may run; as long as it likes if empty
 * @param input what the program reads from its standard input, sent as UTF-8; nothing if empty
 * @param exitCodes those that are no failure; if there are none, no exit code is
 * @param mostHeld how many bytes of output are held at most; see {@link #mostHeld(String)}
 */
public record Command(
        List<String> words,
        Optional<Path> directory,
        Map<String, String> environment,
        Optional<Duration> timeout,
        Optional<String> input,
        Set<Integer> exitCodes,
        int mostHeld)
        implements Serializable {

    private static final int MOST_HELD = 16 << 20;
    /** How much of a long command is shown, and what a shell does not change. */
    private static final int MOST_CHARS = 200;

    private static final String PLAIN = "[\\w@%+=:,./-]+";

    /** Copies the collections and checks the parts. */
    public Command {
        words = List.copyOf(words);
        Objects.requireNonNull(directory, "directory");
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(input, "input");
        exitCodes = Collections.unmodifiableSet(new TreeSet<>(exitCodes));
        if (words.isEmpty() || words.get(0).isEmpty()) {
            throw new IllegalArgumentException("Command.of(): a program is needed; the first word is its name or path");
        }
        for (String word : words) {
            if (word.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("Command.of(…): the word \"" + word.replace("\0", "\\0")
                        + "\" has a null character, which ends it");
            }
        }
        if (timeout.isPresent() && (timeout.get().isNegative() || timeout.get().isZero())) {
            throw new IllegalArgumentException("timeout(" + timeout.get() + "): the time must be more than 0");
        }
        if (mostHeld < 1) {
            throw new IllegalArgumentException("mostHeld(" + mostHeld + "): at least 1 byte is needed");
        }
    }

    /**
     * Returns a command of a program and its arguments, with the working directory and the environment of the JVM.
     *
     * @param words the program first
     * @throws IllegalArgumentException if there are no words, the first is empty, or one has a null character
     */
    public static Command of(String... words) {
        return of(List.of(words));
    }

    /**
     * Returns a command of a program and its arguments, as {@link #of(String...)} does.
     *
     * @param words the program first
     * @throws IllegalArgumentException if there are no words, the first is empty, or one has a null character
     */
    public static Command of(List<String> words) {
        return new Command(words, Optional.empty(), Map.of(), Optional.empty(), Optional.empty(), Set.of(0), MOST_HELD);
    }

    /**
     * Returns this command in another working directory.
     *
     * @param newDirectory must exist when the program is started
     */
    public Command in(Path newDirectory) {
        return new Command(words, Optional.of(newDirectory), environment, timeout, input, exitCodes, mostHeld);
    }

    /**
     * Returns this command in another working directory.
     *
     * @param newDirectory must exist when the program is started
     * @throws java.nio.file.InvalidPathException if it is no path
     */
    public Command in(String newDirectory) {
        return in(Path.of(newDirectory));
    }

    /**
     * Returns this command with a variable of its environment.
     *
     * @param name of the variable
     * @param value takes the place of what the variable is for the JVM
     */
    public Command env(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return new Command(words, directory, more, timeout, input, exitCodes, mostHeld);
    }

    /**
     * Returns this command with a limit of its time. When it is over, the program and those that it has started are ended, and
     * the command has failed.
     *
     * @param limit more than 0
     * @throws IllegalArgumentException if {@code limit} is not more than 0
     */
    public Command timeout(Duration limit) {
        return new Command(words, directory, environment, Optional.of(limit), input, exitCodes, mostHeld);
    }

    /**
     * Returns this command with a text that the program reads from its standard input. For {@code exec} only: what a {@code
     * pipe} reads are the records.
     *
     * @param text sent as UTF-8
     */
    public Command input(String text) {
        return new Command(words, directory, environment, timeout, Optional.of(text), exitCodes, mostHeld);
    }

    /**
     * Returns this command with further exit codes that are no failure; 0 always is one. {@code grep} ends with 1 if it finds
     * nothing: {@code accept(1)}.
     *
     * @param codes the exit codes
     */
    public Command accept(int... codes) {
        Set<Integer> more = new TreeSet<>(exitCodes);
        if (!exitCodes.isEmpty()) {
            for (int code : codes) {
                more.add(code);
            }
        }
        return new Command(words, directory, environment, timeout, input, more, mostHeld);
    }

    /** Returns this command with every exit code accepted; look at {@link CommandResult#exitCode()}. */
    public Command acceptAll() {
        return new Command(words, directory, environment, timeout, input, Set.of(), mostHeld);
    }

    /**
     * Returns this command with another limit of the output that is held at once: by {@code exec} all of it, by {@code pipe} one
     * line. A program that prints more fails. By default 16 MiB.
     *
     * @param size such as {@code "100MB"}; less than 2 GiB; see {@link ByteSize}
     * @throws IllegalArgumentException if {@code size} is no size, less than 1 byte, or too large
     */
    public Command mostHeld(String size) {
        long bytes = ByteSize.parse("mostHeld", size);
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("mostHeld(\"" + size + "\"): less than 2 GiB are possible");
        }
        return new Command(words, directory, environment, timeout, input, exitCodes, (int) bytes);
    }

    /** Returns the words, as they would be typed for a shell, cut if they are many. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String word : words) {
            text.append(text.isEmpty() ? "" : " ");
            text.append(word.matches(PLAIN) ? word : "'" + word.replace("'", "'\\''") + "'");
            if (text.length() > MOST_CHARS) {
                text.setLength(MOST_CHARS);
                return text.append('…').toString();
            }
        }
        return text.toString();
    }

    /** Neither optional values nor paths can be serialized, so the parts are. */
    private Object writeReplace() {
        return new Parts(
                List.copyOf(words),
                directory.map(Path::toString).orElse(null),
                new TreeMap<>(environment),
                timeout.orElse(null),
                input.orElse(null),
                new TreeSet<>(exitCodes),
                mostHeld);
    }

    private record Parts(
            List<String> words,
            @Nullable String directory,
            TreeMap<String, String> environment,
            @Nullable Duration timeout,
            @Nullable String input,
            TreeSet<Integer> exitCodes,
            int mostHeld)
            implements Serializable {

        private Object readResolve() {
            return new Command(
                    words,
                    Optional.ofNullable(directory).map(Path::of),
                    environment,
                    Optional.ofNullable(timeout),
                    Optional.ofNullable(input),
                    exitCodes,
                    mostHeld);
        }
    }
}
