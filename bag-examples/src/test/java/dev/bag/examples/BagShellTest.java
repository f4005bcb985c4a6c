package dev.bag.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/bag-shell}, from another directory and with the classes under test. */
class BagShellTest {

    private static final Path SCRIPT =
            Path.of("..", "bin", "bag-shell").toAbsolutePath().normalize();

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

    /** Java logs that it makes the folder for settings; here it has to, whatever this user has done before. */
    @Test
    void theWelcomeComesFirstAndTheGreetingRightAfterIt(@TempDir Path directory) throws Exception {
        String settings = "-J-Djava.util.prefs.userRoot=" + directory.resolve("settings");
        List<String> lines = shell(directory, "1 + 1\n", settings).lines().toList();
        assertThat(lines.get(0)).startsWith("|  Welcome to JShell");
        assertThat(lines.get(1)).endsWith("/help intro");
        assertThat(lines.get(2)).isEqualTo("|");
        assertThat(lines.get(3)).startsWith("|  bag: nothing runs until an action");
        assertThat(lines).filteredOn(line -> line.contains("bag: ")).hasSize(1);
        assertThat(lines).filteredOn(line -> line.endsWith("$1 ==> 2")).hasSize(1);
    }

    @Test
    void progressIsShownOnATerminal(@TempDir Path directory) throws Exception {
        Path commands = Files.writeString(directory.resolve("commands.jsh"), """
                Bag.range(0, 8, 8).peek(n -> Thread.sleep(250)).count().compute()
                /exit
                """);
        assumeTrue(Shell.isInstalled("script"), "script is not installed");
        String run = "stty cols 60; exec " + SCRIPT + " --feedback silent -R-Dbag.threads=2 " + commands;
        String printed = Shell.run(directory, environment(), "", "script", "-qec", run, "/dev/null");
        assertThat(printed).contains("\r").containsPattern("\\[#+\\.+] \\d+ %, .* a second, 0:0");
    }

    @Test
    void aSilentShellDoesNotGreet(@TempDir Path directory) throws Exception {
        assertThat(shell(directory, "System.out.println(Bag.of(1))\n/help\n/exit\n", "--feedback", "silent"))
                .contains("Bag[1 partition: 1 record]")
                .doesNotContain("bag: nothing runs");
    }

    private static String shell(Path directory, String commands, String... arguments) throws Exception {
        String[] command = Stream.concat(Stream.of(SCRIPT.toString()), Stream.of(arguments))
                .toArray(String[]::new);
        return Shell.run(directory, environment(), commands, command);
    }

    private static Map<String, String> environment() {
        Path java = Path.of(System.getProperty("java.home"));
        assumeTrue(Files.isExecutable(java.resolve("bin/jshell")), "this JDK has no jshell");
        assumeTrue(Shell.isInstalled("bash"), "bash is not installed");
        return Map.of("JAVA_HOME", java.toString(), "BAG_CLASSPATH", System.getProperty("java.class.path"));
    }
}
