package dev.bag.show;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The page that draws runs: one file, which needs nothing else. The script in it draws what it is given as JSON. */
public final class Page {

    private static final String DATA = "@DATA@";

    private Page() {}

    /** Returns the page with {@code json}; if that is {@code null} in JSON, it gets it from {@code events} beside it, again and again. */
    public static String of(String json) {
        try (InputStream page = Page.class.getResourceAsStream("runs.html")) {
            if (page == null) {
                throw new IllegalStateException("runs.html is missing in the jar of bag-core");
            }
            return new String(page.readAllBytes(), StandardCharsets.UTF_8).replace(DATA, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
