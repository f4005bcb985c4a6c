package dev.bag.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/bag-shell}, from another directory and with the classes under test. */
class BagShellTest {

    @Test
    void computesAndShowsErrors(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("numbers.txt"), "1\n2\nthree\n2\n");
        String printed = shell(directory, """
                var numbers = TextFiles.read("*.txt")
                numbers.take(2)
                numbers.frequencies().toMap().compute().get("2")
                System.out.print(numbers.count().explain())
                record Word(String text) {}
                numbers.map(Word::new).countBy(word -> word).toMap().compute().get(new Word("2"))
                Delayed.call(() -> 6 * 7).compute()
                numbers.map(Integer::parseInt).named("parse").compute()
                """);
        assertThat(printed)
                .contains("bag: nothing runs until an action")
                .contains("numbers ==> Bag[1 partition: *.txt]")
                .contains("$2 ==> [1, 2]")
                .contains("$3 ==> 2")
                .contains("stage 1: 1 task")
                .contains("$6 ==> 2")
                .contains("$7 ==> 42")
                .contains("Exception dev.bag.BagException: map \"parse\" failed on numbers.txt, line 3")
                .contains("NumberFormatException: For input string: \"three\"");
    }

    private static String shell(Path directory, String commands) throws Exception {
        Path java = Path.of(System.getProperty("java.home"));
        assumeTrue(Files.isExecutable(java.resolve("bin/jshell")), "this JDK has no jshell");
        assumeTrue(Shell.isInstalled("bash"), "bash is not installed");
        Path script = Path.of("..", "bin", "bag-shell").toAbsolutePath().normalize();
        Map<String, String> environment =
                Map.of("JAVA_HOME", java.toString(), "BAG_CLASSPATH", System.getProperty("java.class.path"));
        return Shell.run(directory, environment, commands, script.toString());
    }
}
