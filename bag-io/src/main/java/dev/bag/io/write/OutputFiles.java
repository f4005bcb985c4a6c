package dev.bag.io.write;

import static dev.bag.io.write.WriteFailures.naming;
import static dev.bag.io.write.WriteFailures.uninterrupted;

import dev.bag.io.compress.FileCompression;
import dev.bag.source.SinkException;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The files of one run. Pieces are hidden files beside the target, each with a name of its own, so that attempts at the same
 * partition, and other runs, never meet. When all are complete and on disk, they are put in their places; they come to the disk while others are written ({@link
 * WriteBack}).
 *
 * <p><b>Commit of several files.</b> {@code _SUCCESS}, which says that all is there, is deleted; the pieces are renamed in
 * their order; files of an earlier output that had more partitions are deleted; {@code _SUCCESS} is written. Whatever is
 * killed meanwhile leaves a folder without {@code _SUCCESS}, and never a file that is not whole.
 *
 * <p><b>Commit of one file.</b> The pieces are appended to the first one, each deleted when that is done; it is renamed.
 */
public final class OutputFiles implements Serializable {

    private static final long serialVersionUID = 1;

    /** What runs of this process are writing. Guards itself and {@link #MADE}. */
    private static final Set<OutputFiles> OPEN = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Folders that were made for those, and may have to go with them. */
    private static final Set<Path> MADE = new HashSet<>();

    /** Locks of those. Guarded by {@link #OPEN}. */
    private static final Map<OutputFiles, List<RunLock>> LOCKS = new IdentityHashMap<>();

    private final Target target;
    private final FileCompression compression;
    private final boolean overwrite;
    private final int partitionCount;
    private final String run = HiddenNames.random();
    private final RecordFormat format;
    private final HiddenNames names;
    /** Null if nothing is kept of a run that fails. */
    private final @Nullable KeptPieces kept;

    /** Null where this was sent to: what is written there is on disk before the place where it began hears of it. */
    private final transient @Nullable WriteBack writeBack;

    /** Whether other processes write pieces of this: what one of them has left that was killed is deleted here. */
    private transient boolean wasSent;

    private OutputFiles(
            Target target,
            FileCompression compression,
            boolean overwrite,
            int partitionCount,
            RecordFormat format,
            @Nullable String key) {
        this.target = target;
        this.compression = compression;
        this.overwrite = overwrite;
        this.partitionCount = partitionCount;
        this.format = format;
        this.names = HiddenNames.of(target);
        this.writeBack = new WriteBack();
        this.kept = key == null ? null : new KeptPieces(target, names, HiddenNames.digest(key));
    }

    /**
     * Begins the output of a run, where nothing is in the way of it.
     *
     * @param overwrite whether files of an earlier output are replaced, and those that are left over deleted
     * @param format of the records
     * @param key of which runs take up what others have left; null if this is none of them
     */
    public static OutputFiles begin(
            Target target,
            FileCompression compression,
            boolean overwrite,
            int partitionCount,
            RecordFormat format,
            @Nullable String key)
            throws IOException {
        OutputFiles files = new OutputFiles(target, compression, overwrite, partitionCount, format, key);
        files.enter();
        try {
            naming(target.shown(), files::checkNames);
            naming(target.shown(), files::takeLocks);
            return files;
        } catch (Throwable e) {
            files.leave();
            throw e;
        }
    }

    Path folder() {
        return target.folderPath();
    }

    private Path absoluteFolder() {
        return folder().toAbsolutePath();
    }

    private String name() {
        return target.isOneFile() ? target.prefix() : target.prefix() + "*" + target.suffix();
    }

    /** Makes the folder, unless another output of this process goes there by the same name. */
    private void enter() throws IOException {
        synchronized (OPEN) {
            for (OutputFiles other : OPEN) {
                boolean isSameFolder = other.absoluteFolder()
                        .normalize()
                        .equals(absoluteFolder().normalize());
                if (isSameFolder && other.name().equals(name())) {
                    throw new SinkException(
                            target.shown() + ": another output is being written there.\n  Give each a name of its own.",
                            null);
                }
            }
            OPEN.add(this);
            try {
                naming(target.shown(), this::makeFolders);
            } catch (Throwable e) {
                leave();
                throw e;
            }
        }
    }

    private Path makeFolders() throws IOException {
        Path folder = absoluteFolder();
        for (Path each = folder; each != null && Files.notExists(each); each = each.getParent()) {
            MADE.add(each);
        }
        return Files.createDirectories(folder);
    }

    /** Shows that this run lives, and deletes what others have left that do not, and what cannot be taken up. */
    private OutputFiles takeLocks() throws IOException {
        List<RunLock> locks = new ArrayList<>(2);
        Set<String> alive = new HashSet<>();
        synchronized (OPEN) {
            LOCKS.put(this, locks);
            OPEN.forEach(each -> alive.add(each.run));
        }
        names.deleteOrphans(folder(), alive);
        RunLock own = RunLock.take(folder().resolve(names.lock(run)));
        if (own != null) {
            locks.add(own);
        }
        if (kept != null) {
            RunLock alone = RunLock.take(folder().resolve(names.lock()));
            if (alone == null) {
                throw new SinkException(
                        target.shown()
                                + ": another process is writing there, or the file system has no locks, which resume(...)"
                                + " needs.\n  Wait until it is over, or choose another place.",
                        null);
            }
            locks.add(alone);
            kept.begin();
        }
        return this;
    }

