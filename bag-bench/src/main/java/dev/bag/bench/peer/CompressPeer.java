package dev.bag.bench.peer;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses files by one thread, with the codecs and levels that bag uses: {@code CompressPeer FOLDER (gz|zst) FILES}. Says
 * how many bytes it has read.
 */
public final class CompressPeer {

    private CompressPeer() {}

    public static void main(String... arguments) throws Exception {
        String[] paths = Arrays.copyOfRange(arguments, 2, arguments.length);
        System.out.println("RESULT " + of(Path.of(arguments[0]), arguments[1], paths));
    }

    /** Each file becomes one of its own. */
    public static String of(Path folder, String extension, String... paths) throws IOException {
        long byteCount = 0;
        for (String each : paths) {
            Path path = Path.of(each);
            try (OutputStream out = open(folder.resolve(path.getFileName() + "." + extension), extension)) {
                byteCount += Files.copy(path, out);
            }
        }
        return String.valueOf(byteCount);
    }

    private static OutputStream open(Path file, String extension) throws IOException {
        OutputStream out = Files.newOutputStream(file);
        return switch (extension) {
            case "gz" -> new GZIPOutputStream(out, 1 << 16);
            case "zst" -> new ZstdOutputStream(out);
            default -> throw new IllegalArgumentException(extension + ": gz or zst is needed");
        };
    }
}
