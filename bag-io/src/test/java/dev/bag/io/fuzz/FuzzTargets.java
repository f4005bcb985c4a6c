package dev.bag.io.fuzz;

import dev.bag.io.FuzzedArchives;
import dev.bag.io.FuzzedJson;
import dev.bag.io.FuzzedLines;
import dev.bag.io.FuzzedPieces;
import dev.bag.io.codec.BuiltInCodec;
import dev.bag.io.codec.FuzzedCodec;
import dev.bag.io.csv.FuzzedCsv;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** All targets, by name. */
final class FuzzTargets {

    private static final Map<String, Supplier<FuzzTarget>> ALL = all();

    private FuzzTargets() {}

    private static Map<String, Supplier<FuzzTarget>> all() {
        Map<String, Supplier<FuzzTarget>> targets = new TreeMap<>(Map.of(
                "lines", FuzzedLines::new,
                "json", FuzzedJson::new,
                "csv", FuzzedCsv::new,
                "zip", () -> new FuzzedArchives("zip"),
                "tar", () -> new FuzzedArchives("tar"),
                "7z", () -> new FuzzedArchives("7z"),
                "pieces", FuzzedPieces::new));
        for (BuiltInCodec codec : BuiltInCodec.values()) {
            targets.put(FuzzedCodec.nameOf(codec), () -> new FuzzedCodec(codec));
        }
        return targets;
    }

    /** Returns the names. */
    static Iterable<String> names() {
        return ALL.keySet();
    }

    /** Returns a target. */
    static FuzzTarget of(String name) {
        Supplier<FuzzTarget> target = ALL.get(name);
        if (target == null) {
            throw new IllegalArgumentException(name + " is no target: these are " + ALL.keySet());
        }
        return target.get();
    }
}
