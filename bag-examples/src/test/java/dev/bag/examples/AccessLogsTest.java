package dev.bag.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of {@link AccessLogs} on generated logs says what awk and sort say. */
class AccessLogsTest {

    /** Prints the lines that are hits; in the generated logs each of the others has another number of words. */
    private static final String GOOD = "zcat access-*.gz | awk '$9 ~ /^[1-5][0-9][0-9]$/'";

    @TempDir
    private static Path logs;

    private static List<String> report;

    @BeforeAll
    static void analyse() {
        GenerateLogs.into(logs, 5_000);
        report = Shell.printedBy(() -> AccessLogs.main(logs.toString()))
                .replace(",", "")
                .replace("%", "")
                .replace("…", "")
                .lines()
                .map(line -> line.strip().replaceAll("\\s+", " "))
                .toList();
    }

    @Test
    void hoursAreThoseOfAwk() throws Exception {
        List<String> hours = Shell.script(logs, GOOD + """
                 | awk '{
                  split(substr($4, 2), t, /[\\/:]/)
                  month = (index("JanFebMarAprMayJunJulAugSepOctNovDec", t[2]) + 2) / 3
                  hour = sprintf("%s-%02d-%sT%s:00", t[3], month, t[1], t[4])
                  hits[hour]++; bytes[hour] += $10; errors[hour] += $9 >= 400
                } END {
                  for (h in hits) printf "%s %d %.0f %.2f\\n", h, hits[h], bytes[h], 100 * errors[h] / hits[h]
                }' | sort""");
        assertThat(hours).hasSize(48);
        assertThat(section("Hour Hits Bytes Errors")).isEqualTo(hours);
    }

    @Test
    void pathsAreThoseOfSortAndUniq() throws Exception {
        List<String> paths = Shell.script(
                logs,
                GOOD + " | awk '{ split($7, p, \"?\"); print p[1] }' | sort | uniq -c | sort -k1,1nr -k2,2"
                        + " | awk 'NR <= 10 { print $1, $2 }'");
        assertThat(paths).hasSize(10);
        assertThat(section("Most wanted:")).isEqualTo(paths);
    }

    @Test
    void badLinesAreThoseOfAwk() throws Exception {
        List<String> bad = Shell.script(logs, """
                for file in access-*.gz; do
                  zcat $file | awk -v file=$PWD/$file '
                    $9 !~ /^[1-5][0-9][0-9]$/ { print file " line " NR ": " substr($0, 1, 50) }'
                done""");
        assertThat(bad).hasSize(8);
        assertThat(section("Bad lines: 8"))
                .isEqualTo(bad.subList(0, 5).stream()
                        .map(line -> line.replace(",", "").replaceAll("\\s+", " "))
                        .toList());
    }

    @Test
    void withoutArgumentsLogsAreGenerated() {
        String printed = Shell.printedBy(AccessLogs::main);
        assertThat(printed)
                .contains("Bag[4 partitions: target/access-logs > parse]")
                .contains("2024-06-01T14:00")
                .contains("Bad lines: 8");
        assertThat(Path.of("target/access-logs")).isDirectoryContaining("glob:**/access-4.log.gz");
    }

    @Test
    void theSameLogsAreGeneratedEachTime(@TempDir Path others) throws Exception {
        GenerateLogs.into(others, 5_000);
        for (int i = 1; i <= 4; i++) {
            String name = "access-" + i + ".log.gz";
            assertThat(others.resolve(name)).hasSameBinaryContentAs(logs.resolve(name));
        }
        try (var files = Files.list(others)) {
            assertThat(files).hasSize(4);
        }
    }

    /** The lines under a heading. */
    private List<String> section(String heading) {
        assertThat(report).contains(heading);
        return report.subList(report.indexOf(heading) + 1, report.size()).stream()
                .takeWhile(line -> !line.isEmpty())
                .toList();
    }
}
