package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import dev.bag.trait.OnDisk;

/** What is on disk already as its number. */
final class OnDiskForm extends Serializer<OnDisk> {

    private final OnDiskNumbers numbers;

    OnDiskForm(OnDiskNumbers numbers) {
        this.numbers = numbers;
    }

    @Override
    public void write(Kryo kryo, Output output, OnDisk thing) {
        output.writeVarInt(numbers.numberOf(thing), true);
    }

    @Override
    public OnDisk read(Kryo kryo, Input input, Class<? extends OnDisk> type) {
        return numbers.thingOf(input.readVarInt(true));
    }
}
