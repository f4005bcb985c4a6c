package dev.bag.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.bag.Bag;
import dev.bag.BagException;
import dev.bag.RunListener;
import dev.bag.Runner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Examples that need libraries of their own. */
class MoreJobsTest {

    @TempDir
    private Path folder;

    private void writePdf(String name, List<List<String>> pages) throws IOException {
        try (PDDocument document = new PDDocument()) {
            for (List<String> lines : pages) {
                PDPage page = new PDPage();
                document.addPage(page);
                try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                    content.setFont(new PDType1Font(FontName.HELVETICA), 12);
                    content.beginText();
                    content.newLineAtOffset(50, 700);
                    for (String line : lines) {
                        content.showText(line);
                        content.newLineAtOffset(0, -15);
                    }
                    content.endText();
                }
            }
            document.save(folder.resolve(name).toFile());
        }
    }

    @Test
    void wordsOfPdfsAreThoseThatWereDrawn() throws Exception {
        for (int i = 0; i < 4; i++) {
            writePdf(
                    i + ".pdf",
                    List.of(List.of("To be, or not to be:", "that is the question."), List.of("Be it " + i)));
        }
        Files.writeString(folder.resolve("broken.pdf"), "%PDF-1.7 and nothing that follows");
        List<String> printed =
                Shell.printedBy(() -> PdfTexts.main(folder + "/*.pdf")).lines().toList();
        assertThat(printed).startsWith("12 be", "8 to").hasSize(9);
        assertThat(printed.subList(2, 9))
                .containsExactlyInAnyOrder("4 or", "4 not", "4 that", "4 is", "4 the", "4 question", "4 it");
    }

    /** A run that succeeds after a second attempt, and one that fails. */
    private static void runTwice(RunListener listener) {
        AtomicBoolean isFirst = new AtomicBoolean(true);
        try (Runner runner =
                Runner.local().threads(2).retries(1).listener(listener).build()) {
            Bag.range(0, 100, 4)
                    .peek(n -> {
                        if (n == 7 && isFirst.getAndSet(false)) {
                            throw new IOException("busy");
                        }
                    })
                    .countBy(n -> n % 3)
                    .toMap()
                    .compute(runner);
            assertThatThrownBy(() -> Bag.of("1", "x").map(Integer::parseInt).compute(runner))
                    .isInstanceOf(BagException.class);
        }
    }

    @Test
    void metersCountRuns() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        runTwice(new RunMeters(registry));
        assertThat(registry.get("bag.runs").tag("outcome", "success").timer().count())
                .isEqualTo(1);
        assertThat(registry.get("bag.runs").tag("outcome", "failure").timer().count())
                .isEqualTo(1);
        assertThat(registry.get("bag.records.read").counter().count()).isBetween(100.0, 102.0);
        assertThat(registry.get("bag.tasks.retried").counter().count()).isBetween(1.0, 3.0);
    }

    @Test
    void spansAreRunsAndStages() {
        InMemorySpanExporter exporter = InMemorySpanExporter.create();
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                .build();
        runTwice(new RunSpans(provider.get("bag")));
        List<SpanData> spans = exporter.getFinishedSpanItems();
        provider.close();
        List<SpanData> runs = spans.stream()
                .filter(span -> !span.getParentSpanContext().isValid())
                .toList();
        assertThat(runs)
                .extracting(SpanData::getName)
                .containsExactly("range 0..100 > peek > countBy > toMap", "2 records > map > compute");
        assertThat(runs)
                .extracting(run -> run.getStatus().getStatusCode())
                .containsExactly(StatusCode.UNSET, StatusCode.ERROR);
        assertThat(runs.get(0).getEvents()).hasSize(1);
        assertThat(spans)
                .filteredOn(span -> span.getParentSpanId().equals(runs.get(0).getSpanId()))
                .hasSize(2)
                .allSatisfy(stage -> assertThat(stage.getName()).contains("countBy"));
    }

    /** Writes zips; returns the text of each file by the name that its document has. */
    private Map<String, String> writeZips() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (int zip = 0; zip < 3; zip++) {
            Path file = folder.resolve(zip + ".zip");
            try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
                for (int i = 0; i < 2_500; i++) {
                    String name = "drop/" + i % 7 + "/" + i + ".txt";
                    out.putNextEntry(new ZipEntry(name));
                    out.write(("file " + i + " of " + zip).getBytes(UTF_8));
                    texts.put(file + "!/" + name, "file " + i + " of " + zip);
                }
            }
        }
        return texts;
    }

    @Test
    void eachFileOfAZipIsADocumentOnce() throws Exception {
        Map<String, String> texts = writeZips();
        MongoServer server = new MongoServer(new MemoryBackend());
        try {
            String address = "mongodb://127.0.0.1:" + server.bind().getPort();
            for (int run = 0; run < 2; run++) {
                assertThat(Shell.printedBy(() -> FilesInMongo.main(address, "drops", folder + "/*.zip"))
                                .strip())
                        .isEqualTo("7500");
            }
            try (MongoClient client = MongoClients.create(address)) {
                Map<String, String> found = new TreeMap<>();
                for (Document each :
                        client.getDatabase("drops").getCollection("files").find()) {
                    found.put(each.getString("_id"), each.getString("text"));
                    assertThat(each.getInteger("length"))
                            .isEqualTo(each.getString("text").length());
                }
                assertThat(found).isEqualTo(texts);
            }
        } finally {
            server.shutdownNow();
        }
    }
}
