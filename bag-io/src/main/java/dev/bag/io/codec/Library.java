package dev.bag.io.codec;

import java.util.function.Supplier;

/**
 * A format that someone else decompresses.
 *
 * @param format as in {@code xz}
 * @param artifact what must be on the class path for it, as in {@code org.tukaani:xz}
 * @param load makes the decompressor; the library is loaded then, not before, and may be missing
 */
public record Library(String format, String artifact, Supplier<? extends Decompressor> load) {}
