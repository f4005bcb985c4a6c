package dev.bag.run.end;

import dev.bag.shuffle.hold.EntryCursor;
import dev.bag.shuffle.hold.Reading;
import dev.bag.shuffle.hold.Segments;
import dev.bag.source.Chunk;
import dev.bag.value.Pair;
import java.io.Closeable;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All pairs of the records of two partitions; the second is read again for each record of the first. */
final class Product implements Chunk<Object>, Closeable {

    private final EntryCursor left;
    private final Segments rightSegments;
    private final int rightPartition;
    private @Nullable EntryCursor right;

    Product(Segments left, int leftPartition, Segments right, int rightPartition) {
        this.left = left.with(leftPartition).open(leftPartition, Reading.KEEP);
        this.rightSegments = right.with(rightPartition);
        this.rightPartition = rightPartition;
    }

    @Override
    public @Nullable Object next() throws IOException {
        while (right == null || !right.next()) {
            if (rightSegments.count(rightPartition) == 0 || !left.next()) {
                return null;
            }
            closeRight();
            right = rightSegments.open(rightPartition, Reading.KEEP);
        }
        return new Pair<>(Objects.requireNonNull(left.value()), Objects.requireNonNull(right.value()));
    }

    private void closeRight() throws IOException {
        if (right != null) {
            right.close();
        }
    }

    @Override
    public void close() throws IOException {
        closeRight();
        left.close();
    }
}
