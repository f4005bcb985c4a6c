package dev.bag.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.Bag;
import dev.bag.BagException;
import dev.bag.Runner;
import dev.bag.io.WebServer.Asked;
import dev.bag.io.WebServer.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of web servers that do what they should, and of others. */
class WebFilesTest {

    private static final List<String> LINES =
            IntStream.range(0, 40).mapToObj(i -> "line " + i * i).toList();
    private static final byte[] FILE = LINES.stream()
            .map(line -> line + "\n")
            .collect(Collectors.joining())
            .getBytes(UTF_8);

    private static final UnaryOperator<Response> TAGGED = response -> response.with("ETag", "\"v1\"");

    private static Response good(Asked asked) {
        return TAGGED.apply(WebServer.file(asked, FILE));
    }

    private static Response withoutRanges(Asked asked) {
        return WebServer.whole(FILE).with("ETag", "\"v1\"");
    }

    private static Bag<String> read(WebServer server) {
        return TextFiles.options().blockSize(50).read(server.url("/dir/x.log"));
    }

    @Test
    @Tag("P1")
    void readsByRangesAsALocalFileIsRead() throws IOException {
        try (WebServer server = new WebServer(WebFilesTest::good)) {
            for (int block : new int[] {1, 7, 50, 10_000}) {
                Bag<String> lines = TextFiles.options().blockSize(block).read(URI.create(server.url("/x.log")));
                assertThat(lines.partitionCount()).isEqualTo((FILE.length + block - 1) / block);
                assertThat(lines.compute()).isEqualTo(LINES);
            }
            assertThat(server.asked()).allMatch(asked -> asked.method().equals("GET"));
            assertThat(server.asked().get(0).headers()).containsEntry("range", "bytes=0-0");
            assertThat(server.asked().get(1).headers()).containsEntry("if-range", "\"v1\"");
        }
    }

    @Test
    void readsWithoutRangesFromTheBeginningOn() throws IOException {
        try (WebServer server = new WebServer(WebFilesTest::withoutRanges)) {
            assertThat(read(server).partitionCount()).isEqualTo(1);
            assertThat(read(server).compute()).isEqualTo(LINES);
        }
        try (WebServer server = new WebServer(asked -> withoutRanges(asked).without("Content-Length"))) {
            assertThat(read(server).compute()).isEqualTo(LINES);
            assertThat(read(server).explain()).contains("how large it is turns out when it is read");
        }
    }

