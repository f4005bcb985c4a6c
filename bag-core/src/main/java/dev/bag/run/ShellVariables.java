package dev.bag.run;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.SerializedLambda;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the variable of jshell that a function reads. Such a variable is a static field of a class that jshell has made: where
 * the function runs, nothing has been assigned to it, and no error would tell.
 *
 * <p>Reads the file of the class that has the function, as chapter 4 of the Java Virtual Machine Specification describes it.
 */
final class ShellVariables {

    /** Where jshell's classes are. */
    static final String PACKAGE = "REPL.";

    private static final String SHELL = "REPL/$JShell$";

    private static final int GETSTATIC = 0xb2;

    private final DataInputStream in;
    /** Texts, or for what refers to others their numbers: the first one, and the second one above. */
    private final @Nullable Object[] pool;

    private ShellVariables(byte[] file) throws IOException {
        this.in = new DataInputStream(new ByteArrayInputStream(file));
        in.skipBytes(2 * Integer.BYTES);
        this.pool = new @Nullable Object[in.readUnsignedShort()];
        for (int i = 1; i < pool.length; i++) {
            int tag = in.readUnsignedByte();
            pool[i] = constant(tag);
            i += tag == 5 || tag == 6 ? 1 : 0; // longs and doubles take two places
        }
    }

    /** Returns the name of a variable that {@code lambda} reads, if it was typed into jshell and reads one. */
    static Optional<String> readBy(SerializedLambda lambda) {
        if (!lambda.getImplClass().startsWith(SHELL)) {
            return Optional.empty();
        }
        try {
            Class<?> type = Class.forName(lambda.getImplClass().replace('/', '.'), false, Sent.loader());
            try (InputStream file = Builds.file(type)) {
                return file == null
                        ? Optional.empty()
                        : new ShellVariables(file.readAllBytes()).readBy(lambda.getImplMethodName());
            }
        } catch (IOException | ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }

    private Object constant(int tag) throws IOException {
        return switch (tag) {
            case 1 -> in.readUTF();
            case 5, 6 -> in.readLong();
            case 7, 8, 16, 19, 20 -> new int[] {in.readUnsignedShort(), 0};
            case 15 -> new int[] {in.readUnsignedByte(), in.readUnsignedShort()};
            case 3, 4 -> in.readInt();
            default -> new int[] {in.readUnsignedShort(), in.readUnsignedShort()};
        };
    }

    private Optional<String> readBy(String method) throws IOException {
        in.skipBytes(3 * Short.BYTES);
        in.skipBytes(in.readUnsignedShort() * Short.BYTES);
        for (int fields = in.readUnsignedShort(); fields > 0; fields--) {
            member();
        }
        for (int methods = in.readUnsignedShort(); methods > 0; methods--) {
            Member member = member();
            if (member.name().equals(method)) {
                return variableIn(member.code());
            }
        }
        return Optional.empty();
    }

    private record Member(String name, byte[] code) {}

    private Member member() throws IOException {
        in.readUnsignedShort();
        String name = text(in.readUnsignedShort());
        in.readUnsignedShort();
        byte[] code = {};
        for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
            boolean isCode = text(in.readUnsignedShort()).equals("Code");
            byte[] content = in.readNBytes(in.readInt());
            code = isCode ? content : code;
        }
        return new Member(name, code);
    }

    /** Instructions are not told from their operands: three bytes that look like this one are it, nearly always. */
    private Optional<String> variableIn(byte[] code) {
        for (int i = 0; i + 2 < code.length; i++) {
            int field = (code[i + 1] & 0xff) << 8 | (code[i + 2] & 0xff);
            if ((code[i] & 0xff) == GETSTATIC && field < pool.length && pool[field] instanceof int[] of) {
                String owner = of[0] < pool.length && pool[of[0]] instanceof int[] type ? text(type[0]) : "";
                if (owner.startsWith(SHELL) && pool[of[1]] instanceof int[] nameAndType) {
                    return Optional.of(text(nameAndType[0]));
                }
            }
        }
        return Optional.empty();
    }

    private String text(int number) {
        return number < pool.length && pool[number] instanceof String text ? text : "";
    }
}
