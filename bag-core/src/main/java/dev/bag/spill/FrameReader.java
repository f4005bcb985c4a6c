package dev.bag.spill;
import com.esotericsoftware.kryo.kryo5.io.Input;
import java.io.IOException;
public final class FrameReader implements AutoCloseable {
    private final SpillFile file; private final Codecs codecs; private long at; private final long to; private final Input in = new Input(new byte[0]);
    public FrameReader(SpillFile file, Codecs codecs, long from, long to) { this.file = file; this.codecs = codecs; this.at = from; this.to = to; }
    public boolean hasNext() throws IOException {
        if (in.position() < in.limit()) return true;
        if (at == to) return false;
        byte[] h = new byte[8]; file.read(at, h, 0, 8); int n = java.nio.ByteBuffer.wrap(h).getInt(); byte[] b = new byte[n]; file.read(at + 8, b, 0, n); at += 8 + n;
        java.util.zip.CRC32C c = new java.util.zip.CRC32C(); c.update(b, 0, n); if ((int) c.getValue() != java.nio.ByteBuffer.wrap(h).getInt(4)) throw new IOException("crc");
        in.setBuffer(b); return true; }
    public Object readRecord() throws IOException { return codecs.read(in); }
    public long readLong() { return in.readVarLong(true); }
    public void close() {}
}