    @Test
    void readsEachFormat() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(FILE);
        }
        Map<String, byte[]> files = Map.of(
                "/x.gz", compressed.toByteArray(),
                "/x.csv", "a,b\n1,2\n".getBytes(UTF_8),
                "/x.json", "{\"a\":1}\n".getBytes(UTF_8),
                "/empty", new byte[0]);
        try (WebServer server = new WebServer(
                asked -> WebServer.file(asked, files.get(asked.path().split("\\?")[0])))) {
            assertThat(TextFiles.read(server.url("/x.gz?key=1")).compute()).isEqualTo(LINES);
            assertThat(TextFiles.read(server.url("/empty")).compute()).isEmpty();
            assertThat(CsvFiles.read(server.url("/x.csv"))
                            .map(row -> row.get("b"))
                            .compute())
                    .containsExactly("2");
            assertThat(JsonLines.read(server.url("/x.json"))
                            .map(node -> node.get("a").asInt())
                            .compute())
                    .containsExactly(1);
            assertThat(WholeFiles.read(server.url("/x.csv"))
                            .map(FileContent::text)
                            .compute())
                    .containsExactly("a,b\n1,2\n");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 50, 100, 300, 400})
    @Tag("P1")
    void goesOnWhereTheConnectionBroke(int after) throws IOException {
        AtomicInteger count = new AtomicInteger();
        try (WebServer server = new WebServer(asked ->
                count.getAndIncrement() % 2 == 0 ? good(asked) : good(asked).cut(after))) {
            assertThat(TextFiles.options().blockSize(200).read(server.url("/x")).compute())
                    .isEqualTo(LINES);
        }
    }

    @Test
    void givesUpAServerThatSendsNothing() throws IOException {
        try (WebServer server = new WebServer(WebFilesTest::good)) {
            Bag<String> lines = read(server);
            server.handle(asked -> good(asked).cut(0));
            assertThatThrownBy(lines::compute)
                    .isInstanceOf(BagException.class)
                    .hasMessageContaining("x.log: the file cannot be read on at byte 0, after 5 attempts: ");
        }
    }

    @Test
    void aBrokenConnectionWithoutRangesIsAnErrorThatATaskMayTryAgain() throws IOException {
        AtomicInteger count = new AtomicInteger();
        Function<Asked, Response> handler =
                asked -> count.getAndIncrement() == 1 ? withoutRanges(asked).cut(100) : withoutRanges(asked);
        try (WebServer server = new WebServer(handler)) {
            assertThatThrownBy(() -> read(server).compute())
                    .hasMessageContaining("the connection broke at byte 100")
                    .hasMessageContaining("retries");
            count.set(0);
            try (Runner runner = Runner.local().retries(1).build()) {
                assertThat(read(server).compute(runner)).isEqualTo(LINES);
            }
        }
    }

    @Test
    @Tag("P17")
    void aFileThatHasChangedIsAnError() throws IOException {
        byte[] other = new String(FILE, UTF_8).replace("line", "LINE").getBytes(UTF_8);
        try (WebServer server = new WebServer(WebFilesTest::good)) {
            Bag<String> lines = read(server);
            server.handle(asked -> WebServer.whole(other).with("ETag", "\"v2\"")); // what If-Range makes of it
            assertThatThrownBy(lines::compute)
                    .hasMessageContaining(
                            "/dir/x.log: the file has changed: its ETag was \"v1\" when the bag was built,"
                                    + " and is \"v2\" now.\n  Leave out files that are still being written");
            server.handle(asked -> WebServer.file(asked, other).with("ETag", "\"v2\""));
            assertThatThrownBy(lines::compute).hasMessageContaining("the file has changed: its ETag");
            server.handle(asked -> WebServer.file(asked, (new String(FILE, UTF_8) + "more").getBytes(UTF_8)));
            assertThatThrownBy(lines::compute).hasMessageContaining("its size in bytes was 354 when");
            server.handle(asked -> WebServer.status(416).with("Content-Range", "bytes */3"));
            assertThatThrownBy(lines::compute).hasMessageContaining("and is 3 now");
            server.handle(asked -> WebServer.status(404));
            assertThatThrownBy(lines::compute).hasMessageContaining("x.log: there is no such file (HTTP status 404).");
        }
        try (WebServer server = new WebServer(
                asked -> WebServer.file(asked, FILE).with("Last-Modified", "Sun, 01 Nov 2026 00:00:00 GMT"))) {
            Bag<String> lines = read(server);
            server.handle(asked -> WebServer.file(asked, FILE).with("Last-Modified", "Mon, 02 Nov 2026 00:00:00 GMT"));
            assertThatThrownBy(lines::compute).hasMessageContaining("its Last-Modified was Sun, 01 Nov");
        }
    }

    /** Each line is what the server does after the bag was built, and what the message says of it. */
    @Test
    @Tag("P8")
    void findsOutWhatAServerDoesWrong() throws IOException {
        try (WebServer server = new WebServer(WebFilesTest::good)) {
            Bag<String> lines = read(server);
            Map<Function<Asked, Response>, String> lies = Map.of(
                    WebFilesTest::withoutRanges,
                    "the server sends the whole file, though it was asked for a part",
                    asked -> good(asked).with("Content-Range", "bytes 1-9/354"),
                    "the server sends others: Content-Range is \"bytes 1-9/354\"",
                    asked -> good(asked).without("Content-Range"),
                    "the server sends others: Content-Range is \"\"",
                    asked -> good(asked).with("Content-Range", "bytes 0-9/*"),
                    "and Content-Length",
                    asked -> good(asked).with("Content-Range", "bytes 0-9/12"),
                    "and is 12 now",
                    asked -> good(asked).with("Content-Encoding", "gzip"),
                    "the server sends the file with Content-Encoding gzip, though it was asked for the file as it is",
                    asked -> tooMuch(good(asked)),
                    "the server sends more bytes than it says",
                    asked -> good(asked).with("Content-Length", "999999"),
                    "and Content-Length 999999");
            lies.forEach((lie, message) -> {
                server.handle(lie);
                assertThatThrownBy(lines::compute)
                        .isInstanceOf(BagException.class)
                        .hasMessageContaining(message);
            });
        }
        try (WebServer server = new WebServer(asked -> good(asked).with("Content-Range", "bytes 5-5/354"))) {
            assertThatThrownBy(() -> read(server))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("asked for the first byte, the server sends other bytes");
        }
    }

    private static Response tooMuch(Response response) {
        byte[] more = java.util.Arrays.copyOf(response.body(), response.body().length + 1);
        return new Response(response.status(), response.headers(), more).without("Content-Length");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | the server wants to know who reads (HTTP status 401).",
                "403 | the server does not permit to read the file (HTTP status 403).",
                "400 | the server refuses the request (HTTP status 400).",
                "304 | the server refers to another place, but not to which (HTTP status 304)."
            })
    void saysInWordsWhatAStatusMeans(int status, String words) throws IOException {
        try (WebServer server = new WebServer(asked -> WebServer.status(status))) {
            assertThatThrownBy(() -> read(server))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageStartingWith(server.url("/dir/x.log") + ": " + words);
        }
    }

    @Test
    void aFileThatDoesNotExistIsOneOfNoName() throws IOException {
        try (WebServer server = new WebServer(asked -> WebServer.status(404))) {
            assertThatThrownBy(() -> read(server))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(server.url("/dir/x.log") + ": there is no such file, says the server.\n"
                            + "  To read nothing without an error, use allowEmpty().");
            assertThat(TextFiles.options().allowEmpty().read(server.url("/x")).compute())
                    .isEmpty();
        }
    }

    @Test
    void asksAgainWhenAServerIsOverloaded() throws IOException {
        AtomicInteger count = new AtomicInteger();
        try (WebServer server = new WebServer(asked -> switch (count.getAndIncrement()) {
            case 0, 2 -> WebServer.status(503).with("Retry-After", "0");
            case 1, 4 -> WebServer.status(429);
            case 5 -> null; // the connection is closed
            default -> good(asked);
        })) {
            assertThat(read(server).compute()).isEqualTo(LINES);
            server.handle(asked -> WebServer.status(503).with("Retry-After", "3600"));
            assertThatThrownBy(() -> read(server))
                    .hasMessageContaining(
                            "the server is overloaded (HTTP status 503), and asks to wait for 3600 seconds");
        }
    }

    @Test
    void followsReferencesAndSendsHeadersOnlyWhereTheyBelong() throws IOException {
        try (WebServer target = new WebServer(WebFilesTest::good);
                WebServer server = new WebServer(asked -> asked.path().equals("/a")
                        ? WebServer.status(302).with("Location", "/b")
                        : WebServer.status(307).with("Location", target.url("/c?signed=1")))) {
            Bag<String> lines =
                    TextFiles.options().httpHeader("Authorization", "secret").read(server.url("/a"));
            assertThat(lines.compute()).isEqualTo(LINES);
            assertThat(server.asked())
                    .allMatch(asked -> "secret".equals(asked.headers().get("authorization")));
            assertThat(target.asked()).noneMatch(asked -> asked.headers().containsKey("authorization"));
        }
        try (WebServer server = new WebServer(asked -> WebServer.status(301).with("Location", "/x"))) {
            assertThatThrownBy(() -> read(server))
                    .hasMessageContaining("the server refers to other places again and again");
        }
        try (WebServer server = new WebServer(asked -> WebServer.status(301).with("Location", "file:/etc/passwd"))) {
            assertThatThrownBy(() -> read(server)).hasMessageContaining("which is not a web server");
        }
    }

    @Test
    void namesHaveNoSecrets() throws IOException {
        try (WebServer server = new WebServer(WebFilesTest::good)) {
            String uri = "http://user:word@127.0.0.1:" + server.port() + "/x.log?key=secret#part";
            String shown = server.url("/x.log?…");
            Bag<String> lines = TextFiles.read(uri);
            assertThat(lines.toString()).contains(shown);
            assertThat(TextFiles.options()
                            .readWithSource(uri)
                            .first()
                            .orElseThrow()
                            .file())
                    .isEqualTo(shown);
            assertThatThrownBy(() -> lines.map(Integer::parseInt).compute())
                    .hasMessageContaining(shown + ", line 1")
                    .hasMessageNotContaining("secret")
                    .hasMessageNotContaining("word");
            assertThat(server.asked())
                    .allMatch(asked -> asked.headers().get("authorization").equals("Basic dXNlcjp3b3Jk")
                            && asked.path().equals("/x.log?key=secret"));
        }
    }

    @Test
    void refusesWhatCannotBeAsked() {
        assertThatThrownBy(() -> TextFiles.options().httpHeader("Range", "x"))
                .hasMessage("httpHeader(\"Range\", ...): this header is set by the reader");
        assertThatThrownBy(() -> TextFiles.options().httpHeader("a b", "x"))
                .hasMessage("httpHeader(\"a b\", ...): this is not the name of a header");
        assertThatThrownBy(() -> TextFiles.options().httpHeader("a", "x\r\nb: c"))
                .hasMessageStartingWith("httpHeader(\"a\", ...): the value has a control character");
        assertThatThrownBy(() -> TextFiles.read("http://127.0.0.1:1/x"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("http://127.0.0.1:1/x: the server cannot be asked for the file: ");
        assertThatThrownBy(() -> TextFiles.read("http:/x")).hasMessageContaining("the URI names no host");
    }
}
