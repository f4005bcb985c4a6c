package dev.bag.run;

import java.io.Serializable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The objects that would be sent with another one, as far as they can be looked into: fields, elements, and what lambdas have
 * captured. Walked through from an explicit stack, inputs of plans and lists may be deep.
 */
final class SentGraph {

    private static final int FEW = 16;

    /** What the chain of a message does not begin with: plans, and what the operators of bags wrap around functions. */
    private static final Pattern OURS = Pattern.compile("dev\\.bag\\.([a-z]+\\.)?(Bag|KeyedBag|Delayed)\\b"
            + "|dev\\.bag\\.(build|plan|stage|kernel|trait)\\.|\\[|java\\.");

    private final int mostElements;
    private final Deque<Step> open = new ArrayDeque<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<SerializedLambda> lambdas = new ArrayList<>();
    private final Set<Class<?>> classes = Collections.newSetFromMap(new IdentityHashMap<>());
    private @Nullable Step unsendable;

    /** How an object was reached; {@code from} is null for the first one. */
    private record Step(
            @Nullable Step from,
            String link,
            Object object,
            @Nullable SerializedLambda lambda) {}

    private SentGraph(Object first, int mostElements) {
        this.mostElements = mostElements;
        reach(null, "", first);
        while (!open.isEmpty()) {
            expand(open.pop());
        }
    }

    /** Returns the classes with the code of what is reached from {@code first}; of large collections, of a few elements. */
    static Set<String> classesOf(Object first) {
        SentGraph graph = new SentGraph(first, FEW);
        Set<String> names = new TreeSet<>();
        graph.classes.forEach(type -> names.add(type.getName()));
        graph.lambdas.forEach(lambda -> names.add(lambda.getImplClass().replace('/', '.')));
        return names;
    }

    /** Returns the lambdas that are reached from {@code first}. */
    static List<SerializedLambda> lambdasOf(Object first) {
        return new SentGraph(first, FEW).lambdas;
    }

    /** Returns the way from a function to what cannot be serialized, if one is found from {@code first}. */
    static Optional<String> wayToUnsendable(Object first) {
        return Optional.ofNullable(new SentGraph(first, Integer.MAX_VALUE).unsendable)
                .map(SentGraph::text);
    }

    private void reach(@Nullable Step from, String link, @Nullable Object object) {
        if (object == null
                || object instanceof String
                || object instanceof Number
                || object instanceof Enum<?>
                || object instanceof Class<?>
                || !seen.add(object)) {
            return;
        }
        SerializedLambda lambda = lambda(object);
        Step step = new Step(from, link, object, lambda);
        if (lambda != null) {
            lambdas.add(lambda);
        } else if (object instanceof Serializable) {
            classes.add(object.getClass());
        } else if (unsendable == null) {
            unsendable = step;
        }
        open.push(step);
    }

    private void expand(Step step) {
        Object object = step.object();
        if (step.lambda() != null) {
            captured(step, step.lambda());
        } else if (object instanceof Object[] array) {
            for (int i = 0; i < Math.min(array.length, mostElements); i++) {
                reach(step, "element " + i, Array.get(array, i));
            }
        } else if (object instanceof Map<?, ?> map) {
            elements(step, map.keySet());
            elements(step, map.values());
        } else if (object instanceof Collection<?> collection) {
            elements(step, collection);
        } else if (object instanceof Serializable) {
            fields(step);
        }
    }

    private void elements(Step step, Collection<?> elements) {
        int number = 0;
        for (Object each : elements) {
            if (number == mostElements) {
                return;
            }
            reach(step, "element " + number++, each);
        }
    }

    private void captured(Step step, SerializedLambda lambda) {
        boolean hasThis = lambda.getImplMethodKind() != MethodHandleInfo.REF_invokeStatic;
        for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
            String link = hasThis && i == 0 ? "this" : "captured value " + (hasThis ? i : i + 1);
            reach(step, link, lambda.getCapturedArg(i));
        }
    }

    private void fields(Step step) {
        for (Class<?> type = step.object().getClass();
                type != null && Serializable.class.isAssignableFrom(type);
                type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())
                        && !Modifier.isTransient(field.getModifiers())
                        && !field.getType().isPrimitive()) {
                    reach(step, "field " + field.getName(), read(field, step.object()));
                }
            }
        }
    }

    private static @Nullable Object read(Field field, Object of) {
        try {
            field.setAccessible(true);
            return field.get(of);
        } catch (InaccessibleObjectException | IllegalAccessException e) {
            return null; // such as a class of the JDK: it is as it is
        }
    }

    private static @Nullable SerializedLambda lambda(Object object) {
        if (!object.getClass().isHidden() || !(object instanceof Serializable)) {
            return null;
        }
        try {
            Method replacing = object.getClass().getDeclaredMethod("writeReplace");
            replacing.setAccessible(true);
            return replacing.invoke(object) instanceof SerializedLambda lambda ? lambda : null;
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            return null;
        }
    }

    /** From the first thing that is the user's, the others are operators. */
    private static String text(Step last) {
        Deque<Step> way = new ArrayDeque<>();
        for (Step step = last; step != null; step = step.from()) {
            way.push(step);
        }
        while (way.size() > 1 && isOurs(way.getFirst())) {
            way.pop();
        }
        StringBuilder text = new StringBuilder(name(way.pop()));
        way.forEach(step -> text.append(" > ").append(step.link()).append(": ").append(name(step)));
        return text.toString();
    }

    private static boolean isOurs(Step step) {
        String type = step.lambda() == null
                ? step.object().getClass().getName()
                : step.lambda().getImplClass().replace('/', '.');
        return step.object() instanceof Collection<?> || OURS.matcher(type).lookingAt();
    }

    private static String name(Step step) {
        SerializedLambda lambda = step.lambda();
        if (lambda != null) {
            return "function " + lambda.getImplClass().replace('/', '.') + "." + lambda.getImplMethodName();
        }
        Class<?> type = step.object().getClass();
        return type.isHidden()
                ? "a function of " + type.getName().replaceFirst("\\$\\$.*", "")
                        + " that is not Serializable (cast it, as to (Comparator<T> & Serializable))"
                : type.getTypeName();
    }
}
