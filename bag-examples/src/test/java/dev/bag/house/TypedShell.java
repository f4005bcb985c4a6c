package dev.bag.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/** What a reader of a document types into jshell, line by line. */
final class TypedShell implements AutoCloseable {

    private final JShell shell = JShell.builder().executionEngine("local").build();
    /** What could not be typed, or has thrown something. */
    private final List<String> wrong = new ArrayList<>();

    private final StringBuilder begun = new StringBuilder();

    /** A shell with the imports of bin/bag-shell, and some that readers have. */
    TypedShell() {
        shell.addToClasspath(System.getProperty("java.class.path"));
        for (String imported : SourceTree.lines(Path.of("bin/bag-shell.jsh"))) {
            if (imported.startsWith("import")) {
                shell.eval(imported.replaceAll("//.*", ""));
            }
        }
        for (String more : List.of(
                "java.io.*",
                "java.nio.charset.*",
                "java.nio.file.*",
                "java.time.*",
                "java.util.concurrent.atomic.*",
                "java.util.stream.*",
                "com.fasterxml.jackson.databind.*")) {
            shell.eval("import " + more + ";");
        }
    }

    /** Types a line; returns the value of what ends with it, or nothing if it goes on in the next line. */
    Optional<String> type(String line) {
        begun.append(line).append('\n');
        CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(begun.toString());
        if (!info.completeness().isComplete()) {
            return Optional.empty();
        }
        begun.setLength(0);
        return Optional.of(value(info.source()));
    }

    private String value(String source) {
        String value = "";
        for (SnippetEvent event : shell.eval(source)) {
            if (event.status() == Snippet.Status.REJECTED) {
                wrong.add(source + "\n  "
                        + shell.diagnostics(event.snippet())
                                .map(d -> d.getMessage(null))
                                .toList());
            } else if (event.exception() != null) {
                wrong.add(source + "\n  " + event.exception());
            }
            value = String.valueOf(event.value());
        }
        return value;
    }

    /** Fails if something was wrong, or has no end. */
    void check() {
        assertThat(wrong).isEmpty();
        assertThat(begun).isEmpty();
    }

    @Override
    public void close() {
        shell.close();
    }
}
