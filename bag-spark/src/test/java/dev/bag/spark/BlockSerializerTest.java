package dev.bag.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.serializer.SerializationStream;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import scala.Tuple2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Blocks come out of a shuffle as they went in, in any order of their bytes, and never fewer. */
class BlockSerializerTest {

    private static final ClassTag<Object> ANY = ClassTag$.MODULE$.apply(Object.class);

    private final SerializerInstance blocks = new BlockSerializer().newInstance();

    private byte[] written(int number, byte... block) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (SerializationStream out = blocks.serializeStream(bytes)) {
            out.writeKey(number, ANY);
            out.writeValue(block, ANY);
        }
        return bytes.toByteArray();
    }

    private List<String> read(byte[] bytes, int from, int end) {
        List<String> read = new ArrayList<>();
        scala.collection.Iterator<Tuple2<Object, Object>> all = blocks.deserializeStream(
                        new ByteArrayInputStream(bytes, from, end - from))
                .asKeyValueIterator();
        while (all.hasNext()) {
            Tuple2<Object, Object> each = all.next();
            read.add(each._1() + Arrays.toString((byte[]) each._2()));
        }
        return read;
    }

    @Test
    void blocksComeBackInAnyOrderOfTheirBytes() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(written(1 << 30, (byte) 1, (byte) -1));
        all.write(written(7));
        all.write(written(0, (byte) 0));
        assertThat(new BlockSerializer().supportsRelocationOfSerializedObjects())
                .isTrue();
        assertThat(read(all.toByteArray(), 0, all.size())).containsExactly("1073741824[1, -1]", "7[]", "0[0]");
        assertThat(read(new byte[0], 0, 0)).isEmpty();
    }

    @Test
    @Tag("P8")
    void aFileThatIsCutShortIsTold() {
        byte[] bytes = written(7, new byte[20]);
        for (int length = 1; length < bytes.length; length++) {
            int end = length;
            assertThatThrownBy(() -> read(bytes, 0, end))
                    .as("%d bytes", length)
                    .isInstanceOf(StreamCorruptedException.class)
                    .hasMessage("a file of a shuffle ends inside of a block");
        }
    }

    @Test
    @Tag("P31")
    void aFullDiskIsTheFailureThatItIs() {
        IOException full = new IOException("No space left on device");
        SerializationStream out = blocks.serializeStream(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw full;
            }
        });
        assertThatThrownBy(() -> out.writeKey(1, ANY)).isSameAs(full);
    }
}
