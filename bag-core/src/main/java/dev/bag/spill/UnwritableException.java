package dev.bag.spill;

import com.esotericsoftware.kryo.kryo5.KryoException;

/** A class whose objects cannot be written; the message says why. */
final class UnwritableException extends KryoException {

    private static final long serialVersionUID = 1;

    UnwritableException(String reason) {
        super(reason);
    }
}
