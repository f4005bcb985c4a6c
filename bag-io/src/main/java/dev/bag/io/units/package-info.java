/**
 * Where the units of compressed files begin, such as members, frames and blocks, so that several threads can read one file.
 * Finds them and leaves it to the decoders of {@code codec} to read them.
 *
 * <p>Words. A {@link dev.bag.io.units.UnitCodec} can begin inside of a file, which is its contract, and says by a
 * {@link dev.bag.io.units.UnitCodec.Division} whether that is of use. {@code Bzip2Units} look for blocks; a {@code UnitWalk} walks
 * over headers, of which each says how long its unit is; {@code XzUnits} read indexes. {@link dev.bag.io.units.Units} knows which
 * format has which.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.io.units;
