package dev.bag.run.wire;

import dev.bag.function.CheckedBiFunction;
import dev.bag.kernel.Carried;
import dev.bag.kernel.ExpandSink;
import dev.bag.kernel.JoinedSink;
import dev.bag.kernel.Operator;
import dev.bag.kernel.OrderedSinks;
import dev.bag.kernel.PartitionFeed;
import dev.bag.kernel.Place;
import dev.bag.kernel.Port;
import dev.bag.kernel.Sink;
import dev.bag.kernel.ZipFeed;
import dev.bag.stage.EvenCut;
import dev.bag.trait.Expander;
import java.util.Iterator;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The outlets of each kind of operation. */
final class Outlets {

    private Outlets() {}

    /** An operation that is a sink in front of a sink. */
    static Outlet passing(
            Operator operator, Place.Numbering numbering, Outlet next, BiFunction<Place, Sink, Sink> make) {
        return (unit, partition) -> {
            Sink out = next.open(unit, partition);
            return out == null ? null : make.apply(new Place(operator, partition, numbering), out);
        };
    }

    /** As {@link #passing}, of an operation that carries something on: it sees also partitions that nobody reads. */
    static Outlet carrying(
            Operator operator,
            Place.Numbering numbering,
            Outlet next,
            Carried carried,
            BiFunction<Place, Sink, Sink> make) {
        return (unit, partition) -> {
            unit.addCarried(carried);
            unit.inOrder(carried, partition);
            Sink out = next.open(unit, partition);
            return make.apply(new Place(operator, partition, numbering), out == null ? OrderedSinks.unread() : out);
        };
    }

    /** The partitions of one bag of a concatenation. */
    static Outlet shifted(int offset, Outlet next) {
        return (unit, partition) -> next.open(unit, partition + offset);
    }

    /** One partition. */
    static Outlet selected(int index, Outlet next) {
        return (unit, partition) -> partition == index ? next.open(unit, 0) : null;
    }

    /** Partitions that follow each other as one, in an operation that must see them as one. */
    static Outlet joined(EvenCut neighbours, Outlet next) {
        Object self = new Object();
        return (unit, partition) -> {
            int group = neighbours.groupOf(partition);
            int members = neighbours.end(group) - neighbours.start(group);
            Sink joined = (Sink) unit.shared(self, group, () -> {
                Sink out = next.open(unit, group);
                return out == null ? null : new JoinedSink(out, members);
            });
            if (joined != null) {
                unit.inOrder(joined, partition);
            }
            return joined;
        };
    }

    /** A function from iterator to iterator. */
    static Outlet partitions(
            Operator operator,
            CheckedBiFunction<Integer, Iterator<Object>, ? extends Iterator<?>> function,
            Place.Numbering numbering,
            Outlet next) {
        return (unit, partition) -> {
            Port port = new Port();
            int before = unit.feeds().size();
            unit.addFeed(
                    next,
                    partition,
                    sink -> new PartitionFeed(new Place(operator, partition, numbering), function, port, sink));
            return unit.feeds().size() == before ? null : unit.addPort(port);
        };
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

        private record Sides(Port left, Port right) {}

        Outlet left() {
            return (unit, partition) -> {
                Sides sides = sides(unit, partition);
                return sides == null ? null : unit.addPort(sides.left());
            };
        }

        Outlet right() {
            return (unit, partition) -> {
                Sides sides = sides(unit, partition);
                return sides == null ? null : unit.addPort(sides.right());
            };
        }

        private @Nullable Sides sides(UnitBuilder unit, int partition) {
            return (Sides) unit.shared(this, partition, () -> {
                Sides sides = new Sides(new Port(), new Port());
                int before = unit.feeds().size();
                unit.addFeed(
                        next,
                        partition,
                        sink -> new ZipFeed(
                                new Place(operator, partition, numbering),
                                function,
                                sides.left(),
                                sides.right(),
                                sink));
                return unit.feeds().size() == before ? null : sides;
            });
        }
    }

    /** Any number of records for each. */
    static Sink expanding(Place place, Expander<Object, Object> expander, Sink out) {
        return new ExpandSink(place, out, emitter -> {
            Expander.Output<Object> output = new Expander.Output<>() {
                @Override
                public void accept(Object record) {
                    emitter.emit(record);
                }

                @Override
                public boolean wantsMore() {
                    return emitter.wantsMore();
                }
            };
            return record -> expander.expand(record, output);
        });
    }
}
