package dev.bag.serial;

import dev.bag.trait.OnDisk;
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
}
