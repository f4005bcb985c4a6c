package dev.bag.io.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Pieces that stay when their run fails or its process is killed, for the next run with the same key. Beside each stands a file
 * that says what is in it. A piece counts only if both are there and whole: its length and its checksum are compared.
 */
final class KeptPieces implements Serializable {

    private static final long serialVersionUID = 1;

    private static final int FORMAT = 1;
    private static final int READ_AT_ONCE = 256 << 10;

    private final Target target;
    private final HiddenNames names;
    private final String key;

    /** By partition, for those that were asked for: what an earlier run has left of it, if anything. */
    private final ConcurrentHashMap<Integer, List<Piece>> earlier = new ConcurrentHashMap<>();

    KeptPieces(Target target, HiddenNames names, String key) {
        this.target = target;
        this.names = names;
        this.key = key;
    }

    private Path folder() {
        return target.folderPath();
    }

    /** Deletes what was kept and cannot be used. */
    void begin() throws IOException {
        names.deleteKept(folder(), key);
    }

    /** Returns what an earlier run has left of a partition. */
    Optional<Piece> earlier(int partition) throws IOException {
        List<Piece> known = earlier.get(partition);
        if (known == null) {
            List<Piece> found = read(names.kept(key, partition)).map(List::of).orElse(List.of());
            List<Piece> before = earlier.putIfAbsent(partition, found);
            known = before == null ? found : before;
        }
        return known.stream().findFirst();
    }

    private Optional<Piece> read(String name) throws IOException {
        byte[] info;
        try {
            info = Files.readAllBytes(folder().resolve(HiddenNames.info(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        int length = info.length - Integer.BYTES;
        if (length < 0 || crc(info, length) != ByteBuffer.wrap(info).getInt(length)) {
            return Optional.empty();
        }
        Piece piece = piece(name, info);
        return piece != null && holds(piece) ? Optional.of(piece) : Optional.empty();
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private boolean holds(Piece piece) throws IOException {
        CRC32C crc = new CRC32C();
        long length = 0;
        byte[] bytes = new byte[READ_AT_ONCE];
        try (InputStream in = Files.newInputStream(folder().resolve(piece.fileName()))) {
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                crc.update(bytes, 0, count);
                length += count;
            }
        } catch (NoSuchFileException e) {
            return false;
        }
        return length == piece.byteCount() && (int) crc.getValue() == piece.checksum();
    }

    /** Keeps a piece that is complete and on disk. One that was kept of the same partition before goes. */
    Piece keep(int partition, Piece piece) throws IOException {
        Path folder = folder();
        String name = names.kept(key, partition);
        Path info = folder.resolve(HiddenNames.info(name));
        Path temporary = folder.resolve(info.getFileName() + ".tmp");
        Files.deleteIfExists(info); // it does not say what is in the piece that comes now
        Files.move(folder.resolve(piece.fileName()), folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        Piece kept = new Piece(
                name,
                piece.byteCount(),
                piece.recordCount(),
                piece.checksum(),
                piece.frames(),
                piece.beginning(),
                piece.layout());
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(bytes(kept));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, info, StandardCopyOption.ATOMIC_MOVE);
        return kept;
    }

    private static byte[] bytes(Piece piece) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(FORMAT);
        out.writeLong(piece.byteCount());
        out.writeLong(piece.recordCount());
        out.writeInt(piece.checksum());
        out.writeInt(piece.frames().length);
        for (int frame : piece.frames()) {
            out.writeInt(frame);
        }
        write(piece.beginning(), out);
        write(piece.layout().getBytes(UTF_8), out);
        byte[] all = bytes.toByteArray();
        out.writeInt(crc(all, all.length));
        return bytes.toByteArray();
    }

    private static void write(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** Null if another version has written it. */
    private static @Nullable Piece piece(String name, byte[] info) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(info));
        if (in.readInt() != FORMAT) {
            return null;
        }
        long byteCount = in.readLong();
        long recordCount = in.readLong();
        int checksum = in.readInt();
        int[] frames = new int[in.readInt()];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = in.readInt();
        }
        byte[] beginning = in.readNBytes(in.readInt());
        String layout = new String(in.readNBytes(in.readInt()), UTF_8);
        return new Piece(name, byteCount, recordCount, checksum, frames, beginning, layout);
    }

    /** The output is complete: deletes what is left of it. */
    void end() throws IOException {
        names.deleteKept(folder(), "");
    }

    /** Returns whether a piece stays if its run fails. */
    boolean isKept(Piece piece) {
        return piece.fileName().endsWith(".kept");
    }
}
