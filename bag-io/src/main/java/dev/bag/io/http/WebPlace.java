package dev.bag.io.http;

import dev.bag.io.file.InputFile;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.util.Map;

/**
 * A file on a web server.
 *
 * @param headers what the user wants to be sent with each request
 * @param version what the server said when the bag was built
 */
record WebPlace(URI uri, Map<String, String> headers, Version version) implements InputFile.Place {

    @Override
    public String name() {
        return WebNames.shown(uri);
    }

    @Override
    public String tellingName() {
        return WebNames.path(uri.getPath());
    }

    @Override
    public SeekableByteChannel open(InputFile file) {
        return new WebChannel(file, new Request(uri, headers), version);
    }

    @Override
    public String versionText() {
        return version.toString();
    }

    /** Without the headers, which may be secret. */
    @Override
    public String toString() {
        return name();
    }
}
