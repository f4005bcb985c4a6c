package dev.bag.io.split;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.io.split.FileListing.ArchiveNames;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchiveNamesTest {

    @Test
    void anArchiveIsRefusedByName() {
        for (String name : List.of("a.zip", "A.ZIP", "x.7z", "logs/a.tar", "a.tar.gz", "a.b.tar.zst", "a.tgz")) {
            assertThatThrownBy(() -> ArchiveNames.refuse(name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            name + ": this is an archive, which is no text. Read its files with Archives.read(...).");
        }
    }

    @Test
    void otherFilesAreNot() {
        for (String name : List.of("a.gz", "a.log", "zip", "a.tar.d/b.log", "a.tar.2024.log", "star.txt")) {
            assertThatCode(() -> ArchiveNames.refuse(name)).doesNotThrowAnyException();
        }
    }
}
