package dev.bag.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documents become pages whose links lead somewhere; those to the Javadoc aside, which is not made here. */
class SiteTest {

    @TempDir
    Path folder;

    @Test
    void linksBetweenPagesLeadSomewhere() throws IOException {
        Site.writeDocuments(folder);
        assertThat(Site.brokenLinks(folder)).allMatch(link -> link.endsWith("api/index.html"));
        assertThat(folder.resolve("docs/performance.html")).content().contains("<table>", "<nav>");
        assertThat(folder.resolve("index.html")).content().contains("plan.svg");
    }

    @Test
    void aLinkThatLeadsNowhereIsFound() throws IOException {
        Files.writeString(
                folder.resolve("a.html"),
                "<a href=\"b.html\">b</a> <a href=\"#c\">c</a> <a id=\"d\" href=\"#d\">d</a>");
        assertThat(Site.brokenLinks(folder)).containsExactly("a.html: b.html", "a.html: #c");
    }
}
