package dev.bag.io.file;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Opens pipes: opening one waits until something writes to it, which an interrupt cannot end. */
final class Pipe {

    private Pipe() {}

    /**
     * Opens a pipe or a device.
     *
     * @throws InterruptedIOException if the thread is interrupted meanwhile. Then another thread goes on waiting, and closes
     *     what it opens
     */
    static SeekableByteChannel open(Path path) throws IOException {
        CompletableFuture<SeekableByteChannel> opening = new CompletableFuture<>();
        Thread thread = new Thread(() -> open(path, opening), "bag opens " + path);
        thread.setDaemon(true);
        thread.start();
        try {
            return opening.get();
        } catch (InterruptedException e) {
            opening.cancel(false);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while opening " + path);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        }
    }

    private static void open(Path path, CompletableFuture<SeekableByteChannel> opening) {
        try {
            SeekableByteChannel channel = Files.newByteChannel(path);
            if (!opening.complete(channel)) {
                channel.close();
            }
        } catch (IOException | RuntimeException | Error e) {
            opening.completeExceptionally(e);
        }
    }
}
