package dev.bag.io.units;

import dev.bag.io.codec.CompressedStream;
import dev.bag.io.codec.DecodedStream;
import dev.bag.io.codec.Limits;
import dev.bag.io.codec.PieceEnd;
import dev.bag.io.file.FileBytes;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.BasicArrayCache;
import org.tukaani.xz.SeekableInputStream;
import org.tukaani.xz.SeekableXZInputStream;
import org.tukaani.xz.XZIOException;

/**
 * The blocks of xz, which the indexes of all streams list. These are read from the end of the file on, and fit each other and
 * the length of the file. Each block is checked: its own checksum, and the lengths that the index says.
 */
final class XzBlocks extends DecodedStream {

    private final SeekableXZInputStream xz;
    private final PieceEnd end;
    private int block;

    private XzBlocks(SeekableXZInputStream xz, int first, PieceEnd end) throws IOException {
        this.xz = xz;
        this.block = first;
        this.end = end;
        xz.seekToBlock(first);
    }

    /** Returns where each block begins, the first one where the file does; null if the indexes cannot be read. */
    static long @Nullable [] starts(FileBytes file, Limits limits) throws IOException {
        try (SeekableXZInputStream xz = open(new CompressedStream(file), indexKibibytes(limits))) {
            long[] starts = new long[xz.getBlockCount()];
            for (int i = 1; i < starts.length; i++) {
                starts[i] = xz.getBlockCompPos(i);
            }
            return starts.length == 0 ? null : starts;
        } catch (XZIOException | EOFException e) {
            return null; // which reading the file from its beginning on will tell, or not
        }
    }

    /** Returns the bytes of a block and of all that follow. */
    static XzBlocks from(int first, CompressedStream compressed, PieceEnd end, Limits limits) throws IOException {
        int index;
        try (SeekableXZInputStream xz = open(compressed, indexKibibytes(limits))) {
            index = xz.getIndexMemoryUsage();
        }
        int most = (int) Math.min(Integer.MAX_VALUE, index + (limits.heapBytes() >> 10));
        return new XzBlocks(open(compressed, most), first, end);
    }

    /** An index that takes more is not worth it. */
    private static int indexKibibytes(Limits limits) {
        return (int) Math.min(Integer.MAX_VALUE, limits.heapBytes() >> 14);
    }

    private static SeekableXZInputStream open(CompressedStream compressed, int mostKibibytes) throws IOException {
        return new SeekableXZInputStream(new Seekable(compressed), mostKibibytes, BasicArrayCache.getInstance());
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        while (block < xz.getBlockCount()) {
            long left = xz.getBlockPos(block) + xz.getBlockSize(block) - xz.position();
            if (left > 0) {
                int count = xz.read(into, from, (int) Math.min(end.most(length), left));
                if (count < 0) {
                    throw new IOException("a block ends before it has as many bytes as the index says");
                }
                return count;
            }
            block++;
            if (block < xz.getBlockCount()) {
                end.reach(xz.getBlockCompPos(block));
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        xz.close(); // not the file, which the stream below leaves open
    }

    /** A file as the library reads it. */
    private static final class Seekable extends SeekableInputStream {

        private final CompressedStream compressed;

        Seekable(CompressedStream compressed) {
            this.compressed = compressed;
        }

        @Override
        public long length() {
            return compressed.file().file().byteCount();
        }

        @Override
        public long position() {
            return compressed.position();
        }

        @Override
        public void seek(long position) throws IOException {
            compressed.seek(position);
        }

        @Override
        public int read() throws IOException {
            return compressed.read();
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            return compressed.read(into, from, length);
        }
    }
}
