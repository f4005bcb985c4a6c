package dev.bag.io.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bag.io.fuzz.FuzzTarget;
import java.util.List;
import java.util.stream.Stream;

/**
 * Bytes as comma-separated values, cut into blocks: the rows are those of the library that reads them from beginning to end.
 * The first byte says how long the blocks are.
 */
public final class FuzzedCsv implements FuzzTarget {

    private static final int SHORTEST_BLOCK = 2;

    @Override
    public void read(byte[] input) throws Exception {
        if (input.length > 0) {
            String text = new String(input, 1, input.length - 1, UTF_8);
            RowBlocksTest.assertSameRows(text, SHORTEST_BLOCK + (input[0] & 0xff));
        }
    }

    @Override
    public List<byte[]> seeds() {
        return Stream.of(
                        "key,value\n1,2\n3,4\n",
                        "\"a\"\"b\",\"c\nd\"\r\n#x\n\ne,f\r",
                        "#\"\n\"#\"\n,\"\"\n\"\",",
                        "é😀,\"é\",\r\r\n\n\"",
                        "a,\"b\"c\n")
                .flatMap(text -> Stream.of("\u0000", "\u0005", "\u0040").map(length -> length + text))
                .map(text -> text.getBytes(UTF_8))
                .toList();
    }
}
