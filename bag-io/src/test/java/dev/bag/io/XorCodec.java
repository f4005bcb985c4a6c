package dev.bag.io;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** A codec that a user could have installed: each byte is inverted, after a signature. */
public final class XorCodec implements CompressionCodec {

    static final byte[] SIGNATURE = {0, 'X', 'O', 'R'};

    @Override
    public String name() {
        return "xor";
    }

    @Override
    public List<String> extensions() {
        return List.of(".xor");
    }

    @Override
    public boolean matches(ByteBuffer head) {
        return head.remaining() >= 4 && head.slice(0, 4).equals(ByteBuffer.wrap(SIGNATURE));
    }

    @Override
    public InputStream decompress(InputStream compressed) throws IOException {
        compressed.skipNBytes(4);
        return new FilterInputStream(compressed) {
            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                int count = super.read(into, from, length);
                for (int i = from; i < from + count; i++) {
                    into[i] = (byte) ~into[i];
                    if (into[i] == '!') {
                        throw new IllegalStateException("an exclamation mark");
                    }
                }
                return count;
            }
        };
    }
}
