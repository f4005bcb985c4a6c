package dev.bag.shuffle.reduce;

import dev.bag.shuffle.hold.EntryCursor;
import dev.bag.shuffle.hold.Reading;
import dev.bag.shuffle.hold.Segments;
import java.io.IOException;
import java.util.List;

/** The entries of one target of several bags, those of the first before those of the second; the tag is number * 2 + side. */
final class SidesInTurn extends EntryCursor {

    private final List<Segments> sides;
    private final int target;
    private final Reading reading;
    private int side;
    private long number;
    private EntryCursor current;
    private long takenBytes;

    SidesInTurn(List<Segments> sides, int target, Reading reading) {
        this.sides = sides;
        this.target = target;
        this.reading = reading;
        this.current = sides.get(0).open(target, reading);
    }

    @Override
    public boolean next() throws IOException {
        while (!current.next()) {
            if (side + 1 == sides.size()) {
                return false;
            }
            close();
            takenBytes += current.takenBytes();
            side++;
            current = sides.get(side).open(target, reading);
        }
        setTo(current);
        tag = number++ * 2 + side;
        return true;
    }

    @Override
    public long takenBytes() {
        return takenBytes + current.takenBytes();
    }

    @Override
    public void close() throws IOException {
        current.close();
    }
}
