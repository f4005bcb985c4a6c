package dev.bag.io.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.io.file.InputFile;
import dev.bag.io.file.InputFile.EntryOrder;
import dev.bag.io.split.EntryChoice;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Archives that can be read in their own order only, with little memory. */
class ByNameReaderTest {

    /** Entries of a list, whose contents are their names and as many stars as say their sizes. */
    private static final class Listed implements ArchiveReader {

        private final List<String> names;
        private int next;

        Listed(List<String> names) {
            this.names = names;
        }

        private static byte[] contentOf(String name) {
            return (name + "*".repeat(Math.floorMod(name.hashCode(), 10))).getBytes(UTF_8);
        }

        @Override
        public Entry next() {
            return next == names.size() ? null : new Entry(names.get(next), contentOf(names.get(next++)).length);
        }

        @Override
        public Instant modified() {
            return null;
        }

        @Override
        public InputStream content() {
            return new ByteArrayInputStream(contentOf(names.get(next - 1)));
        }

        @Override
        public void close() {}
    }

    @Test
    void readsEachEntryOnceInOrderWhateverFitsInMemory() throws IOException {
        InputFile file = new InputFile(Path.of("x.tar.gz"), 1).withEntries("", EntryOrder.BY_NAME);
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            List<String> names = new ArrayList<>(IntStream.range(0, random.nextInt(12))
                    .mapToObj(i -> "n" + random.nextInt(20))
                    .distinct()
                    .toList());
            List<String> expected = names.stream().sorted().toList();
            for (int room : new int[] {0, 1, 10, 30, 60, 1000}) {
                int[] passes = {0};
                List<String> read = new ArrayList<>();
                try (ByNameReader reader = ByNameReader.of(
                        () -> {
                            passes[0]++;
                            return new Listed(names);
                        },
                        new EntryChoice(file),
                        false,
                        room)) {
                    for (ArchiveReader.Entry entry = reader.next(); entry != null; entry = reader.next()) {
                        assertThat(reader.content().readAllBytes()).isEqualTo(Listed.contentOf(entry.name()));
                        read.add(entry.name());
                    }
                }
                assertThat(read).as("%s in %s bytes", names, room).isEqualTo(expected);
                assertThat(passes[0]).isLessThanOrEqualTo(room == 1000 ? 1 : names.size() + 1);
                if (names.equals(expected)) {
                    assertThat(passes[0]).isLessThanOrEqualTo(2);
                }
            }
        }
    }
}
