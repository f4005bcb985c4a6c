package dev.bag.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything public has a comment, and operators state their facts. Which tags a comment needs is for its writer to
 * judge.
 */
class DocumentationTest {

    private static final List<Path> OPERATORS = List.of(
            Path.of("bag-core/src/main/java/dev/bag/Bag.java"),
            Path.of("bag-core/src/main/java/dev/bag/KeyedBag.java"));

    private static final Pattern BAG = Pattern.compile("(Keyed)?Bag<.*");

    private static final Pattern FACT = Pattern.compile("(?<=<p>)<b>Lazy\\b(?:.|\\n(?! *\\n| *@))*");

    @ParameterizedTest
    @ValueSource(strings = {"bag-core", "bag-io"})
    void whatUsersCanSeeHasAComment(String module) {
        Collection<Path> exported = SourceTree.exportedPackages(module).values();
        SourceTree.Parsed parsed = SourceTree.parse(SourceTree.mainJavaFiles().stream()
                .filter(file -> exported.contains(file.getParent()))
                .toList());
        List<String> missing = new ArrayList<>();
        parsed.units().forEach((file, unit) -> missing.addAll(withoutComment(parsed, file, unit)));
        assertThat(missing).isEmpty();
    }

    @Test
    void everyExportedPackageHasAComment() {
        List<Path> missing = new ArrayList<>();
        for (String module : List.of("bag-core", "bag-io")) {
            for (Path folder : SourceTree.exportedPackages(module).values()) {
                Path file = folder.resolve("package-info.java");
                if (!SourceTree.exists(file)
                        || !String.join("\n", SourceTree.lines(file)).contains("/**")) missing.add(file);
            }
        }
        assertThat(missing).isEmpty();
    }

    /** A reader should find in one place when an operator runs and how its result is cut. */
    @Test
    void everyOperatorSaysThatItIsLazyAndHowManyPartitionsItsResultHas() {
        List<String> missing = new ArrayList<>();
        SourceTree.Parsed parsed = SourceTree.parse(OPERATORS);
        parsed.units()
                .forEach((file, unit) -> new TreePathScanner<Void, Void>() {
                    @Override
                    public Void visitMethod(MethodTree method, Void unused) {
                        boolean isPublic = method.getModifiers().getFlags().contains(Modifier.PUBLIC);
                        Tree result = method.getReturnType();
                        if (isPublic
                                && result != null
                                && BAG.matcher(result.toString()).matches()) {
                            String fact = factLine(((DocTrees) parsed.trees()).getDocComment(getCurrentPath()));
                            if (!fact.contains("partition")) {
                                missing.add(file + ":" + parsed.firstLine(unit, method) + " " + method.getName()
                                        + " does not say its partitions: " + fact);
                            }
                        }
                        return null;
                    }
                }.scan(unit, null));
        assertThat(missing).isEmpty();
    }

    /** The paragraph that begins with <b>Lazy</b> in bold; without one, nothing. */
    private static String factLine(String comment) {
        Matcher fact = FACT.matcher(comment);
        return fact.find() ? fact.group().replaceAll("\\s+", " ") : "";
    }

    @Test
    void theFactLineIsTheWholeParagraph() {
        assertThat(factLine(" Sums.\n\n <p><b>Lazy, narrow.</b> Keeps\n partitions.\n\n <p>More.\n @param f a\n"))
                .isEqualTo("<b>Lazy, narrow.</b> Keeps partitions.");
        assertThat(factLine(" Sums partitions.\n <b>Eager.</b>\n @param f <b>Lazy</b>"))
                .isEmpty();
    }

    private static List<String> withoutComment(SourceTree.Parsed parsed, Path file, CompilationUnitTree unit) {
        List<String> missing = new ArrayList<>();
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitClass(ClassTree type, Void unused) {
                if (!isVisible(getCurrentPath(), type.getModifiers())) return null;
                check(type, type.getSimpleName().toString());
                return super.visitClass(type, unused);
            }

            @Override
            public Void visitMethod(MethodTree method, Void unused) {
                if (isVisible(getCurrentPath(), method.getModifiers()) && !isOverride(method)) {
                    check(method, method.getName().toString());
                }
                return null;
            }

            @Override
            public Void visitVariable(VariableTree field, Void unused) {
                if (isVisible(getCurrentPath(), field.getModifiers()))
                    check(field, field.getName().toString());
                return null;
            }

            private void check(Tree tree, String name) {
                if (((DocTrees) parsed.trees()).getDocComment(getCurrentPath()) == null) {
                    missing.add(file + ":" + parsed.firstLine(unit, tree) + " " + name + " has no comment");
                }
            }
        }.scan(unit, null);
        return missing;
    }

    private static boolean isVisible(TreePath path, ModifiersTree modifiers) {
        if (modifiers.getFlags().contains(Modifier.PRIVATE)) return false;
        Tree.Kind parent = path.getParentPath().getLeaf().getKind();
        return parent == Tree.Kind.INTERFACE
                || modifiers.getFlags().contains(Modifier.PUBLIC)
                || modifiers.getFlags().contains(Modifier.PROTECTED);
    }

    private static boolean isOverride(MethodTree method) {
        return method.getModifiers().getAnnotations().stream()
                .anyMatch(
                        annotation -> annotation.getAnnotationType().toString().equals("Override"));
    }
}
