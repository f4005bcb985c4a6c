package dev.bag.io.codec;

import dev.bag.io.file.ByteInput;
import dev.bag.io.file.FileBytes;
import dev.bag.io.file.InputFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Reads and makes compressed files, for tests. */
final class Decompressed {

    static final Decompression AUTO = Decompression.DEFAULT;

    private Decompressed() {}

    static byte[] read(Path file) throws IOException {
        return read(file, AUTO);
    }

    static byte[] read(Path file, Decompression decompression) throws IOException {
        try (FileBytes bytes = FileBytes.open(new InputFile(file, Files.size(file)))) {
            return read(bytes, decompression, 1000);
        }
    }

    /** Through a channel that gives bytes as it likes. */
    static byte[] read(Path file, SeekableByteChannel channel, int bufferLength) throws IOException {
        try (FileBytes bytes = new FileBytes(new InputFile(file, channel.size()), channel)) {
            return read(bytes, AUTO, bufferLength);
        }
    }

    static byte[] read(FileBytes bytes, Decompression decompression) throws IOException {
        return read(bytes, decompression, 1000);
    }

    private static byte[] read(FileBytes bytes, Decompression decompression, int bufferLength) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[bufferLength];
        try (ByteInput input = decompression.open(bytes)) {
            for (int n = input.read(buffer, 0, buffer.length); n >= 0; n = input.read(buffer, 0, buffer.length)) {
                if (n == 0) {
                    throw new IOException("0 bytes were read");
                }
                all.write(buffer, 0, n);
            }
        }
        return all.toByteArray();
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    static String[] words(String program, String option, String... more) {
        String[] words = new String[more.length + 2];
        words[0] = program;
        words[1] = option;
        System.arraycopy(more, 0, words, 2, more.length);
        return words;
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** What a program makes of its input. Empty if the program is not installed. */
    static Optional<byte[]> run(byte[] input, String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return Optional.empty();
        }
        Thread writer = new Thread(() -> {
            try (OutputStream out = process.getOutputStream()) {
                out.write(input);
            } catch (IOException e) {
                // the program did not want all of it
            }
        });
        writer.start();
        byte[] output;
        try (InputStream in = process.getInputStream()) {
            output = in.readAllBytes();
        }
        writer.join();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
        return Optional.of(output);
    }

    /** A channel over an array that gives one byte at a time, and none at every other call. */
    static SeekableByteChannel trickle(byte[] bytes) {
        return channel(bytes, 1, true);
    }

    /** A file that is not on a disk. */
    static SeekableByteChannel channel(byte[] bytes) {
        return channel(bytes, Integer.MAX_VALUE, false);
    }

    private static SeekableByteChannel channel(byte[] bytes, int mostAtOnce, boolean nothingNowAndThen) {
        return new SeekableByteChannel() {
            private int position;
            private boolean nothing;

            @Override
            public int read(ByteBuffer into) {
                nothing = nothingNowAndThen && !nothing;
                if (nothing) {
                    return 0;
                }
                if (position == bytes.length) {
                    return -1;
                }
                int count = Math.min(mostAtOnce, Math.min(into.remaining(), bytes.length - position));
                into.put(bytes, position, count);
                position += count;
                return count;
            }

            @Override
            public int write(ByteBuffer from) {
                throw new UnsupportedOperationException();
            }

            @Override
            public long position() {
                return position;
            }

            @Override
            public SeekableByteChannel position(long newPosition) {
                position = (int) newPosition;
                return this;
            }

            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public SeekableByteChannel truncate(long size) {
                throw new UnsupportedOperationException();
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
    }
}
