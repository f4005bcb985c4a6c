package dev.bag.house;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The public and protected types and members of packages, as lines of text. Written here by hand because what the JDK's
 * own {@code toGenericString} returns differs between versions and does not tell what may be null.
 */
final class PublicApi {

    private static final Pattern KNOWN_PACKAGE = Pattern.compile("\\b(?:java|dev\\.bag)\\.(?:[a-z]\\w*\\.)*(?=[A-Z])");
    private static final int SHOWN_MODIFIERS =
            Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.FINAL | Modifier.ABSTRACT;

    private PublicApi() {}

    static List<String> describe(Map<String, Path> packages) {
        Map<String, Class<?>> types = new TreeMap<>();
        packages.forEach((name, folder) ->
                topLevelNames(folder).forEach(type -> addVisible(types, load(name + "." + type))));
        List<String> lines = new ArrayList<>();
        types.forEach((name, type) -> {
            if (!lines.isEmpty()) lines.add("");
            lines.add(header(type));
            members(type).forEach(member -> lines.add("    " + member));
        });
        return lines;
    }

    private static List<String> topLevelNames(Path folder) {
        try (Stream<Path> files = Files.list(SourceTree.resolve(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".java") && !file.equals("package-info.java"))
                    .map(file -> file.substring(0, file.length() - ".java".length()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PublicApi.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name + " has a source file but no class", e);
        }
    }

    private static void addVisible(Map<String, Class<?>> types, Class<?> type) {
        if (!isVisible(type.getModifiers())) return;
        types.put(type.getName(), type);
        for (Class<?> nested : type.getDeclaredClasses()) addVisible(types, nested);
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String header(Class<?> type) {
        String components = type.isRecord()
                ? Arrays.stream(type.getRecordComponents())
                        .map(component -> text(component.getAnnotatedType()) + " " + component.getName())
                        .collect(joining(", ", "(", ")"))
                : "";
        return typeModifiers(type) + kind(type) + " " + type.getCanonicalName()
                + typeParameters(type.getTypeParameters(), "") + components + supertypes(type);
    }

    private static String typeModifiers(Class<?> type) {
        int shown = type.getModifiers() & SHOWN_MODIFIERS;
        if (type.isInterface()) shown &= ~(Modifier.ABSTRACT | Modifier.STATIC);
        if (type.isRecord() || type.isEnum()) shown &= ~(Modifier.ABSTRACT | Modifier.STATIC | Modifier.FINAL);
        String sealed = type.isSealed() && !type.isEnum() ? "sealed " : "";
        return Modifier.toString(shown) + " " + sealed;
    }

    private static String kind(Class<?> type) {
        if (type.isAnnotation()) return "@interface";
        if (type.isInterface()) return "interface";
        if (type.isEnum()) return "enum";
        return type.isRecord() ? "record" : "class";
    }

    private static String supertypes(Class<?> type) {
        StringBuilder text = new StringBuilder();
        AnnotatedType parent = type.getAnnotatedSuperclass();
        if (kind(type).equals("class") && parent != null && parent.getType() != Object.class)
            text.append(" extends ").append(text(parent));
        String interfaces = Arrays.stream(type.getAnnotatedInterfaces())
                .map(PublicApi::text)
                .collect(joining(", "));
        if (!interfaces.isEmpty())
            text.append(type.isInterface() ? " extends " : " implements ").append(interfaces);
        return text.toString();
    }

    /** With those that hidden supertypes hand down: to a user they are the type's own. */
    private static Set<String> members(Class<?> type) {
        Set<String> lines = new TreeSet<>();
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (isShown(type, constructor)) lines.add(executable(constructor, "", "new"));
        }
        addFieldsAndMethods(type, lines);
        return lines;
    }

    private static void addFieldsAndMethods(Class<?> type, Set<String> lines) {
        for (Field field : type.getDeclaredFields()) {
            if (isVisible(field.getModifiers()) && !field.isSynthetic()) {
                lines.add(memberModifiers(field) + text(field.getAnnotatedType()) + " " + field.getName());
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (isShown(type, method))
                lines.add(executable(method, text(method.getAnnotatedReturnType()) + " ", method.getName()));
        }
        Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()))
                .filter(parent -> !isVisible(parent.getModifiers()))
                .forEach(parent -> addFieldsAndMethods(parent, lines));
    }

