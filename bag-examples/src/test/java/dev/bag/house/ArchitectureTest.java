package dev.bag.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private static final Map<String, List<String>> MAY_SEE = maySee();

    /** Lowest first. A package that is not named here is an error. */
    private static Map<String, List<String>> maySee() {
        String function = "dev.bag.function";
        String value = "dev.bag.value";
        String trait = "dev.bag.trait";
        String fold = "dev.bag.fold";
        String source = "dev.bag.source";
        String plan = "dev.bag.plan";
        String optimize = "dev.bag.optimize";
        String kernel = "dev.bag.kernel";
        String hold = "dev.bag.shuffle.hold";
        String sort = "dev.bag.shuffle.sort";
        String gather = "dev.bag.shuffle.gather";
        String reduce = "dev.bag.shuffle.reduce";
        String schedule = "dev.bag.schedule";
        String memory = "dev.bag.memory";
        String serial = "dev.bag.serial";
        String spill = "dev.bag.spill";
        String lower = "dev.bag.lower";
        String build = "dev.bag.build";
        String bag = "dev.bag";
        String codec = "dev.bag.io.codec";
        String split = "dev.bag.io.split";
        String format = "dev.bag.io.format";
        String io = "dev.bag.io";
        Map<String, List<String>> maySee = new LinkedHashMap<>();
        maySee.put(function, List.of());
        maySee.put(value, List.of(function));
        maySee.put(trait, List.of(function, value));
        maySee.put(fold, List.of(function, value, trait));
        maySee.put(source, List.of(function, value));
        maySee.put(plan, List.of(function, value, trait, fold, source));
        maySee.put(optimize, List.of(function, value, trait, fold, source, plan));
        maySee.put(spill, List.of(value));
        maySee.put(kernel, List.of(function, value, trait, fold, source, spill));
        maySee.put(shuffle, List.of(function, value, trait, fold, source, kernel, spill));
        maySee.put(schedule, List.of(function, value, spill));
        maySee.put(
                lower,
                List.of(
                        function, value, trait, fold, source, plan, optimize, kernel, hold, sort, gather, reduce, schedule,
                        spill));
        maySee.put(
                bag,
                List.of(function, value, trait, fold, source, plan, optimize, kernel, schedule, spill, lower));
        maySee.put(codec, List.of(function, value, fold, source, bag));
        maySee.put(split, List.of(function, value, fold, source, bag, codec));
        maySee.put(format, List.of(function, value, fold, source, bag, codec, split));
        maySee.put(io, List.of(function, value, fold, source, bag, codec, split, format));
        maySee.put("dev.bag.examples", List.of(function, value, fold, source, bag, io));
        return maySee;
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
    void theKernelKnowsNoThreads() {
        noClasses()
                .that()
                .resideInAPackage("dev.bag.kernel")
                .should()
                .dependOnClassesThat(assignableTo(Thread.class)
                        .or(assignableTo(ThreadFactory.class))
                        .or(assignableTo(Executor.class))
                        .or(assignableTo(Future.class)))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void packagesFormNoCycle() {
        slices().assignedFrom(new OnePackageEach()).should().beFreeOfCycles().check(CLASSES);
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
