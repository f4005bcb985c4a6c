package dev.bag.serial;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One object in Java's serialization, with the numbers of classes in place of their descriptions. */
final class JavaOutput extends ObjectOutputStream {

    private final ClassNumbers classes;
    private final boolean setsApart;
    private final List<Object> apart = new ArrayList<>();
    private boolean hasBegun;
    private boolean isJavasAlone = true;

    /** If it {@code setsApart}, it leaves out what need not stay together, and otherwise what Java would lose or refuse. */
    JavaOutput(ByteArrayOutputStream out, ClassNumbers classes, boolean setsApart) throws IOException {
        super(out);
        this.classes = classes;
        this.setsApart = setsApart;
        enableReplaceObject(true);
    }

    /** Whether nothing was met that Java would lose or refuse. */
    boolean isJavasAlone() {
        return isJavasAlone;
    }

    /** What was left out, by the number of its {@link Apart}. */
    List<Object> apart() {
        return apart;
    }

    @Override
    protected @Nullable Object replaceObject(Object object) {
        if (!hasBegun) {
            hasBegun = true;
            return object;
        }
        if (setsApart) {
            return JavasOwn.staysTogether(object) ? object : setApart(object);
        }
        if (JavasOwn.canWrite(object.getClass())) {
            return object;
        }
        isJavasAlone = false;
        return null;
    }

    private Apart setApart(Object object) {
        apart.add(object);
        return new Apart(apart.size() - 1);
    }

    @Override
    protected void writeClassDescriptor(ObjectStreamClass description) throws IOException {
        writeInt(classes.numberOf(description.forClass()));
    }
}
