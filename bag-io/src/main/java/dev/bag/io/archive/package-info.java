/**
 * The entries of archives: zip, tar and 7z. {@link dev.bag.io.archive.ArchiveFormats} opens an archive, whichever it is; an {@link
 * dev.bag.io.archive.ArchiveReader} gives its {@link dev.bag.io.archive.ArchiveReader.Entry entries} that are files and are meant.
 * Names of entries are labels: nothing is unpacked to disk.
 *
 * <p>Words. An {@code EntryTable} is an archive of which it is known what is where: zip, by its directory, and tar that is not
 * compressed. Its entries are read in any order, and by several threads, each a slice of them ({@code TableReader}). Others are
 * read in their own order ({@code SequentialReader}), or several times to get another one ({@code ByNameReader}). Tar and 7z are
 * decoded by commons-compress.
 *
 * <p>Sees codecs, because a tar file may be compressed, and slices of files. Knows no bags.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.io.archive;