    /** What the compiler makes for every record and enum is left out. */
    private static boolean isShown(Class<?> type, Executable member) {
        if (!isVisible(member.getModifiers()) || member.isSynthetic()) return false;
        if (type.isEnum()) return !Set.of("values", "valueOf").contains(member.getName());
        return !type.isRecord() || !isMadeForRecord(type, member);
    }

    private static boolean isMadeForRecord(Class<?> type, Executable member) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] canonical =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        if (member instanceof Constructor) return Arrays.equals(member.getParameterTypes(), canonical);
        return Set.of("equals", "hashCode", "toString").contains(member.getName())
                || Arrays.stream(components)
                        .anyMatch(component -> component.getAccessor().equals(member));
    }

    private static String executable(Executable member, String result, String name) {
        boolean isDefault = member instanceof Method method && method.isDefault();
        List<String> parameters = new ArrayList<>();
        for (AnnotatedType parameter : member.getAnnotatedParameterTypes()) parameters.add(text(parameter));
        if (member.isVarArgs()) {
            int last = parameters.size() - 1;
            parameters.set(last, parameters.get(last).replaceFirst("\\[]$", "..."));
        }
        String thrown = Arrays.stream(member.getAnnotatedExceptionTypes())
                .map(PublicApi::text)
                .collect(joining(", "));
        return memberModifiers(member)
                + (isDefault ? "default " : "")
                + typeParameters(member.getTypeParameters(), " ")
                + result
                + name
                + "("
                + String.join(", ", parameters)
                + ")"
                + (thrown.isEmpty() ? "" : " throws " + thrown);
    }

    private static String memberModifiers(Member member) {
        int shown = member.getModifiers() & SHOWN_MODIFIERS;
        if (member.getDeclaringClass().isInterface()) shown &= ~Modifier.ABSTRACT;
        return Modifier.toString(shown) + " ";
    }

    private static String typeParameters(TypeVariable<?>[] variables, String behind) {
        if (variables.length == 0) return "";
        return Arrays.stream(variables).map(PublicApi::typeParameter).collect(joining(", ", "<", ">")) + behind;
    }

    private static String typeParameter(TypeVariable<?> variable) {
        String bounds = Arrays.stream(variable.getAnnotatedBounds())
                .map(PublicApi::text)
                .filter(bound -> !bound.equals("Object"))
                .collect(joining(" & "));
        return variable.getName() + (bounds.isEmpty() ? "" : " extends " + bounds);
    }

    private static String text(AnnotatedType annotated) {
        if (annotated instanceof AnnotatedArrayType array) {
            return text(array.getAnnotatedGenericComponentType()) + nullable(array) + "[]";
        }
        if (annotated instanceof AnnotatedWildcardType wildcard) {
            return wildcard(wildcard);
        }
        if (annotated instanceof AnnotatedParameterizedType parameterized) {
            Type raw = ((ParameterizedType) parameterized.getType()).getRawType();
            String arguments = Arrays.stream(parameterized.getAnnotatedActualTypeArguments())
                    .map(PublicApi::text)
                    .collect(joining(", "));
            return nullable(annotated) + shortName(raw) + "<" + arguments + ">";
        }
        return nullable(annotated) + shortName(annotated.getType());
    }

    private static String wildcard(AnnotatedWildcardType wildcard) {
        AnnotatedType[] lower = wildcard.getAnnotatedLowerBounds();
        if (lower.length > 0) return "? super " + text(lower[0]);
        AnnotatedType[] upper = wildcard.getAnnotatedUpperBounds();
        String bound = upper.length == 0 ? "Object" : text(upper[0]);
        return bound.equals("Object") ? "?" : "? extends " + bound;
    }

    private static String nullable(AnnotatedElement element) {
        return element.isAnnotationPresent(Nullable.class) ? "@Nullable " : "";
    }

    /** Without the package, where the package is the JDK's or ours. */
    private static String shortName(Type type) {
        return KNOWN_PACKAGE.matcher(type.getTypeName()).replaceAll("").replace('$', '.');
    }
}
