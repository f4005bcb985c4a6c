package dev.bag.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same program prints the same on Spark as here. */
class OnAClusterTest {

    @Test
    @Tag("P3")
    void theReportIsTheSameByteForByte(@TempDir Path folder) throws IOException {
        GenerateLogs.into(folder, 5_000);
        String logs = folder.toString();
        String here = printedBy(() -> AccessLogs.main(logs));
        assertThat(here).contains("Most wanted:").contains("Bad lines:");
        assertThat(printedBy(() -> OnACluster.main("local[2]", logs))).isEqualTo(here);
    }

    /** What is printed, without the time it took. */
    private static String printedBy(Runnable program) {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(before);
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        return text.substring(0, text.indexOf("Time: "));
    }
}
