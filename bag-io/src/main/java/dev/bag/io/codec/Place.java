package dev.bag.io.codec;

import java.io.IOException;
import java.io.Serializable;
import java.nio.channels.SeekableByteChannel;

/** Where a file is, and how it is opened. Holds nothing open. */
public interface Place extends Serializable {

    /** Returns what messages call it. Secrets are left out. */
    String name();

    /** Returns the name whose ending tells what is in the file. By default {@link #name()}. */
    default String tellingName() {
        return name();
    }

    /**
     * Opens it.
     *
     * @param file the file, for messages, and as it was when the bag was built
     * @return a channel that is only read from; it need not be able to change its position unless the file {@linkplain
     *     InputFile#canSeek() can}
     */
    SeekableByteChannel open(InputFile file) throws IOException;

    /** A channel that fetches what is read from elsewhere, and does so better if it knows how much that will be. */
    interface Remote {

        /** Notes up to which byte will probably be read. */
        void willReadUpTo(long end);
    }
}
