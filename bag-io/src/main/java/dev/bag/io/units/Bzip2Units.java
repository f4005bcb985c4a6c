package dev.bag.io.units;

import dev.bag.io.codec.Bzip2BlockSearch;
import dev.bag.io.codec.Bzip2Input;
import dev.bag.io.codec.Limits;
import dev.bag.io.codec.UnitInput;
import dev.bag.io.codec.bzip2.BitReader;
import dev.bag.io.codec.bzip2.BlockDecoder;
import dev.bag.io.codec.bzip2.BlockSignature;
import dev.bag.io.codec.bzip2.Bzip2Exception;
import dev.bag.io.file.FileBytes;
import dev.bag.io.units.UnitCodec.Division;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of bzip2, which are found by the 48 bits with which each begins.
 *
 * <p><b>Which blocks are read by which piece.</b> These bits may also stand inside of a block. So where they are found they
 * are tried: a <i>whole</i> block decodes, and has the checksum that it says. Let F(o) be the first bit, from offset o on,
 * at which a whole block begins: a function of the file and the offset only. The piece from offset o to p
 * <ol>
 *   <li>begins with the block at F(o), and is empty if F(o) is not before p; the first piece begins where the file does;
 *   <li>reads block after block, each of which begins at the bit where the one before ends, with what is between streams,
 *       until a block begins at a bit n from p on, or the file ends;
 *   <li>looks for F(p) before n, and fails if there is one;
 *   <li>decodes the block at n, and fails if it is not whole.
 * </ol>
 *
 * <p><b>Why that is what one reader reads.</b> By induction: say that a piece which is not empty begins with a block that
 * the one reader meets, the first one from o on. It reads the same chain of blocks. After steps 3 and 4 there is no
 * whole block in the file from p up to n, and one at n, so F(p) = n: the next piece begins with the block that the one
 * reader meets next. An empty piece from p to q has F(p) not before q, so F(q) = F(p). If the file ends, there is no F(p)
 * in it, and all later pieces are empty. So if no piece fails, all blocks of the chain are read once, and no others;
 * if the chain has a corrupt block, the piece that reaches it fails. A file that was made so that blocks stand inside of
 * blocks may be refused for that, but is never read wrongly.
 *
 * <p>Two things are checked only by a piece in which a stream begins: the checksum of all its blocks together, if the piece
 * reads all of them; and that no block is longer than the stream's header says. The checksum of each block by itself is
 * always checked.
 */
final class Bzip2Units implements UnitCodec {

    private static final int HEADER_BITS = 32;

    @Override
    public @Nullable UnitInput open(FileBytes file, long from, long to, Limits limits) throws IOException {
        long end = to == file.file().byteCount() ? Long.MAX_VALUE : 8 * to;
        Bzip2Input input = new Bzip2Input(file, limits, end);
        if (from == 0) {
            file.seek(0);
            return input;
        }
        return new Bzip2BlockSearch(file).findWhole(input, 8 * from, 8 * to) < 0 ? null : input;
    }

    @Override
    public boolean mayBeginWith(FileBytes file, int... bytes) throws IOException {
        byte[] head = file.head();
        int[] next = {0};
        BitReader bits = new BitReader(
                (into, from, length) -> {
                    int count = Math.min(length, head.length - next[0]);
                    System.arraycopy(head, next[0], into, from, count);
                    next[0] += count;
                    return count == 0 ? -1 : count;
                },
                head.length);
        try {
            bits.read(HEADER_BITS);
            boolean isBlock = bits.read(BlockSignature.BIT_COUNT) == BlockSignature.VALUE;
            return !isBlock || new BlockDecoder().mayBeginWith(bits, bytes);
        } catch (Bzip2Exception e) {
            return true;
        }
    }

    /** Blocks can be looked for in any file, and most large files have several: a block is 900 kB of text at most. */
    @Override
    public Division division(FileBytes file) {
        return Division.possible("blocks of bzip2");
    }
}
