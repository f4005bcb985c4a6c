package dev.bag.show;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** How wide the terminal is. */
public final class Terminal {

    private static final int USUAL = 80;
    private static final long PATIENCE_MILLIS = 500;

    private Terminal() {}

    /**
     * Returns how many cells a line of the terminal has: what the environment variable {@code COLUMNS} says, or {@code stty}; 80 if
     * neither does.
     */
    public static int columns() {
        int told = number(System.getenv().getOrDefault("COLUMNS", ""));
        return told > 0 ? told : asked();
    }

    /** The terminal itself; the standard input of this process may be something else, as in jshell. */
    private static int asked() {
        if (!System.getProperty("os.name", "").contains("Windows")) {
            try {
                Process process = new ProcessBuilder("sh", "-c", "stty size < /dev/tty")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                process.getOutputStream().close();
                if (process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                    try (InputStream out = process.getInputStream()) {
                        String said = new String(out.readAllBytes(), StandardCharsets.US_ASCII).strip();
                        int columns = number(said.substring(said.indexOf(' ') + 1));
                        return columns > 0 ? columns : USUAL;
                    }
                }
                process.destroyForcibly();
            } catch (IOException e) {
                return USUAL; // there is no sh
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return USUAL;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
