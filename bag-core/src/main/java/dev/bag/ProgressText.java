package dev.bag;

import dev.bag.text.Digits;
import dev.bag.value.ByteSize;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** What is printed of progress. */
final class ProgressText {

    private static final int BAR = 20;
    private static final int NARROWEST = 20;
    private static final int PERCENT = 100;
    private static final int MOST_WHAT = 60;

    private ProgressText() {}

    /** A line for a log. */
    static String line(ProgressState state) {
        return "run " + state.run() + (state.isOver() ? " is over: " : ": ") + cut(state.what(), MOST_WHAT) + ", "
                + numbers(state);
    }

    /** A line for a terminal with so many columns: always as long as all but the last, so that it covers the one before. */
    static String bar(ProgressState state, int columns) {
        int width = Math.max(NARROWEST, columns) - 1;
        String numbers =
                share(state).isPresent() ? drawn(share(state).getAsDouble()) + " " + numbers(state) : numbers(state);
        int rest = width - numbers.length() - 1;
        String what = rest > 3 ? cut(state.what(), rest) + " " : "";
        String line = cut(what + numbers, width);
        return line + " ".repeat(width - line.length());
    }

    private static String drawn(double share) {
        int full = (int) (share * BAR);
        return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "]";
    }

    private static String numbers(ProgressState state) {
        StringBuilder text = new StringBuilder();
        OptionalDouble share = share(state);
        if (share.isPresent()) {
            text.append((int) (share.getAsDouble() * PERCENT)).append(" %, ");
        }
        if (state.bytesInAll().isPresent()) {
            text.append(ByteSize.format(state.bytesRead())).append(" of ");
            text.append(ByteSize.format(state.bytesInAll().getAsLong())).append(", ");
        }
        text.append(Digits.grouped(state.records())).append(state.records() == 1 ? " record, " : " records, ");
        if (state.tasks() > 0) {
            text.append(Digits.grouped(state.tasksDone())).append(" of ");
            text.append(Digits.grouped(state.tasks())).append(state.tasks() == 1 ? " task, " : " tasks, ");
        }
        if (state.calls() > 0) {
            text.append(Digits.grouped(state.callsDone())).append(" of ");
            text.append(Digits.grouped(state.calls())).append(state.calls() == 1 ? " call, " : " calls, ");
        }
        return text.append(time(state.elapsed())).toString();
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

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, Math.max(0, most - 1)) + "…";
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
