package dev.bag.examples;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** The command line of a program, described for users. Its only option is {@code --help}, which prints this text. */
record Usage(String text) {

    /** The exit status of a program that was called with an option that it does not know. */
    static final int WRONG = 2;

    /** A parsed command line: the names on it, or the status to exit with, which is -1 if the program goes on. */
    record Parsed(List<String> names, int exitStatus) {

        boolean isOver() {
            return exitStatus >= 0;
        }
    }

    /** Returns the names on the command line. After {@code --help} and after an unknown option the program ends here. */
    String[] namesOrExit(String... arguments) {
        Parsed parsed = parse(System.out, System.err, arguments);
        if (parsed.isOver()) {
            System.exit(parsed.exitStatus());
        }
        return parsed.names().toArray(String[]::new);
    }

    /** As {@link #namesOrExit}, for a program that needs names: without any it prints the text and ends. */
    String[] someNamesOrExit(String... arguments) {
        return namesOrExit(arguments.length == 0 ? new String[] {"--help"} : arguments);
    }

    /** A name that begins with a dash may follow {@code --}. */
    Parsed parse(PrintStream out, PrintStream errors, String... arguments) {
        List<String> names = new ArrayList<>();
        boolean mayBeOption = true;
        for (String argument : arguments) {
            if (!mayBeOption || !argument.startsWith("-")) {
                names.add(argument);
            } else if (argument.equals("--")) {
                mayBeOption = false;
            } else if (argument.equals("--help") || argument.equals("-h")) {
                out.print(text);
                return new Parsed(List.of(), 0);
            } else {
                errors.printf("unknown option: %s%n%s", argument, text);
                return new Parsed(List.of(), WRONG);
            }
        }
        return new Parsed(names, -1);
    }
}
