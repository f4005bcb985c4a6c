package dev.bag.spill;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.io.IOException;
public final class FrameWriter implements AutoCloseable {
    private final SpillFile file; private final Codecs codecs; private final Output out = new Output(1 << 16, -1);
    public FrameWriter(SpillFile file, Codecs codecs) { this.file = file; this.codecs = codecs; out.setPosition(8); }
    public void writeRecord(Object r) throws IOException { codecs.write(out, r); }
    public void writeLong(long n) { out.writeVarLong(n, true); }
    public void endEntry() throws IOException { if (out.position() >= 1 << 16) endFrame(); }
    public long endFrame() throws IOException {
        if (out.position() > 8) { byte[] b = out.getBuffer(); int n = out.position() - 8; java.util.zip.CRC32C c = new java.util.zip.CRC32C(); c.update(b, 8, n);
            java.nio.ByteBuffer.wrap(b).putInt(0, n).putInt(4, (int) c.getValue()); file.append(b, 0, n + 8); out.setPosition(8); }
        return file.size(); }
    public void close() {}
}
