package dev.bag.io.archive;

import dev.bag.io.file.InputFile;
import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The central directory of a zip file, as PKWARE's APPNOTE 6.3.10 says it: what is not in there, such as a file that was
 * deleted, is no entry. Of its bytes only those that are asked for become objects.
 */
final class ZipDirectory {

    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    static final int LOCAL_HEADER = 0x04034b50;
    static final int END = 0x06054b50;
    private static final int HEADER = 0x02014b50;
    private static final int END_LOCATOR = 0x07064b50;
    private static final int END_64 = 0x06064b50;

    private static final int HEADER_LENGTH = 46;
    private static final int END_LENGTH = 22;
    private static final int LOCATOR_LENGTH = 20;
    private static final int END_64_LENGTH = 56;
    private static final int LONGEST_COMMENT = 0xffff;

    private static final int UTF_8_FLAG = 1 << 11;

    /** In this charset are names that do not say UTF-8; many are UTF-8 all the same. */
    private static final String CP437 = "IBM437";

    private static final int EXTRA_ZIP64 = 0x0001;
    private static final int EXTRA_TIME = 0x5455;
    private static final int EXTRA_NAME = 0x7075;

    private final InputFile file;
    private final byte[] bytes;

    /** Where each entry that is a file begins in {@code bytes}, and its number among all entries. */
    private final int[] begins;

    private final int[] numbers;
    private final int size;

    /** The time that was asked for last, which many entries have: working it out takes long. */
    private int lastTimeAndDate;

    private @Nullable Instant lastModified;

    /** How many bytes there are before the archive: of a program that unpacks it. */
    private final long shift;

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * A directory.
     *
     * @param countMask the bits of the number of entries that are said: some writers count on when 16 bits are full
     */
    private ZipDirectory(InputFile file, byte[] bytes, long count, long countMask, long shift) throws IOException {
        this.file = file;
        this.bytes = bytes;
        this.shift = shift;
        int most = bytes.length / HEADER_LENGTH;
        int[] foundBegins = new int[most];
        int[] foundNumbers = new int[most];
        int found = 0;
        long number = 0;
        int at = 0;
        while (at < bytes.length) {
            if (bytes.length - at < HEADER_LENGTH || getInt(at) != HEADER) {
                throw new IOException("its directory is corrupt, behind " + number + " entries");
            }
            int end = at + HEADER_LENGTH + getShort(at + 28) + getShort(at + 30) + getShort(at + 32);
            if (end > bytes.length) {
                throw new IOException("its directory is corrupt, behind " + number + " entries");
            }
            if (isFile(at)) {
                foundBegins[found] = at;
                foundNumbers[found++] = (int) number;
            }
            number++;
            at = end;
        }
        if ((number & countMask) != count) {
            throw new IOException("its directory should have " + count + " entries, but has " + number);
        }
        begins = Arrays.copyOf(foundBegins, found);
        numbers = Arrays.copyOf(foundNumbers, found);
        size = found;
    }

    /** Reads the directory of a file. */
    static ZipDirectory read(InputFile file, SeekableByteChannel channel) throws IOException {
        byte[] tail = tail(channel);
        long tailBegin = channel.size() - tail.length;
        int end = findEnd(tail);
        if (end < 0) {
            throw new EOFException("its end is missing, with the directory of what is in it");
        }
        long count = unsignedShort(tail, end + 10);
        long length = unsignedInt(tail, end + 12);
        long begin = unsignedInt(tail, end + 16);
        long endAt = tailBegin + end;
        long countMask = 0xffff;
        if (end >= LOCATOR_LENGTH && (int) INT.get(tail, end - LOCATOR_LENGTH) == END_LOCATOR) {
            long at64 = findEnd64(channel, (long) LONG.get(tail, end - LOCATOR_LENGTH + 8), endAt);
            byte[] end64 = bytes(channel, at64, END_64_LENGTH);
            count = (long) LONG.get(end64, 32);
            length = (long) LONG.get(end64, 40);
            begin = (long) LONG.get(end64, 48);
            endAt = at64;
            countMask = -1;
        }
        long shift = endAt - length - begin;
        if (length < 0 || begin < 0 || shift < 0 || length > endAt || count < 0) {
            throw new IOException("its directory is not where it should be");
        }
        if (length > Integer.MAX_VALUE - 64 || length > Runtime.getRuntime().maxMemory() / 4) {
            throw file.broken(
                    "its directory has " + length + " bytes, which is too much for the heap.\n  Raise -Xmx.", null);
        }
        return new ZipDirectory(file, bytes(channel, endAt - length, (int) length), count, countMask, shift);
    }

