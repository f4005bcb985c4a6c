package dev.bag;

import dev.bag.text.Digits;
import dev.bag.text.OneLine;
import dev.bag.value.ByteSize;
import java.io.PrintStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** What is printed of progress. */
final class ProgressText {

    private static final int BAR = 10;
    /** How many cells what the stage does has before a piece is left out. */
    private static final int LEAST_OF_STAGE = 10;

    private static final int NARROWEST = 20;
    private static final int PERCENT = 100;
    private static final int MOST_WHAT = 60;

    /** What can be said, in the order in which it is said. */
    private enum Piece {
        PERCENT,
        BYTES,
        RECORDS,
        RATE,
        TASKS,
        CALLS,
        ELAPSED,
        LEFT
    }

    /** Of the percents the bar that is drawn before them. */
    private static final List<Piece> LEAST_MISSED_FIRST = List.of(
            Piece.TASKS, Piece.RECORDS, Piece.PERCENT, Piece.BYTES, Piece.CALLS, Piece.RATE, Piece.ELAPSED, Piece.LEFT);

    private ProgressText() {}

    /** A line for a log. */
    static String line(ProgressState state) {
        return "run " + state.run() + (state.isOver() ? " is over: " : ": ")
                + OneLine.cut(OneLine.of(state.what()), MOST_WHAT) + ", "
                + String.join(", ", pieces(state).values());
    }

    /**
     * A line for a terminal with so many columns: always as wide as all but the last, so that it covers the one before. What
     * is least missed is left out where there is too little space: first the name of the stage is cut.
     */
    static String bar(ProgressState state, int columns) {
        int width = Math.max(NARROWEST, columns) - 1;
        Map<Piece, String> pieces = pieces(state);
        share(state).ifPresent(share -> pieces.put(Piece.PERCENT, drawn(share) + " " + percent(share)));
        for (Piece least : LEAST_MISSED_FIRST) {
            if (String.join(", ", pieces.values()).length() + LEAST_OF_STAGE < width) {
                break;
            }
            pieces.computeIfPresent(least, (piece, text) -> piece == Piece.PERCENT ? text.substring(BAR + 3) : null);
        }
        String numbers = String.join(", ", pieces.values());
        int rest = width - numbers.length() - 1;
        String stage = OneLine.of(state.stage().isEmpty() ? state.what() : state.stage());
        String what = rest > 3 ? OneLine.cut(stage, rest) + " " : "";
        String line = OneLine.cut(what + numbers, width);
        return line + " ".repeat(width - OneLine.width(line));
    }

    private static String drawn(double share) {
        int full = (int) (share * BAR);
        return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "]";
    }

    private static String percent(double share) {
        return (int) (share * PERCENT) + " %";
    }

    private static Map<Piece, String> pieces(ProgressState state) {
        Map<Piece, String> pieces = new EnumMap<>(Piece.class);
        OptionalDouble share = share(state);
        share.ifPresent(known -> pieces.put(Piece.PERCENT, percent(known)));
        if (state.bytesInAll().isPresent()) {
            pieces.put(
                    Piece.BYTES,
                    ByteSize.format(state.bytesRead()) + " of "
                            + ByteSize.format(state.bytesInAll().getAsLong()));
        }
        pieces.put(Piece.RECORDS, Digits.grouped(state.records()) + (state.records() == 1 ? " record" : " records"));
        double seconds = state.elapsed().toNanos() / 1e9;
        if (state.records() > 0 && seconds > 0) {
            pieces.put(Piece.RATE, Digits.grouped(Math.round(state.records() / seconds)) + " a second");
        }
        if (state.tasks() > 0) {
            pieces.put(Piece.TASKS, ofHowMany(state.tasksDone(), state.tasks(), "task"));
        }
        if (state.calls() > 0) {
            pieces.put(Piece.CALLS, ofHowMany(state.callsDone(), state.calls(), "call"));
        }
        pieces.put(Piece.ELAPSED, time(state.elapsed()));
        boolean isOfAll = state.bytesInAll().isPresent() || state.tasks() == 0; // not of the tasks of one stage
        if (isOfAll && !state.isOver() && share.isPresent() && share.getAsDouble() > 0) {
            double left = seconds * (1 - share.getAsDouble()) / share.getAsDouble();
            pieces.put(Piece.LEFT, time(Duration.ofSeconds(Math.round(left))) + " left");
        }
        return pieces;
    }

    private static String ofHowMany(long done, long all, String noun) {
        return Digits.grouped(done) + " of " + Digits.grouped(all) + " " + noun + (all == 1 ? "" : "s");
    }

    /** How much is done, by bytes where they are known, or else by the tasks of the stage, or else by calls. */
    private static OptionalDouble share(ProgressState state) {
        if (state.bytesInAll().isPresent()) {
            double all = state.bytesInAll().getAsLong();
            return OptionalDouble.of(Math.min(1, state.bytesRead() / all));
        }
        if (state.tasks() > 0) {
            return OptionalDouble.of(Math.min(1, state.tasksDone() / (double) state.tasks()));
        }
        return state.calls() > 0
                ? OptionalDouble.of(Math.min(1, state.callsDone() / (double) state.calls()))
                : OptionalDouble.empty();
    }

    private static String time(Duration elapsed) {
        long seconds = elapsed.toSeconds();
        return seconds < 3_600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3_600, seconds / 60 % 60, seconds % 60);
    }

    /** One line of a terminal, which changes. One thread at a time uses it. */
    static final class Bar implements Consumer<ProgressState> {

        private final PrintStream out;
        private final int columns;
        /** The run that is shown, or 0; others wait until it is over. */
        private long shown;

        Bar(PrintStream out, int columns) {
            this.out = out;
            this.columns = columns;
        }

        @Override
        public void accept(ProgressState state) {
            if (shown == 0 && !state.isOver()) {
                shown = state.run();
            }
            if (shown == state.run()) {
                out.print("\r" + bar(state, columns) + (state.isOver() ? System.lineSeparator() : ""));
                out.flush();
                shown = state.isOver() ? 0 : shown;
            }
        }
    }
}
