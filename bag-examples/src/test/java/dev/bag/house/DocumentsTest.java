package dev.bag.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.util.TreeScanner;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Class names and links in documents exist. */
class DocumentsTest {

    private static final Set<String> WITH_CLASS_NAMES = Set.of("ARCHITECTURE.md", "CONTRIBUTING.md");

    /** {@code Plan}, {@code Plan.Cases} and the {@code Bag} of {@code Bag.map(f)}; words all in capitals are no types. */
    private static final Pattern TYPE = Pattern.compile("@?([A-Z]\\w*(?:\\.[A-Z]\\w*)*)\\b.*");

    private static final List<String> KNOWN_PACKAGES = List.of(
            "java.io.",
            "java.lang.",
            "java.nio.",
            "java.nio.file.",
            "java.time.",
            "java.util.",
            "java.util.concurrent.",
            "java.util.concurrent.atomic.",
            "java.util.function.",
            "java.util.stream.",
            "java.util.zip.",
            "org.junit.jupiter.api.",
            "org.jspecify.annotations.");

    @Test
    void everyClassNameIsAType() {
        Set<String> ours = ourTypes();
        List<String> unknown = new ArrayList<>();
        for (Path file : SourceTree.documents()) {
            if (!WITH_CLASS_NAMES.contains(file.toString())) continue;
            for (Document.Line code : Document.read(file).inlineCode()) {
                Matcher type = TYPE.matcher(code.text());
                if (!type.matches() || type.group(1).equals(type.group(1).toUpperCase())) continue;
                String name = type.group(1);
                if (!ours.contains(name) && !isWellKnown(name)) {
                    unknown.add(file + ":" + code.number() + " names " + name + ", which is no type");
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyRelativeLinkPointsAtAFile() {
        List<String> broken = new ArrayList<>();
        for (Path file : SourceTree.documents()) {
            for (Document.Line link : Document.read(file).links()) {
                URI target = URI.create(link.text());
                boolean toAFile = !target.isAbsolute() && !target.getPath().isEmpty();
                if (toAFile && !SourceTree.exists(file.resolveSibling(target.getPath()))) {
                    broken.add(file + ":" + link.number() + " links to " + target + ", which does not exist");
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    /** Simple names, and names with those of the types around them. */
    private static Set<String> ourTypes() {
        Set<String> names = new HashSet<>();
        var scanner = new TreeScanner<Void, String>() {
            @Override
            public Void visitClass(ClassTree type, String outer) {
                String name = type.getSimpleName().toString();
                names.add(name);
                names.add(outer + name);
                return super.visitClass(type, outer + name + ".");
            }
        };
        SourceTree.parse(SourceTree.allJavaFiles()).units().values().forEach(unit -> scanner.scan(unit, ""));
        return names;
    }

    private static boolean isWellKnown(String name) {
        return KNOWN_PACKAGES.stream().anyMatch(prefix -> exists(prefix + name.replace('.', '$')));
    }

    private static boolean exists(String className) {
        try {
            Class.forName(className, false, DocumentsTest.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
