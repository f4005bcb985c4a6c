package dev.bag.io;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bag.io.file.InputFile;
import dev.bag.io.fuzz.FuzzTarget;
import dev.bag.io.parts.TextFormat;
import dev.bag.io.split.FileSlice;
import dev.bag.source.SourceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/**
 * Bytes as a bzip2 file that is read in pieces: the lines are those of the file that is read whole, or there is an error.
 * The first two bytes say where it is cut.
 */
public final class FuzzedPieces implements FuzzTarget {

    private static final int HEAD_LENGTH = 2;

    private final Path file = FuzzedLines.temporary(".bz2");

    @Override
    public void read(byte[] input) throws Exception {
        if (input.length <= HEAD_LENGTH) {
            return;
        }
        byte[] bytes = Arrays.copyOfRange(input, HEAD_LENGTH, input.length);
        Files.write(file, bytes);
        InputFile whole = Texts.input(file);
        List<String> expected = lines(List.of(FileSlice.whole(whole)));
        long first = Math.min(input[0] & 0xff, input[1] & 0xff) * bytes.length >> 8;
        long second = Math.max(input[0] & 0xff, input[1] & 0xff) * bytes.length >> 8;
        List<String> lines = lines(List.of(
                new FileSlice(whole, 0, first),
                new FileSlice(whole, first, second),
                new FileSlice(whole, second, bytes.length)));
        // Pieces do not see the checksum of a stream that begins in another one, so they may read more.
        if (expected != null && lines != null && !lines.equals(expected)) {
            throw new AssertionError(lines + " instead of " + expected);
        }
    }

    /** Null if there is an error. */
    private List<String> lines(List<FileSlice> slices) throws Exception {
        List<String> lines = new ArrayList<>();
        try {
            for (FileSlice slice : slices) {
                lines.addAll(Texts.lines(Texts.part(TextFormat.DEFAULT, 20, slice)));
            }
            return lines;
        } catch (SourceException e) {
            if (!e.getMessage().startsWith(file.toString())) {
                throw e;
            }
            return null;
        }
    }

    @Override
    public List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (int streams = 1; streams < 6; streams++) {
            ByteArrayOutputStream seed = new ByteArrayOutputStream();
            seed.write(60 + streams);
            seed.write(200);
            for (int i = 0; i < streams; i++) {
                BZip2CompressorOutputStream bzip2 = new BZip2CompressorOutputStream(seed, 1);
                bzip2.write(("line " + i + "\nand ").repeat(streams).getBytes(UTF_8));
                bzip2.finish();
            }
            seeds.add(seed.toByteArray());
        }
        return seeds;
    }
}
