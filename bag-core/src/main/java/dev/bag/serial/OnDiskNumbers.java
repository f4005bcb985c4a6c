package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import dev.bag.trait.Traits.OnDisk;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** What is on disk already, by number. It can be reached for as long as these can, which is until the run is over. Thread-safe. */
final class OnDiskNumbers {

    private final Map<OnDisk, Integer> numbers = new IdentityHashMap<>();
    private final List<OnDisk> things = new ArrayList<>();

    synchronized int numberOf(OnDisk thing) {
        return numbers.computeIfAbsent(thing, added -> {
            things.add(added);
            return things.size() - 1;
        });
    }

    synchronized OnDisk thingOf(int number) {
        return things.get(number);
    }

    /** What is on disk already as its number. */
    static final class Form extends Serializer<OnDisk> {

        private final OnDiskNumbers numbers;

        Form(OnDiskNumbers numbers) {
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
}
