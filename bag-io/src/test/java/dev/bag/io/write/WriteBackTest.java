package dev.bag.io.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.source.SinkException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class WriteBackTest {

    @TempDir
    private Path folder;

    private final WriteBack back = new WriteBack();

    private FileChannel written(String name) throws IOException {
        FileChannel file =
                FileChannel.open(folder.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        file.write(ByteBuffer.wrap(name.getBytes()));
        return file;
    }

    /** More than may wait: some are forced by the thread that leaves them. */
    @Test
    @Tag("P36")
    void closesEachFileBeforeItIsWaitedFor() throws IOException {
        List<FileChannel> files = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            files.add(written("f" + i));
            back.take("f" + i, "out/f" + i, files.get(i));
        }
        for (int i = 199; i >= 0; i--) {
            back.await("f" + i);
            assertThat(files.get(i).isOpen()).isFalse();
            back.await("f" + i); // again
        }
        back.await("none");
    }

    @Test
    @Tag("P36")
    void tellsWhoWaitsWhatWentWrong() throws IOException {
        FileChannel closed = written("closed");
        closed.close();
        back.take("closed", "out/closed", closed);
        assertThatThrownBy(() -> back.await("closed")).isInstanceOf(ClosedChannelException.class);
    }

    /** What is no file on a disk cannot be forced to one. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void tellsTheFileThatIsNotOnDisk() throws IOException {
        FileChannel device = FileChannel.open(Path.of("/dev/null"), StandardOpenOption.WRITE);
        back.take("null", "out/null", device);
        assertThatThrownBy(() -> back.await("null"))
                .isInstanceOf(SinkException.class)
                .hasMessageStartingWith("out/null: cannot be written: ");
        assertThat(device.isOpen()).isFalse();
    }

    @Test
    void waitsThoughTheThreadIsInterrupted() throws IOException {
        FileChannel file = written("f");
        back.take("f", "out/f", file);
        Thread.currentThread().interrupt();
        back.await("f");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(file.isOpen()).isFalse();
    }

    @Test
    void aFileThatIsGivenUpMayBeDeletedMeanwhile() throws IOException {
        for (int i = 0; i < 50; i++) {
            back.take("f", "out/f", written("f"));
            Files.delete(folder.resolve("f"));
        }
        back.await("f");
    }
}