    /** Returns whether a file, whatever it begins with, ends as one does that has a directory. */
    static boolean isAtEndOf(SeekableByteChannel channel) throws IOException {
        return findEnd(tail(channel)) >= 0;
    }

    private static byte[] tail(SeekableByteChannel channel) throws IOException {
        long fileSize = channel.size();
        int length = (int) Math.min(fileSize, END_LENGTH + LONGEST_COMMENT + LOCATOR_LENGTH);
        return bytes(channel, fileSize - length, length);
    }

    /** Returns where in the last bytes of a file the end of the directory is told; -1 if nowhere. */
    private static int findEnd(byte[] tail) {
        for (int at = tail.length - END_LENGTH; at >= 0; at--) {
            if ((int) INT.get(tail, at) == END && unsignedShort(tail, at + 20) <= tail.length - at - END_LENGTH) {
                return at;
            }
        }
        return -1;
    }

    /** It is where the locator says, or right before that if there are bytes before the archive. */
    private static long findEnd64(SeekableByteChannel channel, long said, long endAt) throws IOException {
        for (long at : new long[] {said, endAt - LOCATOR_LENGTH - END_64_LENGTH}) {
            if (at >= 0 && at <= endAt - LOCATOR_LENGTH - END_64_LENGTH) {
                byte[] signature = bytes(channel, at, Integer.BYTES);
                if ((int) INT.get(signature, 0) == END_64) {
                    return at;
                }
            }
        }
        throw new IOException("its directory is not where it should be");
    }

