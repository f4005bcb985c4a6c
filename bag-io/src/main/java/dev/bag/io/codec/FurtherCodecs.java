package dev.bag.io.codec;

import java.io.Serializable;
import java.util.Optional;

/** Where codecs are found that are not built in. Asked only about files that are neither text nor of a known format. */
public interface FurtherCodecs extends Serializable {

    /**
     * The codec for a file.
     *
     * @param head the first bytes of the file
     * @param name of the file, whose extension may tell
     */
    Optional<Library> find(byte[] head, String name);
}
