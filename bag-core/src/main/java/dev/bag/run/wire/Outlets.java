package dev.bag.run.wire;

import dev.bag.function.CheckedBiFunction;
import dev.bag.kernel.EvenCut;
import dev.bag.kernel.ExpandSink;
import dev.bag.kernel.JoinedSink;
import dev.bag.kernel.Operator;
import dev.bag.kernel.Operator.Place;
import dev.bag.kernel.OutsideFeed;
import dev.bag.kernel.PartitionFeed;
import dev.bag.kernel.Port;
import dev.bag.kernel.Sink;
import dev.bag.kernel.ZipFeed;
import dev.bag.trait.Expander;
import dev.bag.trait.Outside;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The outlets of each kind of operation. */
final class Outlets {

    private Outlets() {}

    /** An end of the stage. */
    record End(int number, IntFunction<Sink> sinks) implements Outlet {
        @Override
        public List<Way> ways(int partition) {
            return List.of();
        }

        @Override
        public Opened open(TaskBuilder task, int partition, List<Opened> behind) {
            Sink sink = sinks.apply(partition);
            task.addEnd(number, partition, sink);
            return Opened.by(sink);
        }
    }

    /** Any number of records for each. */
    record Expanding(Operator operator, Place.Numbering numbering, Outlet next, Expander<Object, Object> expander)
            implements Outlet {

        @Override
        public List<Way> ways(int partition) {
            return List.of(new Way(next, partition));
        }

        @Override
        public Opened open(TaskBuilder task, int partition, List<Opened> behind) {
            Opened end = behind.get(0);
            if (end.sink() == null) {
                return end;
            }
            Place place = new Place(operator, partition, numbering);
            return new Opened(ExpandSink.of(place, end.sink(), task.nesting(), task.skips(), expander), end.wishes());
        }
    }

    /** The partitions of one bag of a concatenation. */
    record Shifted(int offset, Outlet next) implements Outlet {

        @Override
        public List<Way> ways(int partition) {
            return List.of(new Way(next, partition + offset));
        }

        @Override
        public Opened open(TaskBuilder task, int partition, List<Opened> behind) {
            return behind.get(0);
        }
    }

    /** One partition. */
    record Selected(int index, Outlet next) implements Outlet {

        @Override
        public List<Way> ways(int partition) {
            return partition == index ? List.of(new Way(next, 0)) : List.of();
        }

        @Override
        public Opened open(TaskBuilder task, int partition, List<Opened> behind) {
            if (partition == index) {
                return behind.get(0);
            }
            return partition < index ? Opened.NOT_YET : Opened.BY_NOBODY;
        }
    }

    /** Partitions that follow each other as one, in an operation that must see them as one. */
    static final class Joined implements Outlet {

        private final EvenCut neighbours;
        private final Outlet next;

        Joined(EvenCut neighbours, Outlet next) {
            this.neighbours = neighbours;
            this.next = next;
        }

        @Override
        public List<Way> ways(int partition) {
            return List.of(new Way(next, neighbours.partOf(partition)));
        }

        @Override
        public @Nullable Opened openedAlready(TaskBuilder task, int partition) {
            Object known = task.shared(this, neighbours.partOf(partition));
            return known == null ? null : inOrder(task, partition, (Opened) known);
        }

        @Override
        public Opened open(TaskBuilder task, int partition, List<Opened> behind) {
            int group = neighbours.partOf(partition);
            Opened joined = behind.get(0);
            if (joined.sink() != null) {
                int members = (int) (neighbours.end(group) - neighbours.begin(group));
                joined = new Opened(JoinedSink.of(joined.sink(), members, task.nesting()), joined.wishes());
            }
            task.share(this, group, joined);
            return inOrder(task, partition, joined);
        }

        private static Opened inOrder(TaskBuilder task, int partition, Opened joined) {
            Sink sink = joined.sink();
            return sink == null ? joined : new Opened(sink, joined.wishes().and(task.inOrder(sink, partition)));
        }
    }

    /** A function from iterator to iterator. */
    record Partitions(
            Operator operator,
            CheckedBiFunction<Integer, Iterator<Object>, ? extends Iterator<?>> function,
            Place.Numbering numbering,
            Outlet next)
            implements Outlet {

        @Override
        public List<Way> ways(int partition) {
            return List.of(new Way(next, partition));
        }

        @Override
        public Opened open(TaskBuilder task, int partition, List<Opened> behind) {
            Opened end = behind.get(0);
            if (end.sink() == null) {
                return end;
            }
            Port port = new Port();
            task.retention().keepAll();
            Place place = new Place(operator, partition, numbering);
            task.addFeed(new PartitionFeed(place, function, port, task.blocking(), end.sink(), task.skips()), end);
            return new Opened(port, Wishes.of(port::addFeed));
        }
    }

    /** Work that is done elsewhere. */
    record Outward(Operator operator, Outside<Object, Object> outside, Place.Numbering numbering, Outlet next)
            implements Outlet {

        @Override
        public List<Way> ways(int partition) {
            return List.of(new Way(next, partition));
        }

        @Override
        public Opened open(TaskBuilder task, int partition, List<Opened> behind) {
            Opened end = behind.get(0);
            if (end.sink() == null) {
                return end;
            }
            Port port = new Port();
            Place place = new Place(operator, partition, numbering);
            task.addFeed(new OutsideFeed(place, outside, task, port, task.retention(), end.sink(), task.skips()), end);
            return new Opened(port, Wishes.of(port::addFeed));
        }
    }

    /** Both sides of a zip. */
    static final class Zip {

        private final Operator operator;
        private final CheckedBiFunction<Object, Object, ?> function;
        private final Place.Numbering numbering;
        private final Outlet next;

        Zip(Operator operator, CheckedBiFunction<Object, Object, ?> function, Place.Numbering numbering, Outlet next) {
            this.operator = operator;
            this.function = function;
            this.numbering = numbering;
            this.next = next;
        }

        Outlet left() {
            return new Side(true);
        }

        Outlet right() {
            return new Side(false);
        }

        /** The ports of one partition; none when it is not wanted, and then what {@code unwanted} says. */
        private record Ports(@Nullable Port left, @Nullable Port right, Outlet.Opened unwanted) {}

        private Ports open(TaskBuilder task, int partition, Outlet.Opened end) {
            Ports ports = new Ports(null, null, end);
            if (end.sink() != null) {
                Port left = new Port();
                Port right = new Port();
                Place place = new Place(operator, partition, numbering);
                task.addFeed(new ZipFeed(place, function, left, right, end.sink(), task.skips()), end);
                ports = new Ports(left, right, end);
            }
            task.share(this, partition, ports);
            return ports;
        }

        private final class Side implements Outlet {

            private final boolean isLeft;

            Side(boolean isLeft) {
                this.isLeft = isLeft;
            }

            @Override
            public List<Way> ways(int partition) {
                return List.of(new Way(next, partition));
            }

            @Override
            public @Nullable Opened openedAlready(TaskBuilder task, int partition) {
                Ports known = (Ports) task.shared(Zip.this, partition);
                return known == null ? null : opened(known);
            }

            @Override
            public Opened open(TaskBuilder task, int partition, List<Opened> behind) {
                return opened(Zip.this.open(task, partition, behind.get(0)));
            }

            private Opened opened(Ports ports) {
                Port port = isLeft ? ports.left() : ports.right();
                return port == null ? ports.unwanted() : new Opened(port, Wishes.of(port::addFeed));
            }
        }
    }
}
