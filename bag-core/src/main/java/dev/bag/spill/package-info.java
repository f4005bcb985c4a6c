/**
 * The files of a run: what does not fit into memory, or is to be kept on disk.
 *
 * <h2>Words</h2>
 *
 * <ul>
 *   <li><b>Space</b>: what one run has: an account of memory, a folder, serializers ({@link dev.bag.spill.RunSpace}). A
 *       {@link dev.bag.spill.Workspace} makes them for all runs of a runner, which share a budget.
 *   <li><b>Folder</b>: private, made when the first file is, locked by its process ({@code SpillDirectory}). One whose process
 *       is dead is an orphan, and is deleted by the next process that makes a folder beside it ({@code Orphans}).
 *   <li><b>Area</b>: files for one purpose, such as one shuffle, which are deleted together ({@link dev.bag.spill.SpillArea}).
 *   <li><b>Frame</b>: bytes with their length and checksum, about 64 KiB. It is read and checked as a whole.
 *   <li><b>Entry</b>: records and numbers that belong together. An entry lies in one frame.
 *   <li><b>Packed</b>: entries in memory, as the bytes that they will be on disk ({@link dev.bag.spill.PackedEntries}).
 * </ul>
 *
 * <h2>States</h2>
 *
 * <p>A file is taken by one thread, which appends to it; given back, and maybe taken by the next one; deleted with its area or
 * its run. What was appended may be read at any time before that, by any number of threads, and afterwards too if the file
 * {@linkplain dev.bag.spill.SpillFile#keepWhileReachable() is kept}. A write that fails leaves the file as long as it was.
 *
 * <h2>Visibility</h2>
 *
 * <p>It sees {@code value}, {@code memory} and {@code serial}. It is seen by {@code shuffle} and by what runs stages. Knows no
 * plans, tasks or operators. docs/spill-format.md describes what is in a file.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.spill;
