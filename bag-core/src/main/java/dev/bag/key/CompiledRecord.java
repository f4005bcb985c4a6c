package dev.bag.key;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.security.CodeSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which methods of a record class its compiler has made. Reflection cannot tell: a method that a programmer has
 * written may have the same modifiers. The class file can. The compiler's {@code hashCode} does nothing but to call what
 * {@code java.lang.runtime.ObjectMethods} makes of the fields of all components, which cannot be written in Java; its
 * accessors do nothing but to return their field.
 *
 * <p>There is not always a class file: not for a hidden class, nor for one that a program has made and given to a class
 * loader. And what a loader finds under the name of a class need not be the file of that class, since a loader may have
 * defined it before its parent, whose file it finds. Then nothing is known.
 */
final class CompiledRecord {

    private static final byte ALOAD_0 = 0x2A;
    private static final byte INVOKEDYNAMIC = (byte) 0xBA;
    private static final byte GETFIELD = (byte) 0xB4;
    private static final byte IRETURN = (byte) 0xAC;
    private static final byte ARETURN = (byte) 0xB0;

    private static final String BOOTSTRAP = "java/lang/runtime/ObjectMethods.bootstrap"
            + "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/TypeDescriptor;"
            + "Ljava/lang/Class;Ljava/lang/String;[Ljava/lang/invoke/MethodHandle;)Ljava/lang/Object;";

    private final CompiledClass file;
    private final RecordComponent[] components;
    private final boolean hasGeneratedHashCode;
    private final Set<String> generatedAccessors = new HashSet<>();

    private CompiledRecord(CompiledClass file, RecordComponent[] components) throws IOException {
        this.file = file;
        this.components = components;
        this.hasGeneratedHashCode = isGeneratedHashCode(file.code("hashCode()I"));
        for (RecordComponent component : components) {
            String accessor = component.getName() + "()" + component.getType().descriptorString();
            if (isGeneratedAccessor(file.code(accessor), component)) {
                generatedAccessors.add(component.getName());
            }
        }
    }

    /** Whether {@code hashCode} is the compiler's: a function of the fields of all components. */
    boolean hasGeneratedHashCode() {
        return hasGeneratedHashCode;
    }

    /** Whether the accessor of a component only returns its field. */
    boolean hasGeneratedAccessor(RecordComponent component) {
        return generatedAccessors.contains(component.getName());
    }

    /** What is known of a record class; null if nothing is. */
    static @Nullable CompiledRecord of(Class<?> type) {
        String path = type.getName().replace('.', '/') + ".class";
        if (type.isHidden() || !hasFile(type, path)) {
            return null;
        }
        try (InputStream in = type.getResourceAsStream("/" + path)) {
            if (in == null) {
                return null;
            }
            CompiledClass file = new CompiledClass(in.readAllBytes());
            boolean isOfThisClass = (file.name() + ".class").equals(path);
            return isOfThisClass ? new CompiledRecord(file, type.getRecordComponents()) : null;
        } catch (IOException | RuntimeException e) {
            return null; // a class loader may fail with anything, and a file may be cut off
        }
    }

    /** Whether the file at {@code path} is that of {@code type} for certain. */
    private static boolean hasFile(Class<?> type, String path) {
        ClassLoader loader = type.getClassLoader();
        if (loader == null || type.getModule().isNamed()) {
            return true; // a named module finds its own files only
        }
        ClassLoader parent = loader.getParent();
        if (parent == null || parent.getResource(path) == null) {
            return true;
        }
        URL found = loader.getResource(path);
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (found == null || source == null || source.getLocation() == null) {
            return false;
        }
        String place = found.toString();
        String location = source.getLocation().toString();
        return place.equals(location + path) || place.equals("jar:" + location + "!/" + path);
    }

    private boolean isGeneratedHashCode(byte @Nullable [] code) throws IOException {
        if (code == null || code.length != 7 || code[0] != ALOAD_0 || code[1] != INVOKEDYNAMIC || code[6] != IRETURN) {
            return false;
        }
        int call = index(code, 2);
        return file.nameAndType(file.second(call)).equals("hashCode(L" + file.name() + ";)I")
                && isOfAllComponents(file.bootstrap(file.first(call)));
    }

    private boolean isOfAllComponents(CompiledClass.Bootstrap bootstrap) throws IOException {
        List<Integer> arguments = bootstrap.arguments();
        if (file.first(bootstrap.handle()) != CompiledClass.INVOKE_STATIC
                || !file.member(file.second(bootstrap.handle())).equals(BOOTSTRAP)
                || arguments.size() != components.length + 2
                || !file.className(arguments.get(0)).equals(file.name())) {
            return false;
        }
        for (int i = 0; i < components.length; i++) {
            int getter = arguments.get(i + 2);
            if (file.first(getter) != CompiledClass.GET_FIELD
                    || !file.member(file.second(getter)).equals(field(components[i]))) {
                return false;
            }
        }
        return true;
    }

    private boolean isGeneratedAccessor(byte @Nullable [] code, RecordComponent component) throws IOException {
        return code != null
                && code.length == 5
                && code[0] == ALOAD_0
                && code[1] == GETFIELD
                && code[4] >= IRETURN
                && code[4] <= ARETURN
                && file.member(index(code, 2)).equals(field(component));
    }

    private String field(RecordComponent component) {
        return file.name() + "." + component.getName() + component.getType().descriptorString();
    }

    private static int index(byte[] code, int at) {
        return (code[at] & 0xFF) << 8 | code[at + 1] & 0xFF;
    }
}
