package dev.bag.process;

import dev.bag.value.ByteSize;
import dev.bag.value.Command;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;

/** What pumps have in common: bytes to text, and what is said when a child does not do as it should. */
final class Pumps {

    private Pumps() {}

    /** Writes {@code bytes} and closes. That a program does not read all of its input is no error: it decides what it needs. */
    static void writeAll(byte[] bytes, OutputStream input) {
        try (input) {
            input.write(bytes);
        } catch (IOException e) {
            // the pipe is broken
        }
    }

    static String text(byte[] bytes, int from, int to, Command command) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException(
                    "the command " + command + " prints bytes that are not UTF-8."
                            + " Let it print UTF-8, for example with env(\"LC_ALL\", \"C.UTF-8\")",
                    e);
        }
    }

    static IOException tooMuch(Command command, String what) {
        return new IOException("the command " + command + " prints " + what + " "
                + ByteSize.format(command.mostHeld())
                + ". To hold more, use mostHeld(…); output of any size, in lines, is for pipe(…)");
    }

    static TimeoutException timeout(Child child) {
        return new TimeoutException("the command " + child.command() + " was ended after "
                + seconds(child.command()) + ", its time limit" + child.errorText()
                + ". To let it run longer, use timeout(…)");
    }

    private static String seconds(Command command) {
        double seconds = command.timeout().orElseThrow().toMillis() / 1e3;
        return (seconds == Math.rint(seconds) ? String.valueOf((long) seconds) : String.valueOf(seconds)) + " s";
    }
}
