// spotless:off
//JAVA 17+
//DEPS dev.bag:bag-io:0.1.0-SNAPSHOT
//SOURCES Usage.java
// spotless:on
package dev.bag.examples;

import dev.bag.Delayed;
import dev.bag.io.TextFiles;
import dev.bag.value.Pair;
import dev.bag.value.Retry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Downloads many pages. Calls that wait are {@code blocking}: they have threads of their own, so that many wait at the same time.
 * A page that fails is asked for again after a while, and given up in the end without the others.
 *
 * <p>Arguments: files with a URL a line.
 */
public final class Downloads {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private static final Retry FIVE_TIMES = Retry.times(5)
            .backoff(Duration.ofMillis(20), Duration.ofSeconds(2))
            .when(failure -> failure instanceof IOException);

    private static final Usage USAGE = new Usage("""
            Usage: java -cp bag-examples.jar dev.bag.examples.Downloads FILE ...

            Downloads the URLs in the files, one a line, and prints how many bytes each page has, in the order of the files,
            or -1 for those that cannot be had in five attempts.
            """);

    private Downloads() {}

    public static void main(String... arguments) {
        List<String> urls = TextFiles.read(USAGE.someNamesOrExit(arguments)).compute();
        List<Delayed<Pair<String, Integer>>> pages = urls.stream()
                .map(url -> Delayed.call(() -> Pair.of(url, download(url)))
                        .blocking()
                        .retry(FIVE_TIMES)
                        .timeout(Duration.ofSeconds(30))
                        .recover(failure -> Pair.of(url, -1)))
                .toList();
        Delayed.all(pages)
                .compute()
                .forEach(page -> System.out.printf(Locale.ROOT, "%10d  %s%n", page.second(), page.first()));
    }

    private static int download(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(10))
                .build();
        HttpResponse<byte[]> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException(url + ": status " + response.statusCode());
        }
        return response.body().length;
    }
}
