package dev.bag.io.parts;

import dev.bag.io.codec.Limits.AfterFailure;
import dev.bag.io.file.InputFile;
import dev.bag.source.FileLoss;
import dev.bag.source.SourceException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;

/** The files that could not be read, of one part that is being read. */
public final class FileLosses {

    private final AfterFailure policy;
    private List<FileLoss> losses = List.of();

    public FileLosses(AfterFailure policy) {
        this.policy = policy;
    }

    /** Returns whether each file is read once before anything of it is handed out. */
    public boolean areFoundBefore() {
        return policy == AfterFailure.LEAVE_OUT;
    }

    /** Refuses to read a file twice that can be read only once. */
    public static void checkCanBeReadTwice(InputFile file) throws SourceException {
        if (file.isReadOnce()) {
            throw file.broken(
                    "this is a pipe or a device, and onFileError(SKIP_FILE) reads each file twice.\n"
                            + "  Copy it to a file first, or use KEEP_PREFIX.",
                    null);
        }
    }

    /**
     * A file has failed. Returns if it is left out from there on, and throws otherwise.
     *
     * @param begun whether something of it was handed out
     */
    public void passOver(InputFile file, IOException failure, boolean begun) throws IOException {
        boolean stays = policy == AfterFailure.FAIL || (policy == AfterFailure.LEAVE_OUT && begun);
        if (stays || !isOfFile(failure)) {
            throw failure;
        }
        SourceException told = failure instanceof SourceException known
                ? known
                : file.broken("the file cannot be read: " + failure, failure);
        losses = losses.isEmpty() ? new ArrayList<>(1) : losses;
        losses.add(new FileLoss(told, begun));
    }

    /** An interrupt closes the channel that a thread reads from; and a library that is missing is missing for all files. */
    private static boolean isOfFile(IOException failure) {
        return !(failure instanceof ClosedChannelException
                || failure instanceof InterruptedIOException
                || failure.getCause() instanceof LinkageError);
    }

    /** Returns them. */
    public List<FileLoss> all() {
        return List.copyOf(losses);
    }
}
