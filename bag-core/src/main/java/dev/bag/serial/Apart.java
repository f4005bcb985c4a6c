package dev.bag.serial;

import java.io.Serial;
import java.io.Serializable;

/** Stands, in what Java serializes, for an object that is written apart from it. */
final class Apart implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    final int number;

    Apart(int number) {
        this.number = number;
    }
}
