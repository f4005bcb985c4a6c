package dev.bag.spill;

import com.esotericsoftware.kryo.kryo5.io.Output;

/** Kryo's buffer, of which one can also take room to write into directly. */
final class FrameBuffer extends Output {

    FrameBuffer(int size, int most) {
        super(size, most);
    }

    /** Makes sure that so many bytes can be written at the position. */
    void makeRoom(int bytes) {
        require(bytes);
    }
}
