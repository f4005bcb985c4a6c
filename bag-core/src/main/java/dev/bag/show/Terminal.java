package dev.bag.show;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Whether there is a terminal, and how wide it is. */
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

    /**
     * Returns whether the error stream of this process is a terminal that can go back to the beginning of a line, whatever the
     * other streams are.
     */
    public static boolean isErrorStream() {
        return !"dumb".equals(System.getenv("TERM"))
                && (isWindows()
                        ? System.console() != null
                        : said("test -t 3 && echo yes").equals("yes"));
    }

    /** The terminal itself; the standard input of this process may be something else, as in jshell. */
    private static int asked() {
        String size = isWindows() ? "" : said("stty size < /dev/tty");
        int columns = number(size.substring(size.indexOf(' ') + 1));
        return columns > 0 ? columns : USUAL;
    }

    private static boolean isWindows() {
        return System.getProperty("os.name", "").contains("Windows");
    }

    /** Returns what a command prints whose stream 3 is the error stream of this process; nothing if there is no shell, or it takes long. */
    private static String said(String command) {
        try {
            Process process = new ProcessBuilder("sh", "-c", "exec 3>&2 2> /dev/null; " + command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            if (process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                try (InputStream out = process.getInputStream()) {
                    return new String(out.readAllBytes(), StandardCharsets.US_ASCII).strip();
                }
            }
            process.destroyForcibly();
        } catch (IOException e) {
            return ""; // there is no sh
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "";
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
