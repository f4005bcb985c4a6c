package dev.bag.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may see which: the flow of ARCHITECTURE.md. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.bag");

    /**
     * What each package sees, lowest first, and no more than it needs. All names are below {@code dev.bag}, which is
     * {@code bag} here. A package that is missing is an error.
     */
    private static final String FLOW = """
            function:
            text:
            value: text function
            trait: function value
            fold: function value trait
            source: function value trait
            plan: function value trait fold source
            optimize: function trait plan
            memory: value trait
            serial: value trait
            spill: value trait memory serial
            key: value trait
            kernel: function value trait fold source memory key
            stage: function text value source plan optimize kernel
            schedule:
            outside: function value trait schedule
            process: value trait schedule outside
            isolate: function value trait serial schedule process
            shuffle.hold: trait source memory spill key kernel
            shuffle.sort: trait source spill kernel shuffle.hold
            shuffle.gather: function value trait fold memory spill key kernel shuffle.hold shuffle.sort
            shuffle.reduce: fold memory spill key kernel shuffle.hold shuffle.gather
            run.wire: function value trait fold source plan key kernel stage
            run.end: function value trait fold source plan key kernel memory spill schedule shuffle.hold shuffle.sort \
                shuffle.gather shuffle.reduce stage run.wire
            run.skip: text value trait source kernel
            run.call: function value plan kernel stage schedule
            run.watch: function value trait source plan kernel stage schedule run.skip run.call
            run: function value trait source plan kernel spill stage schedule shuffle.hold run.wire run.end run.skip \
                run.call run.watch
            build: function text value trait fold source plan key kernel memory outside process isolate
            show: text value
            bag: function text value trait fold source plan key kernel spill stage schedule outside run run.skip run.watch build show
            view: show
            io.codec.bzip2:
            io.codec.gzip:
            io.file: value source io.codec.gzip
            io.codec: source io.file io.codec.bzip2 io.codec.gzip
            io.units: io.file io.codec io.codec.bzip2
            io.compress: io.codec
            io.http: value source io.file
            io.split: source io.file io.codec io.http
            io.format: value source io.file io.split
            io.archive: value source io.file io.codec io.split
            io.parts: value source bag io.file io.codec io.units io.split io.format io.archive
            io.write: value source io.file io.compress io.split io.format
            io.csv: value source io.file io.codec io.split io.format io.parts io.write
            io.json: value io.file io.split io.format
            io: function value source bag io.file io.codec io.compress io.split io.format io.archive io.parts io.csv \
                io.json io.write
            examples: function value fold source bag io
            """;

    private static final Map<String, Set<String>> MAY_SEE = maySee();

    /** Two files that name each other are one idea; more make a knot. */
    private static final int MOST_IN_A_KNOT = 2;

    /**
     * Where a knot is larger, and how large. A number may go down only. The plans are sealed, and each kind names its
     * visitors' interface, which names them all; the facade's types return each other; the parts of the scheduler
     * share one protocol, and so do those of the calls; a text, its block and its parts are made of each other.
     */
    private static final Map<String, Integer> LARGER_KNOTS = Map.ofEntries(
            entry("dev.bag", 8),
            entry("dev.bag.io", 3),
            entry("dev.bag.kernel", 3),
            entry("dev.bag.key", 4),
            entry("dev.bag.memory", 3),
            entry("dev.bag.plan", 20),
            entry("dev.bag.run", 6),
            entry("dev.bag.run.call", 10),
            entry("dev.bag.run.watch", 4),
            entry("dev.bag.schedule", 5),
            entry("dev.bag.serial", 10),
            entry("dev.bag.shuffle.reduce", 4),
            entry("dev.bag.value", 3));

    private static Map<String, Set<String>> maySee() {
        Map<String, Set<String>> maySee = new LinkedHashMap<>();
        for (String line : FLOW.lines().toList()) {
            String[] names = line.split(":? +|:");
            Set<String> below = Arrays.stream(names)
                    .skip(1)
                    .map(ArchitectureTest::packageOf)
                    .collect(toSet());
            maySee.put(packageOf(names[0]), below);
        }
        return maySee;
    }

    private static String packageOf(String name) {
        return name.equals("bag") ? "dev.bag" : "dev.bag." + name;
    }

    static Set<String> packages() {
        return MAY_SEE.keySet();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void seesOnlyWhatItMay(String name) {
        Set<String> allowed = new HashSet<>(MAY_SEE.get(name));
        allowed.add(name);
        classes()
                .that()
                .resideInAPackage(name)
                .should()
                .onlyDependOnClassesThat(
                        resideOutsideOfPackage("dev.bag..").or(resideInAnyPackage(allowed.toArray(new String[0]))))
                .because("ARCHITECTURE.md says so; this test holds the list")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void everyPackageHasItsPlaceInTheFlow() {
        Set<String> found = CLASSES.stream().map(JavaClass::getPackageName).collect(toSet());
        assertThat(MAY_SEE.keySet()).containsAll(found);
    }

    @Test
    void plansStagesAndTheKernelKnowNoThreads() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.bag.plan", "dev.bag.optimize", "dev.bag.stage", "dev.bag.kernel")
                .should()
                .dependOnClassesThat(assignableTo(Thread.class)
                        .or(assignableTo(ThreadFactory.class))
                        .or(assignableTo(Executor.class))
                        .or(assignableTo(Future.class)))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void stagesSeeOnlyTheNamesOfTheKernel() {
        classes()
                .that()
                .resideInAPackage("dev.bag.stage")
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage("dev.bag.kernel")
                        .or(nameMatching("dev\\.bag\\.kernel\\.(Operator|EvenCut)(\\$.*)?")))
                .check(CLASSES);
    }

    @Test
    void packagesFormNoCycle() {
        slices().assignedFrom(new OnePackageEach()).should().beFreeOfCycles().check(CLASSES);
    }

    /** Files a package has whose types all name each other, directly or by way of others of them. */
    @ParameterizedTest
    @MethodSource("packages")
    void hasNoKnot(String name) {
        int most = LARGER_KNOTS.getOrDefault(name, MOST_IN_A_KNOT);
        List<Set<String>> knots = Knots.in(namesWithin(name)).stream()
                .filter(knot -> knot.size() > most)
                .toList();
        assertThat(knots)
                .as("more than " + most + " files of " + name + " that all name each other")
                .isEmpty();
    }

    /** By type that stands in a file of its own: the others of the package that it names. */
    private static Map<String, Set<String>> namesWithin(String name) {
        Map<String, Set<String>> named = new TreeMap<>();
        for (JavaClass type : CLASSES) {
            if (!type.getPackageName().equals(name)) continue;
            Set<String> others = named.computeIfAbsent(fileOf(type), key -> new TreeSet<>());
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (target.getPackageName().equals(name)) {
                    others.add(fileOf(target));
                }
            }
        }
        return named;
    }

    private static String fileOf(JavaClass type) {
        return type.getName().substring(type.getPackageName().length() + 1).replaceFirst("\\$.*", "");
    }

    /** The strongly connected components of a graph (Tarjan, 1972). */
    private static final class Knots {
        private final Map<String, Set<String>> graph;
        private final Map<String, Integer> numbers = new HashMap<>();
        private final Map<String, Integer> lowest = new HashMap<>();
        private final Deque<String> open = new ArrayDeque<>();
        private final List<Set<String>> found = new ArrayList<>();

        private Knots(Map<String, Set<String>> graph) {
            this.graph = graph;
        }

        static List<Set<String>> in(Map<String, Set<String>> graph) {
            Knots knots = new Knots(graph);
            graph.keySet().forEach(knots::visit);
            return knots.found;
        }

        private void visit(String node) {
            if (numbers.containsKey(node)) return;
            int number = numbers.size();
            numbers.put(node, number);
            lowest.put(node, number);
            open.push(node);
            for (String next : graph.getOrDefault(node, Set.of())) {
                boolean isNew = !numbers.containsKey(next);
                visit(next);
                if (open.contains(next)) {
                    lowest.merge(node, isNew ? lowest.get(next) : numbers.get(next), Math::min);
                }
            }
            if (lowest.get(node) == number) {
                Set<String> knot = new TreeSet<>();
                do {
                    knot.add(open.pop());
                } while (!knot.contains(node));
                found.add(knot);
            }
        }
    }

    private static final class OnePackageEach implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return SliceIdentifier.of(javaClass.getPackageName());
        }

        @Override
        public String getDescription() {
            return "one slice for each package";
        }
    }
}
