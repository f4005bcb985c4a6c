package dev.bag.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bag.Bag;
import dev.bag.Counter;
import dev.bag.Report;
import dev.bag.Runner;
import dev.bag.Timeline;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pages of runs that are over, and of those that go on. */
@Timeout(60)
class RunPageTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BEGIN = "<script type=\"application/json\" id=\"data\">";

    @TempDir
    private Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        for (int i = 0; i < 3; i++) {
            Files.writeString(folder.resolve("part-" + i + ".txt"), ("line </script> \"" + i + "\"\n").repeat(100));
        }
    }

    private Bag<String> lines() {
        return TextFiles.options().filesPerPartition(1).read(folder + "/part-*.txt");
    }

    private static JsonNode dataOf(String page) throws IOException {
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        return JSON.readTree(page.substring(begin, page.indexOf("</script>", begin)));
    }

    private Report report(Runner runner) {
        Counter seen = Counter.named("</script><b>\u2028\ud83d\ude00\ud83d");
        lines().peek(line -> seen.increment()).groupBy(String::length).count().compute(runner);
        return runner.lastReport().orElseThrow();
    }

    @Test
    void aPageHasAllOfTheReport() throws IOException {
        try (Runner runner = Runner.local().threads(2).build()) {
            Report report = report(runner);
            Path page = folder.resolve("report.html");
            report.writeHtml(page);
            JsonNode run = dataOf(Files.readString(page)).get(0);
            assertThat(run.get("run").asLong()).isEqualTo(report.run());
            assertThat(run.get("what").asText()).isEqualTo(report.what());
            assertThat(run.get("state").asText()).isEqualTo("done");
            assertThat(run.get("elapsed").asDouble()).isEqualTo(report.elapsed().toNanos() / 1e9);
            assertThat(run.get("stages").findValuesAsText("records")).containsExactly("300", "1");
            assertThat(run.get("stages").findValuesAsText("bytes"))
                    .containsExactly(String.valueOf(report.bytesRead()), "0");
            assertThat(run.get("tasks")).hasSize(report.timeline().tasks().size());
            assertThat(run.get("numbers").toString())
                    .contains("[\"records read\",\"300\"]")
                    .contains(JSON.writeValueAsString( // half a pair cannot be shown
                            List.of("counter </script><b>\u2028\ud83d\ude00\ufffd", "300")));
            assertThat(run.get("tasks").findValuesAsText("reads"))
                    .contains(folder + "/part-0.txt", folder + "/part-1.txt", folder + "/part-2.txt");
            assertThatThrownBy(() -> report.writeHtml(folder.resolve("none/report.html")))
                    .hasMessageContaining("none/report.html): the file cannot be written");
        }
    }

    /** It is read by one thread and split by others. */
    @Test
    void aCompressedFileIsOfItsStage() throws IOException {
        Path file = folder.resolve("lines.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("line\n".repeat(500_000).getBytes(UTF_8));
        }
        try (Runner runner = Runner.local().threads(2).build()) {
            TextFiles.read(file.toString()).count().compute(runner);
            Report report = runner.lastReport().orElseThrow();
            Timeline.Stage stage = report.timeline().stages().get(0);
            assertThat(stage.recordsRead()).isEqualTo(500_000);
            assertThat(stage.bytesRead()).isEqualTo(Files.size(file)).isEqualTo(report.bytesRead());
        }
    }

    @Test
    void aBrowserDrawsIt() throws Exception {
        Assumptions.assumeTrue(
                List.of(System.getenv("PATH").split(":")).stream()
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "chromium"))),
                "chromium is not installed");
        try (Runner runner = Runner.local().threads(2).build()) {
            Report report = report(runner);
            Path page = folder.resolve("report.html");
            report.writeHtml(page);
            Path printed = folder.resolve("dom.html");
            Process browser = new ProcessBuilder(
                            "chromium",
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--dump-dom",
                            page.toUri().toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectOutput(printed.toFile())
                    .start();
            assertThat(browser.waitFor()).isZero();
            String dom = Files.readString(printed);
            assertThat(dom.split("<rect ", -1))
                    .hasSize(report.timeline().tasks().size() + 1);
            assertThat(dom).contains("Run " + report.run() + " was successful").contains("<h2>Longest tasks</h2>");
        }
    }

    private static HttpResponse<String> get(String url, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Returns the first line of the answer to a request that a program has written by hand. */
    private static String answer(URI url, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", url.getPort())) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
        }
    }

    @Test
    void onlyThoseThatKnowThePathGetTheLivePage() throws Exception {
        Runner runner = Runner.local().threads(1).dashboard().build();
        URI url = URI.create(runner.dashboardUrl());
        try (runner) {
            assertThat(url.getHost()).isEqualTo("127.0.0.1");
            assertThat(url.getPath()).hasSizeGreaterThan(30);
            assertThat(get(url.toString()).body()).contains(BEGIN + "null</script>");
            assertThat(get(url.resolve("/").toString()).statusCode()).isEqualTo(HttpURLConnection.HTTP_NOT_FOUND);
            assertThat(get(url + "other").statusCode()).isEqualTo(HttpURLConnection.HTTP_NOT_FOUND);
            assertThat(get(url.toString(), "Origin", "http://elsewhere.example").statusCode())
                    .isEqualTo(HttpURLConnection.HTTP_FORBIDDEN);
            assertThat(get(url.toString(), "Origin", "http://" + url.getAuthority())
                            .statusCode())
                    .isEqualTo(HttpURLConnection.HTTP_OK);
            String path = url.getPath();
            assertThat(answer(url, "GET " + path + " HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n"))
                    .contains("403");
            assertThat(answer(url, "GET " + path + " HTTP/1.0\r\n\r\n")).contains("403");
            assertThat(answer(url, "POST " + path + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\n\r\n"))
                    .contains("405");
        }
        assertThatThrownBy(() -> get(url.toString())).isInstanceOf(IOException.class);
        try (Runner without = Runner.local().build()) {
            assertThatThrownBy(without::dashboardUrl).hasMessageContaining("Build it with Runner.local().dashboard()");
        }
    }

    @Test
    void theLivePageGetsRunsAsTheyGoOn() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        try (Runner runner = Runner.local().threads(2).dashboard().build();
                BufferedReader events = new BufferedReader(new InputStreamReader(
                        URI.create(runner.dashboardUrl() + "events").toURL().openStream(), UTF_8))) {
            CompletableFuture<Long> run =
                    lines().peek(line -> seen.await()).count().computeAsync(runner);
            JsonNode runs = next(events);
            while (runs.isEmpty()) {
                runs = next(events);
            }
            assertThat(runs.get(0).get("state").asText()).isEqualTo("running");
            assertThat(runs.get(0).get("what").asText()).contains("count");
            seen.countDown();
            assertThat(run.get()).isEqualTo(300);
            while (runs.get(0).get("state").asText().equals("running")) {
                runs = next(events);
            }
            assertThat(runs).hasSize(1);
            assertThat(runs.get(0).get("state").asText()).isEqualTo("done");
            assertThat(runs.get(0).get("stages").get(0).get("ended").asInt()).isEqualTo(3);
        }
    }

    private static JsonNode next(BufferedReader events) throws IOException {
        String line = events.readLine();
        while (!line.startsWith("data: ")) {
            line = events.readLine();
        }
        return JSON.readTree(line.substring(6));
    }
}
