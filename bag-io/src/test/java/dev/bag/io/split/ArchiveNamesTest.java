package dev.bag.io.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.io.split.FileListing.ArchiveNames;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchiveNamesTest {

    @Test
    void anArchiveIsKnownByItsName() {
        for (String name :
                List.of("a.zip", "A.ZIP", "x.7z", "logs/a.tar", "a.tar.gz", "a.b.tar.zst", "a.tgz", "a.tbz")) {
            assertThat(ArchiveNames.is(name)).as(name).isTrue();
        }
    }

    @Test
    void otherFilesAreNone() {
        for (String name : List.of("a.gz", "a.log", "zip", "a.tar.d/b.log", "a.tar.2024.log", "star.txt")) {
            assertThat(ArchiveNames.is(name)).as(name).isFalse();
        }
    }
}
