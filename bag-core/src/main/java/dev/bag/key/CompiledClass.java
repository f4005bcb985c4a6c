package dev.bag.key;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * As much of a class file as tells what a short method does: its constants, the code of its methods and its bootstrap
 * methods (The Java Virtual Machine Specification, chapter 4).
 */
final class CompiledClass {

    private static final int MAGIC = 0xCAFEBABE;

    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int STRING = 8;
    private static final int METHOD_HANDLE = 15;
    private static final int METHOD_TYPE = 16;
    private static final int MODULE = 19;
    private static final int PACKAGE = 20;

    /** Kinds of a method handle. */
    static final int GET_FIELD = 1;

    static final int INVOKE_STATIC = 6;

    private final DataInputStream in;
    /** Of each constant its first part: an index, or the kind of a method handle. */
    private int[] first = {};
    /** Of each constant that has two parts the second: an index. */
    private int[] second = {};

    private @Nullable String[] texts = {};
    private final String name;
    private final Map<String, byte[]> codes = new HashMap<>();
    private final List<Bootstrap> bootstraps = new ArrayList<>();

    /** A bootstrap method, by the numbers of its method handle and of its arguments. */
    record Bootstrap(int handle, List<Integer> arguments) {}

    /** Reads a class file; fails if it is none, or has constants that are not known here. */
    CompiledClass(byte[] file) throws IOException {
        in = new DataInputStream(new ByteArrayInputStream(file));
        if (in.readInt() != MAGIC) {
            throw new IOException("not a class file");
        }
        in.skipNBytes(4); // the version
        readConstants();
        in.skipNBytes(2); // the modifiers
        name = className(in.readUnsignedShort());
        in.skipNBytes(2); // the superclass
        in.skipNBytes(2L * in.readUnsignedShort()); // the interfaces
        readMembers(false);
        readMembers(true);
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            readClassAttribute();
        }
    }

    /** The name of the class, with slashes. */
    String name() {
        return name;
    }

    /** The code of the method whose name and descriptor are {@code method}; null if there is none. */
    byte @Nullable [] code(String method) {
        return codes.get(method);
    }

    /** The bootstrap method with a number. */
    Bootstrap bootstrap(int number) {
        return bootstraps.get(number);
    }

    /** The first part of a constant. */
    int first(int constant) {
        return first[constant];
    }

    /** The second part of a constant. */
    int second(int constant) {
        return second[constant];
    }

    /** The name of a class constant, with slashes. */
    String className(int constant) throws IOException {
        return text(first[constant]);
    }

    /** A field or method constant: its class, its name and its descriptor. */
    String member(int constant) throws IOException {
        return className(first[constant]) + "." + nameAndType(second[constant]);
    }

    /** The name and the descriptor that follows it. */
    String nameAndType(int constant) throws IOException {
        return text(first[constant]) + text(second[constant]);
    }

    private String text(int constant) throws IOException {
        String text = texts[constant];
        if (text == null) {
            throw new IOException("constant " + constant + " is no text");
        }
        return text;
    }

    private void readConstants() throws IOException {
        int count = in.readUnsignedShort();
        first = new int[count];
        second = new int[count];
        texts = new @Nullable String[count];
        for (int constant = 1; constant < count; constant++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case UTF8 -> texts[constant] = in.readUTF();
                case LONG, DOUBLE -> {
                    in.skipNBytes(8);
                    constant++; // takes two places
                }
                case CLASS, STRING, METHOD_TYPE, MODULE, PACKAGE -> first[constant] = in.readUnsignedShort();
                case METHOD_HANDLE -> {
                    first[constant] = in.readUnsignedByte();
                    second[constant] = in.readUnsignedShort();
                }
                default -> {
                    if (tag < 3 || tag > 18 || tag == 13 || tag == 14) {
                        throw new IOException("a constant of the unknown kind " + tag);
                    }
                    first[constant] = in.readUnsignedShort(); // numbers, members and dynamic constants have 4 bytes
                    second[constant] = in.readUnsignedShort();
                }
            }
        }
    }

    private void readMembers(boolean areMethods) throws IOException {
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            in.skipNBytes(2); // the modifiers
            String member = text(in.readUnsignedShort()) + text(in.readUnsignedShort());
            for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                String attribute = text(in.readUnsignedShort());
                byte[] content = readBytes(in.readInt());
                if (areMethods && attribute.equals("Code")) {
                    codes.put(member, codeOf(content));
                }
            }
        }
    }

    private static byte[] codeOf(byte[] attribute) throws IOException {
        DataInputStream content = new DataInputStream(new ByteArrayInputStream(attribute));
        content.skipNBytes(4); // stack and local variables
        byte[] code = new byte[Math.min(content.readInt(), attribute.length)];
        content.readFully(code);
        return code;
    }

    private void readClassAttribute() throws IOException {
        String attribute = text(in.readUnsignedShort());
        int length = in.readInt();
        if (!attribute.equals("BootstrapMethods")) {
            readBytes(length);
            return;
        }
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            int handle = in.readUnsignedShort();
            List<Integer> arguments = new ArrayList<>();
            for (int more = in.readUnsignedShort(); more > 0; more--) {
                arguments.add(in.readUnsignedShort());
            }
            bootstraps.add(new Bootstrap(handle, arguments));
        }
    }

    private byte[] readBytes(int length) throws IOException {
        byte[] bytes = in.readNBytes(Math.max(0, length));
        if (bytes.length < length) {
            throw new IOException("the class file ends too early");
        }
        return bytes;
    }
}
