package dev.bag.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Results of public methods can be printed: they are no arrays, and no objects without a text of their own. */
class ResultsPrintTest {

    @Test
    void noResultPrintsAsAnAddress() {
        List<String> silent = new ArrayList<>();
        List<Class<?>> types = new ArrayList<>(publicTypes("bag-core"));
        types.addAll(publicTypes("bag-io"));
        for (Class<?> type : types) {
            for (Method method : type.getDeclaredMethods()) {
                boolean isPublic = Modifier.isPublic(method.getModifiers()) && !method.isSynthetic();
                boolean isOfAnEnum = type.isEnum() && method.getName().equals("values");
                if (!isPublic || isOfAnEnum) continue;
                String result = method.getGenericReturnType().getTypeName();
                boolean isOfBytes = result.equals("byte[]"); // nobody asks for these to look at them
                if ((result.contains("[]") && !isOfBytes) || isSilent(method.getReturnType())) {
                    silent.add(type.getName() + "." + method.getName() + " returns " + result);
                }
            }
        }
        assertThat(types).hasSizeGreaterThan(30);
        assertThat(silent).isEmpty();
    }

    /** Builders and options are no results. What implements an interface says for itself. */
    private static boolean isSilent(Class<?> type) {
        if (!type.getName().startsWith("dev.bag.")) return false;
        boolean printsItself = type.isInterface() || type.isRecord() || type.isEnum() || declaresToString(type);
        return !printsItself && !type.getName().matches(".*(Builder|Options)");
    }

    private static boolean declaresToString(Class<?> type) {
        try {
            return type.getMethod("toString").getDeclaringClass() != Object.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Class<?>> publicTypes(String module) {
        List<Class<?>> types = new ArrayList<>();
        for (Map.Entry<String, Path> exported :
                SourceTree.exportedPackages(module).entrySet()) {
            try (Stream<Path> files = Files.list(SourceTree.resolve(exported.getValue()))) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".java") && !name.contains("-"))
                        .map(name -> loaded(exported.getKey() + "." + name.substring(0, name.length() - 5)))
                        .filter(type -> Modifier.isPublic(type.getModifiers()))
                        .forEach(types::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return types;
    }

    private static Class<?> loaded(String name) {
        try {
            return Class.forName(name, false, ResultsPrintTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
