/**
 * The entries of archives: zip, tar and 7z, read one after the other by commons-compress. {@link
 * dev.bag.io.archive.ArchiveFormats} opens an archive, whichever it is; an {@link dev.bag.io.archive.ArchiveReader} gives its
 * {@link dev.bag.io.archive.ArchiveReader.Entry entries} that are files. Names of entries are labels: nothing is unpacked to disk.
 *
 * <p>Sees codecs, because a tar file may be compressed. Knows no bags.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.io.archive;