    /** Deletes what is kept of other runs that wrote to this target, unless one of them is at work. */
    private void endKept() throws IOException {
        if (kept != null) {
            kept.end();
            return;
        }
        RunLock alone = RunLock.take(folder().resolve(names.lock()));
        if (alone != null) {
            try (alone) {
                names.deleteKept(folder(), "");
            }
        }
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        wasSent = true;
        out.defaultWriteObject();
    }

    private void deleteWhatOthersLeft() {
        try {
            HiddenNames.deleteTemporary(folder(), run);
        } catch (IOException e) {
            // the next run to the same target deletes it
        }
    }

    private void unlock() {
        List<RunLock> locks = LOCKS.remove(this);
        if (locks != null) {
            for (RunLock lock : locks) {
                try {
                    lock.close();
                } catch (IOException e) {
                    // the next run deletes the file, which is not locked any more
                }
            }
        }
    }

    /**
     * Lets others write here. Folders that were made for outputs and are empty go, unless another output goes there; those in
     * which something is stay.
     */
    private void leave() {
        synchronized (OPEN) {
            OPEN.remove(this);
            if (wasSent) {
                deleteWhatOthersLeft();
            }
            unlock();
            for (Path each = absoluteFolder(); each != null && MADE.contains(each); each = each.getParent()) {
                Path folder = each;
                if (OPEN.stream()
                        .anyMatch(other -> other.absoluteFolder().normalize().startsWith(folder.normalize()))) {
                    return;
                }
                MADE.remove(folder);
                try {
                    Files.deleteIfExists(folder);
                } catch (IOException e) {
                    // something is in it: the output, or files of others
                }
            }
        }
    }

    /** Files that this target may have named, in the folder. */
    private Set<String> present() throws IOException {
        Set<String> names = new TreeSet<>();
        if (target.isOneFile()) {
            if (Files.exists(folder().resolve(target.prefix()), LinkOption.NOFOLLOW_LINKS)) {
                names.add(target.prefix());
            }
            return names;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder())) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (target.mayHaveNamed(name)) {
                    names.add(name);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    private Set<String> checkNames() throws IOException {
        Set<String> present = present();
        for (String name : present) {
            if (!overwrite) {
                throw new SinkException(
                        target.shown(name) + ": the file exists already.\n  Choose another name, delete it, or replace"
                                + " the whole output with writeOptions().overwrite().",
                        null);
            }
            Path file = folder().resolve(name);
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new SinkException(
                        target.shown(name) + ": this is no regular file, and is not replaced.\n  Choose another name.",
                        null);
            }
        }
        return present;
    }

    private String nameOf(int partition) {
        return target.nameOf(partition, partitionCount);
    }

    /** Creates a hidden file for one attempt at a partition. */
    public PieceFile create(int partition) throws IOException {
        String name = nameOf(partition);
        return PieceFile.create(
                folder().resolve(HiddenNames.temporary(name, run, partition)), target.shown(name), compression);
    }

    /** Returns what lets several threads write a piece. */
    public PieceSections sections(PieceFile file) throws IOException {
        return naming(target.shown(), () -> new PieceSections(file, compression));
    }

    /**
     * Completes the piece of a partition.
     *
     * @param beginning what a file begins with that begins with this piece
     * @param layout what all records of the output have in common
     */
    public Piece complete(int partition, PieceFile file, long recordCount, byte[] beginning, String layout)
            throws IOException {
        Piece piece = completed(file, recordCount, beginning, layout);
        KeptPieces keeping = kept;
        return keeping == null ? piece : naming(target.shown(), () -> keeping.keep(partition, piece));
    }

    /** Returns what an earlier run has left of a partition, whole and the same as this run would make of it. */
    public Optional<Piece> earlier(int partition) throws IOException {
        KeptPieces keeping = kept;
        return keeping == null ? Optional.empty() : naming(target.shown(), () -> keeping.earlier(partition));
    }

    /** Completes a piece under the name that it has. */
    Piece completed(PieceFile file, long recordCount, byte[] beginning, String layout) throws IOException {
        int[] frames = file.endCompression();
        if (!target.isOneFile()) {
            writeEnding(file, frames);
        }
        return file.complete(recordCount, frames, beginning, layout, disk());
    }

    /** A piece that is kept is on disk before it gets its name, a file before it does. A piece that is appended to another need not be. */
    private PieceFile.Disk disk() {
        if (kept != null) {
            return PieceFile.Disk.FORCED;
        }
        if (target.isOneFile()) {
            return PieceFile.Disk.UNFORCED;
        }
        return writeBack == null ? PieceFile.Disk.FORCED : writeBack;
    }

