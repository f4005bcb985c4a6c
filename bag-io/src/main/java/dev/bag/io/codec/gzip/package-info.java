/**
 * The blocks of gzip: deflated bytes to text by the inflater of the JDK, also ahead of the reader on other threads. Seen by
 * {@code codec} only; knows neither what a file is nor how errors are told.
 *
 * <p>Words. A {@link dev.bag.io.codec.gzip.MemberBlocks} gives the text of a <i>member</i>, whose <i>blocks</i> begin at any
 * bit and refer to the <i>window</i>, the last 32 KiB of text before. A <i>place</i> is a bit where a block begins. A {@link
 * dev.bag.io.codec.gzip.Lookahead} plans <i>pieces</i> of the file ahead of the reader: a {@code PieceJob} looks for a place
 * ({@code BlockSearch}), and inflates from there to the next such place ({@code Range}), with {@code Placeholders} for the window
 * that is not known yet. The reader takes a {@link dev.bag.io.codec.gzip.Piece} only where a {@code Seam} has proved that a block
 * begins. A {@link dev.bag.io.codec.gzip.SeekIndex} has the places and windows that one reader found, for the next one; or the
 * places of <i>chunks</i>, as dictzip writes them into a header ({@code ChunkTable}). Where members are short, all members
 * between two bytes of the file are pieces of one job.
 *
 * <p>The idea of placeholders is that of pugz (Kerbiriou and Chikhi, 2019) and rapidgzip (Knespel and Brunst, 2023), which have
 * inflaters of their own for it; inflating twice does it with any inflater.
 *
 * <p>Threads: {@code HelperThreads} has the protocol, and why nothing waits.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.io.codec.gzip;