    private static byte[] bytes(SeekableByteChannel channel, long from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        channel.position(from);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("the file ends");
            }
        }
        return buffer.array();
    }

    private boolean isFile(int at) {
        int nameLength = getShort(at + 28);
        boolean folder = nameLength > 0 && bytes[at + HEADER_LENGTH + nameLength - 1] == '/';
        boolean unix = bytes[at + 5] == 3;
        boolean link = unix && (getInt(at + 38) >>> 16 & 0xf000) == 0xa000;
        return !folder && !link;
    }

    int size() {
        return size;
    }

    /** Returns the number of an entry among all, folders and links included. */
    int number(int index) {
        return numbers[index];
    }

    String name(int index) {
        int at = begins[index];
        int length = getShort(at + 28);
        String name = nameInExtra(at, length);
        if (name == null) {
            name = new String(bytes, at + HEADER_LENGTH, length, StandardCharsets.UTF_8);
            if (name.indexOf('\ufffd') >= 0 && (getShort(at + 8) & UTF_8_FLAG) == 0 && Charset.isSupported(CP437)) {
                name = new String(bytes, at + HEADER_LENGTH, length, Charset.forName(CP437));
            }
        }
        boolean dos = bytes[at + 5] == 0;
        return dos && name.indexOf('/') < 0 ? name.replace('\\', '/') : name;
    }

    /** Info-ZIP's Unicode path, which holds if it is of the name that is there. */
    private @Nullable String nameInExtra(int at, int nameLength) {
        int extra = extra(at, EXTRA_NAME);
        int length = extra < 0 ? 0 : getShort(extra + 2);
        if (length < 5 || bytes[extra + 4] != 1) {
            return null;
        }
        CRC32 crc = new CRC32();
        crc.update(bytes, at + HEADER_LENGTH, nameLength);
        return getInt(extra + 5) == (int) crc.getValue()
                ? new String(bytes, extra + 9, length - 5, StandardCharsets.UTF_8)
                : null;
    }

    int flags(int index) {
        return getShort(begins[index] + 8);
    }

    int method(int index) {
        return getShort(begins[index] + 10);
    }

    long crc(int index) {
        return getInt(begins[index] + 16) & 0xffff_ffffL;
    }

    long compressedSize(int index) throws IOException {
        return size(index, 20);
    }

    long uncompressedSize(int index) throws IOException {
        return size(index, 24);
    }

    /** Returns where in the file the local header is. */
    long offset(int index) throws IOException {
        return shift + size(index, 42);
    }

    /** Returns a number of 32 bits, or of 64 if it is in the extra field: there are only those that do not fit. */
    private long size(int index, int field) throws IOException {
        int at = begins[index];
        long small = unsignedInt(bytes, at + field);
        if (small != 0xffff_ffffL) {
            return small;
        }
        int extra = extra(at, EXTRA_ZIP64);
        if (extra < 0) {
            return small;
        }
        int value = extra + 4;
        if (field != 24 && unsignedInt(bytes, at + 24) == 0xffff_ffffL) {
            value += Long.BYTES;
        }
        if (field == 42 && unsignedInt(bytes, at + 20) == 0xffff_ffffL) {
            value += Long.BYTES;
        }
        if (value + Long.BYTES > extra + 4 + getShort(extra + 2) || (long) LONG.get(bytes, value) < 0) {
            throw EntryFailures.of(
                    file, name(index), "its sizes are missing in the directory. The archive is corrupt.", null);
        }
        return (long) LONG.get(bytes, value);
    }

    /** Returns where an extra field begins; -1 if there is none, or what is there is none. */
    private int extra(int at, int id) {
        int next = at + HEADER_LENGTH + getShort(at + 28);
        int end = next + getShort(at + 30);
        while (next + 4 <= end) {
            int length = getShort(next + 2);
            if (next + 4 + length > end) {
                return -1;
            }
            if (getShort(next) == id) {
                return next;
            }
            next += 4 + length;
        }
        return -1;
    }

    /** Returns when it was changed last: in seconds if that is there, else in local time. */
    @Nullable Instant modified(int index) {
        int at = begins[index];
        int extra = extra(at, EXTRA_TIME);
        if (extra >= 0 && getShort(extra + 2) >= 5 && (bytes[extra + 4] & 1) != 0) {
            return Instant.ofEpochSecond(getInt(extra + 5));
        }
        int timeAndDate = getInt(at + 12);
        if (timeAndDate != lastTimeAndDate || lastModified == null) {
            lastTimeAndDate = timeAndDate;
            lastModified = instant(timeAndDate & 0xffff, timeAndDate >>> 16);
        }
        return lastModified;
    }

    private static @Nullable Instant instant(int time, int date) {
        try {
            return LocalDateTime.of(
                            1980 + (date >> 9),
                            date >> 5 & 15,
                            date & 31,
                            time >> 11,
                            time >> 5 & 63,
                            Math.min(59, (time & 31) * 2))
                    .atZone(ZoneId.systemDefault())
                    .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private int getShort(int at) {
        return unsignedShort(bytes, at);
    }

    private int getInt(int at) {
        return (int) INT.get(bytes, at);
    }

    static int unsignedShort(byte[] in, int at) {
        return (short) SHORT.get(in, at) & 0xffff;
    }

    static int littleEndianInt(byte[] in, int at) {
        return (int) INT.get(in, at);
    }

    private static long unsignedInt(byte[] in, int at) {
        return (int) INT.get(in, at) & 0xffff_ffffL;
    }
}
