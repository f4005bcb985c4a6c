package dev.bag.io.http;

import java.io.Serializable;
import java.net.http.HttpHeaders;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of the version of a file.
 *
 * @param entityTag null if there is none
 * @param modified when it was changed last; null if that is not said
 */
record Version(@Nullable String entityTag, @Nullable String modified) implements Serializable {

    static Version of(HttpHeaders headers) {
        return new Version(
                headers.firstValue("ETag").orElse(null),
                headers.firstValue("Last-Modified").orElse(null));
    }

    /** Returns the headers that ask for a range of this version, and for the whole file if it has another one. */
    Map<String, String> onlyIfSame() {
        Map<String, String> headers = new LinkedHashMap<>();
        if (entityTag != null && !isWeak(entityTag)) {
            headers.put("If-Range", entityTag);
        } else if (modified != null && entityTag == null) {
            headers.put("If-Range", modified);
        }
        return headers;
    }

    /** A weak tag says that two files mean the same, not that they have the same bytes. */
    private static boolean isWeak(String entityTag) {
        return entityTag.startsWith("W/");
    }

    /** Returns how a version differs from this; null if it does not, as far as can be told. */
    @Nullable String difference(Version now) {
        if (entityTag != null && now.entityTag != null) {
            return entityTag.equals(now.entityTag) ? null : difference("ETag", entityTag, now.entityTag);
        }
        return modified == null || now.modified == null || modified.equals(now.modified)
                ? null
                : difference("Last-Modified", modified, now.modified);
    }

    private static String difference(String name, String before, String now) {
        return ": its " + name + " was " + before + " when the bag was built, and is " + now + " now.";
    }
}
