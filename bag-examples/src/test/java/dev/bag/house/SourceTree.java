package dev.bag.house;

import static java.util.stream.Collectors.toMap;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExportsTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The project's files as they lie on the disk. Paths are relative to the project's folder, so that messages are short. */
final class SourceTree {

    private static final Path ROOT = findRoot();

    private SourceTree() {}

    static List<Path> mainJavaFiles() {
        return files(path -> isJava(path) && path.toString().contains("src/main/java/"));
    }

    static List<Path> allJavaFiles() {
        return files(SourceTree::isJava);
    }

    static List<Path> documents() {
        return files(path -> path.toString().endsWith(".md"));
    }

    static Path resolve(Path file) {
        return ROOT.resolve(file);
    }

    static boolean exists(Path file) {
        return Files.exists(resolve(file));
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The version of the project. */
    static String version() {
        return lines(Path.of("bag-bom/pom.xml")).stream()
                .filter(line -> line.matches("\\s*<version>[0-9].*</version>"))
                .map(line -> line.replaceAll("</?version>", "").strip())
                .findFirst()
                .orElseThrow();
    }

    static Parsed parse(List<Path> files) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager fileManager = compiler.getStandardFileManager(null, null, null)) {
            var sources = fileManager.getJavaFileObjectsFromPaths(
                    files.stream().map(SourceTree::resolve).toList());
            var task = (JavacTask) compiler.getTask(null, fileManager, null, List.of("-proc:none"), null, sources);
            Map<Path, CompilationUnitTree> units = new TreeMap<>();
            for (CompilationUnitTree unit : task.parse()) {
                units.put(ROOT.relativize(Path.of(unit.getSourceFile().toUri())), unit);
            }
            return new Parsed(units, Trees.instance(task));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The packages that a module exports to everybody, with their folders. */
    static Map<String, Path> exportedPackages(String module) {
        Path sources = Path.of(module, "src/main/java");
        Parsed parsed = parse(List.of(sources.resolve("module-info.java")));
        return parsed.units().values().iterator().next().getModule().getDirectives().stream()
                .filter(directive -> directive.getKind() == Tree.Kind.EXPORTS)
                .map(ExportsTree.class::cast)
                .filter(exports -> exports.getModuleNames() == null)
                .map(exports -> exports.getPackageName().toString())
                .collect(toMap(
                        name -> name, name -> sources.resolve(name.replace('.', '/')), (a, b) -> a, TreeMap::new));
    }

    /** Java files without attribution: their trees, and where in the file each tree stands. */
    record Parsed(Map<Path, CompilationUnitTree> units, Trees trees) {

        long firstLine(CompilationUnitTree unit, Tree tree) {
            return unit.getLineMap().getLineNumber(trees.getSourcePositions().getStartPosition(unit, tree));
        }

        long lastLine(CompilationUnitTree unit, Tree tree) {
            return unit.getLineMap().getLineNumber(trees.getSourcePositions().getEndPosition(unit, tree) - 1);
        }
    }

    private static List<Path> files(Predicate<Path> wanted) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    String name = directory.getFileName().toString();
                    boolean ours = directory.equals(ROOT) || (!name.startsWith(".") && !name.equals("target"));
                    return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    Path relative = ROOT.relativize(file);
                    if (wanted.test(relative)) found.add(relative);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.sort(null);
        return found;
    }

    private static boolean isJava(Path path) {
        return path.toString().endsWith(".java");
    }

    private static Path findRoot() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("bag-core"))) {
            folder = folder.getParent();
            if (folder == null) throw new IllegalStateException("started outside of the project's folder");
        }
        return folder;
    }
}
