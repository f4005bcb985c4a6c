package dev.bag.io.http;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Names of files on web servers. */
final class WebNames {

    private WebNames() {}

    /** Returns what messages show: without a user and a password, and without the query, which may be a key. */
    static String shown(URI uri) {
        String host = uri.getHost() == null ? "" : uri.getHost();
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + host + port + path(uri.getRawPath()) + (uri.getRawQuery() == null ? "" : "?…");
    }

    /** Returns the path, whose ending tells what is in the file. */
    static String path(@Nullable String path) {
        return path == null || path.isEmpty() ? "/" : path;
    }

    /** Returns what is asked for. */
    static URI withoutUser(URI uri) {
        if (uri.getRawUserInfo() == null && uri.getRawFragment() == null) {
            return uri;
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        try {
            return new URI(uri.getScheme() + "://" + uri.getHost() + port + path(uri.getRawPath()) + query);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(shown(uri) + ": this is not a URI", e);
        }
    }
}
