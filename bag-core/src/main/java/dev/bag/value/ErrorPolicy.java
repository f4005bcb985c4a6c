package dev.bag.value;

import static java.util.Objects.requireNonNull;

import dev.bag.text.Digits;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What becomes of a record that cannot be read, or for which a function throws: see {@code Bag.onError}.
 *
 * @param action what is done
 * @param limit the most records that a run may skip; 0 if none is skipped
 * @param deadLetters the file in which skipped records are listed; present for {@link Action#DEAD_LETTER} only
 */
public record ErrorPolicy(Action action, long limit, Optional<Path> deadLetters) implements Serializable {

    /** What is done with such a record. */
    public enum Action {

        /** It fails the run. */
        FAIL,
        /** It is left out and counted. */
        SKIP,
        /** It is left out, counted, and listed in a file. */
        DEAD_LETTER
    }

    /** Checks that the parts belong together. */
    public ErrorPolicy {
        requireNonNull(action, "action");
        requireNonNull(deadLetters, "deadLetters");
        if (limit < 0) {
            throw new IllegalArgumentException(nameOf(action) + ": the limit is " + limit + ", and must be 0 or more");
        }
        if (deadLetters.isPresent() != (action == Action.DEAD_LETTER)) {
            throw new IllegalArgumentException("a file belongs to deadLetter(path, limit), and only to that");
        }
        if (action == Action.FAIL && limit > 0) {
            throw new IllegalArgumentException("fail() has no limit: use skip(" + limit + ")");
        }
    }

    /** Returns the policy that lets the first such record fail the run, as it is without a policy. */
    public static ErrorPolicy fail() {
        return new ErrorPolicy(Action.FAIL, 0, Optional.empty());
    }

    /**
     * Returns the policy that leaves such records out.
     *
     * @param limit the most records that a run may leave out; one more fails it
     * @throws IllegalArgumentException if {@code limit} is negative
     */
    public static ErrorPolicy skip(long limit) {
        return new ErrorPolicy(Action.SKIP, limit, Optional.empty());
    }

    /**
     * Returns the policy that leaves such records out and lists them in a file.
     *
     * @param path the file; see {@code Bag.onError} for what is in it
     * @param limit the most records that a run may leave out; one more fails it
     * @throws IllegalArgumentException if {@code limit} is negative
     */
    public static ErrorPolicy deadLetter(Path path, long limit) {
        return new ErrorPolicy(Action.DEAD_LETTER, limit, Optional.of(path));
    }

    /**
     * Returns the policy that leaves such records out and lists them in a file.
     *
     * @param path the file; see {@code Bag.onError} for what is in it
     * @param limit the most records that a run may leave out; one more fails it
     * @throws IllegalArgumentException if {@code limit} is negative
     * @throws java.nio.file.InvalidPathException if {@code path} is no path
     */
    public static ErrorPolicy deadLetter(String path, long limit) {
        return deadLetter(Path.of(path), limit);
    }

    /** Returns the call that makes this policy: {@code skip(10)}. */
    @Override
    public String toString() {
        return switch (action) {
            case FAIL -> nameOf(action) + "()";
            case SKIP -> nameOf(action) + "(" + Digits.grouped(limit) + ")";
            case DEAD_LETTER -> nameOf(action) + "(" + deadLetters.orElseThrow() + ", " + Digits.grouped(limit) + ")";
        };
    }

    private static String nameOf(Action action) {
        return switch (action) {
            case FAIL -> "fail";
            case SKIP -> "skip";
            case DEAD_LETTER -> "deadLetter";
        };
    }

    /** Neither optional values nor paths can be serialized, so the parts are. */
    private Object writeReplace() {
        return new Parts(action, limit, deadLetters.map(Parts::written).orElse(""));
    }

    private record Parts(Action action, long limit, String path) implements Serializable {

        private static final String URI_PREFIX = "uri:";
        private static final String PATH_PREFIX = "path:";

        private static String written(Path path) {
            return path.getFileSystem() == FileSystems.getDefault() ? PATH_PREFIX + path : URI_PREFIX + path.toUri();
        }

        private Object readResolve() {
            return new ErrorPolicy(
                    action,
                    limit,
                    Optional.of(path).filter(text -> !text.isEmpty()).map(Parts::read));
        }

        private static Path read(String written) {
            return written.startsWith(URI_PREFIX)
                    ? Path.of(URI.create(written.substring(URI_PREFIX.length())))
                    : Path.of(written.substring(PATH_PREFIX.length()));
        }
    }
}