    private void awaitDisk(List<Piece> files) throws IOException {
        if (writeBack != null) {
            for (Piece file : files) {
                writeBack.await(file.fileName());
            }
        }
    }

    void writeEnding(PieceFile file, int[] frames) throws IOException {
        byte[] ending = compression.ending(frames, file.byteCount() == 0);
        naming(target.shown(), () -> {
            file.behind().write(ending, 0, ending.length);
            return file;
        });
    }

    /** Returns whether a piece is where its file begins, so that what a file begins with belongs there. */
    public boolean beginsFile(int partition) {
        return partition == 0 || !target.isOneFile();
    }

    Target target() {
        return target;
    }

    FileCompression compression() {
        return compression;
    }

    RecordFormat format() {
        return format;
    }

    /** Puts all pieces in their places, and returns what is there then. */
    public Committed commit(List<Piece> pieces) throws IOException {
        FileAssembly assembly = new FileAssembly(this, pieces);
        try {
            List<Piece> files = assembly.files();
            awaitDisk(files);
            Committed committed = naming(target.shown(), () -> renamed(files));
            naming(target.shown(), () -> {
                endKept();
                return this;
            });
            leave();
            return committed;
        } catch (Throwable e) {
            assembly.giveUp(e);
            throw e;
        }
    }

    /** What was put in place. */
    public record Committed(List<Path> paths, long recordCount, long byteCount) {}

    /** All that needs room on the disk is done before the first file gets its name. */
    private Committed renamed(List<Piece> pieces) throws IOException {
        Set<String> earlier = checkNames();
        Path folder = folder();
        Path success = target.isOneFile()
                ? null
                : SuccessFile.prepare(
                        folder.resolve(HiddenNames.temporary(SuccessFile.NAME, run, 0)), pieces, this::nameOf);
        List<Path> paths = new ArrayList<>(pieces.size());
        try {
            if (success != null && Files.deleteIfExists(folder.resolve(SuccessFile.NAME))) {
                force(folder);
            }
            for (int i = 0; i < pieces.size(); i++) {
                Path path = folder.resolve(nameOf(i));
                Files.move(folder.resolve(pieces.get(i).fileName()), path, StandardCopyOption.ATOMIC_MOVE);
                paths.add(path);
                earlier.remove(nameOf(i));
            }
            for (String leftOver : earlier) {
                Files.deleteIfExists(folder.resolve(leftOver));
            }
            force(folder);
            if (success != null) {
                Files.move(success, folder.resolve(SuccessFile.NAME), StandardCopyOption.ATOMIC_MOVE);
                force(folder);
            }
        } catch (IOException | UnsupportedOperationException e) {
            throw notAll(paths, success, e);
        }
        return new Committed(
                List.copyOf(paths),
                pieces.stream().mapToLong(Piece::recordCount).sum(),
                pieces.stream().mapToLong(Piece::byteCount).sum());
    }

    /** Takes back what was renamed where nothing was before; where something was, that is gone. */
    private SinkException notAll(List<Path> paths, @Nullable Path success, Exception thrown) throws IOException {
        IOException cause = thrown instanceof IOException io ? io : new IOException(thrown);
        if (success != null) {
            Files.deleteIfExists(success);
        }
        if (!overwrite) {
            for (Path path : paths) {
                Files.deleteIfExists(path);
            }
        }
        String state = overwrite && !paths.isEmpty()
                ? paths.size() + " of " + pieceCount() + " files have been replaced: write all of them again."
                : "Nothing was written. Mend that, or choose another place.";
        return new SinkException(
                target.shown() + ": cannot be put in its place: " + WriteFailures.reason(cause) + ".\n  " + state,
                cause);
    }

    private int pieceCount() {
        return target.isOneFile() ? 1 : partitionCount;
    }

    private static void force(Path folder) throws IOException {
        Path present = folder.toString().isEmpty() ? folder.toAbsolutePath() : folder;
        uninterrupted(() -> {
            try (FileChannel channel = FileChannel.open(present, StandardOpenOption.READ)) {
                channel.force(true);
            } catch (ClosedByInterruptException e) {
                throw e;
            } catch (IOException | UnsupportedOperationException e) {
                // Not every file system opens folders; then there is no way to do more for the names in it.
            }
            return present;
        });
    }

    // ---- the end ----

    /** Deletes pieces that are not kept, and folders that were made for them. */
    public void giveUp(List<Piece> pieces) throws IOException {
        IOException first = null;
        for (Piece piece : pieces) {
            if (kept != null && kept.isKept(piece)) {
                continue;
            }
            try {
                Files.deleteIfExists(folder().resolve(piece.fileName()));
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        leave();
        if (first != null) {
            throw new SinkException(
                    target.shown() + ": what was written cannot be deleted: " + WriteFailures.reason(first)
                            + ".\n  Delete the hidden files there that end in .tmp.",
                    first);
        }
    }
}
