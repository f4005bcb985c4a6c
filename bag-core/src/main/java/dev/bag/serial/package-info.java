/**
 * Objects of any class as bytes, for as long as one run lasts and within one JVM.
 *
 * <p>What comes back is equal to what was written, iterates in the same order and can be modified if and only if the original
 * could. The bytes are described in docs/spill-format.md.
 *
 * <h2>Words</h2>
 *
 * <ul>
 *   <li><b>Record</b>: an object that a bag consists of; here it may be of any class, and null.
 *   <li><b>Codec</b>: writes and reads records ({@link dev.bag.serial.RecordCodec}). Frequent classes have a fast path there.
 *   <li><b>Graph</b>: a record of any other class, and all that it refers to, in which an object that is met a second time is
 *       only referred to. Kryo walks it.
 *   <li><b>Form</b>: how the objects of one class are written in a graph, a Kryo serializer ({@code Forms} chooses).
 *   <li><b>Class number</b>: what stands for a class. The numbers are given in the order in which classes are met, hold for a
 *       whole run, and are kept in memory only ({@link dev.bag.serial.Codecs}).
 * </ul>
 *
 * <h2>States</h2>
 *
 * <p>The serializers of a graph are borrowed from the {@link dev.bag.serial.Codecs} of the run for one record. Serializers
 * that fail in the middle of a record are thrown away, because it is not known what they remember.
 *
 * <h2>Visibility</h2>
 *
 * <p>It sees {@code value}, and {@code trait} for objects that are on disk already. It is seen by {@code spill}, and
 * by {@code isolate}, which sends records to other processes ({@code SentRecords}).
 */
@org.jspecify.annotations.NullMarked
package dev.bag.serial;
