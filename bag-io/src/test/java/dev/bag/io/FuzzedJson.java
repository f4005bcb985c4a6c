package dev.bag.io;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bag.io.fuzz.FuzzTarget;
import java.util.ArrayList;
import java.util.List;

/** Bytes as a line of JSON: the selected fields are those of Jackson's tree, or both refuse the line. */
public final class FuzzedJson implements FuzzTarget {

    private static final int SEEDS = 60;

    private final JsonOracleTest oracle = new JsonOracleTest();

    @Override
    public void read(byte[] input) throws Exception {
        // A text of its bytes or of what replaces them; a line has no line feed.
        oracle.readsTheSame(new String(input, UTF_8).replace('\n', ' '));
    }

    @Override
    public List<byte[]> seeds() {
        RandomJson random = new RandomJson(5);
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < SEEDS; i++) {
            seeds.add((i % 3 > 0 ? random.document() : random.spoilt()).getBytes(UTF_8));
        }
        return seeds;
    }
}
