package dev.bag.run.end;

import dev.bag.memory.SizeSampler;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The records of one task of a stream on their way to the reader, which can take each as soon as it is there.
 *
 * <p>Protocol. One producer and one reader. Records lie in linked pieces. The producer writes a record into the last piece
 * and then, with release, how many there are; the reader reads that with acquire and takes the records below it. A piece
 * that is followed by another one gets no more. The first pieces are small, because many tasks are; a later one ends
 * after a number of records or of bytes. At most {@link #MOST_PIECES} are to be read before the producer goes on.
 *
 * <p>A reader that has found nothing says which task it waits for. The producer looks at that after each record, without
 * a fence between, which would cost more than the record. So both may miss each other, if they do this at the same
 * instant; hence the reader looks once more after a moment before it sleeps for good.
 */
public final class Handover {

    private static final int FIRST_RECORDS = 16;
    private static final int MOST_RECORDS = 1024;
    private static final int MOST_BYTES = 1 << 18;
    private static final int MOST_PIECES = 4;
    /** About what a boxed number takes. */
    private static final int BOXED = 16;

    private static final VarHandle COUNT = handle("count", int.class);
    private static final VarHandle NEXT = handle("next", Piece.class);

    private static final Object[] NOTHING = {};

    private final int task;
    private final Reader reader;

    /** This and those down to the sampler: of the producer. */
    private Piece last = new Piece(FIRST_RECORDS);

    private int count;
    private int most = FIRST_RECORDS;
    private long bytesOfPiece;
    private int piecesMade = 1;
    private long recordsBefore;
    private long bytesBefore;
    private @Nullable SizeSampler sizes;

    /** This and the one below: of the reader. */
    private Piece first = last;

    private int taken;
    /** Written by the reader, read by the producer. */
    private volatile int piecesTaken;

    /** What takes the records. */
    public interface Reader {

        /** The task it waits for, or a negative number while it does not wait. */
        int waitsFor();

        /** There is something of the task it waits for. */
        void wake();
    }

    private static final class Piece {

        final @Nullable Object[] records;

        @SuppressWarnings("UnusedVariable") // read and written through COUNT only
        int count;

        @SuppressWarnings("UnusedVariable") // read and written through NEXT only
        @Nullable Piece next;

        Piece(int most) {
            records = new @Nullable Object[most];
        }
    }

    public Handover(int task, Reader reader) {
        this.task = task;
        this.reader = reader;
    }

    /** For the producer: hands a record over. */
    public void accept(Object record) {
        if (count == most) {
            append();
        }
        last.records[count] = record;
        count++;
        COUNT.setRelease(last, count);
        bytesOfPiece += record instanceof Long || record instanceof Integer ? BOXED : size(record);
        if (bytesOfPiece >= MOST_BYTES) {
            most = count;
        }
        if (reader.waitsFor() == task) {
            reader.wake();
        }
    }

    private long size(Object record) {
        SizeSampler sampler = sizes;
        if (sampler == null) {
            sampler = new SizeSampler();
            sizes = sampler;
        }
        return sampler.of(record);
    }

    private void append() {
        most = Math.min(MOST_RECORDS, last.records.length * 4);
        Piece piece = new Piece(most);
        NEXT.setRelease(last, piece);
        last = piece;
        recordsBefore += count;
        bytesBefore += bytesOfPiece;
        count = 0;
        bytesOfPiece = 0;
        piecesMade++;
    }

    /** For the producer: whether the reader should take something before there is more. */
    public boolean isFull() {
        return count == most && piecesMade - piecesTaken >= MOST_PIECES;
    }

    /** How many records there were in all, when the producer has ended. */
    public long records() {
        return recordsBefore + count;
    }

    /** About how many bytes the records took in all, when the producer has ended. */
    public long bytes() {
        return bytesBefore + bytesOfPiece;
    }

    /** For the reader: whether the producer, which waits because this was full, should go on. */
    public boolean hasRoom() {
        return piecesMade - piecesTaken <= MOST_PIECES / 2;
    }

    /** For the reader: whether there are records. */
    public boolean hasRecords() {
        return (int) COUNT.getAcquire(first) > taken || NEXT.getAcquire(first) != null;
    }

    /** For the reader: the next records of one piece, none where there are none yet. The array is the reader's own. */
    public @Nullable Object[] take() {
        while (true) {
            Piece piece = first;
            Piece next = (Piece) NEXT.getAcquire(piece); // before the count: if there is one, the count is final
            int there = (int) COUNT.getAcquire(piece);
            int from = taken;
            if (next != null) {
                first = next;
                taken = 0;
                int more = piecesTaken + 1; // written by this thread only
                piecesTaken = more;
                if (from == 0 && there == piece.records.length) {
                    return piece.records;
                }
            } else {
                taken = there;
            }
            if (from < there) {
                @Nullable Object[] records = Arrays.copyOfRange(piece.records, from, there);
                Arrays.fill(piece.records, from, there, null);
                return records;
            }
            if (next == null) {
                return NOTHING;
            }
        }
    }

    private static VarHandle handle(String field, Class<?> type) {
        try {
            return MethodHandles.privateLookupIn(Piece.class, MethodHandles.lookup())
                    .findVarHandle(Piece.class, field, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
