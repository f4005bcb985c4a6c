package dev.bag.examples;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import jdk.jshell.tool.JavaShellToolBuilder;

/** {@code jshell} that says a word about bag after its own welcome; {@code bin/bag-shell} starts it. */
public final class BagShell {

    private static final String GREETING = """
            |
            |  bag: nothing runs until an action, such as take, compute or forEach.
            |    var lines = TextFiles.read("logs/*.gz")      files, directories or patterns
            |    lines.take(5).forEach(System.out::println)   the first lines
            |    lines.map(line -> line.split(" ")[0]).frequencies().topByValue(3).compute()
            |    System.out.print(lines.count().explain())    how it would run
            |    dev.bag.examples.GenerateLogs.main("logs")   makes logs to try it on
            |  /help is about jshell, /exit leaves.
            """;

    private BagShell() {}

    public static void main(String... arguments) throws Exception {
        Charset charset = Charset.forName(
                System.getProperty("stdout.encoding", Charset.defaultCharset().name()));
        PrintStream commands = new PrintStream(new AfterWelcome(System.out, GREETING.getBytes(charset)), true, charset);
        System.exit(JavaShellToolBuilder.builder()
                .interactiveTerminal(true)
                .out(commands, System.out, System.out)
                .start(arguments));
    }

    /** Writes a text after the last line of jshell's welcome, which ends the same in every language, and once only. */
    private static final class AfterWelcome extends FilterOutputStream {

        private static final String LAST_WORDS = "/help intro";

        private final byte[] text;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private boolean isWritten;

        AfterWelcome(OutputStream out, byte[] text) {
            super(out);
            this.text = text;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            if (isWritten) {
                return;
            }
            line.write(b);
            if (b == '\n') {
                if (line.toString(Charset.defaultCharset()).strip().endsWith(LAST_WORDS)) {
                    out.write(text);
                    isWritten = true;
                }
                line.reset();
            }
        }
    }
}
