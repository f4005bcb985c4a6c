package dev.bag.value;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Views of a buffer, before and after it is used again. */
class Utf8ViewTest {

    private static final String STALE = "this view was kept beyond the call that it was given to: its buffer has been"
            + " used again since. Keep its copy() instead.";

    private static final Utf8 OTHER = Utf8.of("b");

    /** By name, with all types of arguments: every public method that needs the bytes. */
    private static Map<String, ThrowingCallable> calls(Utf8 view) {
        Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
        calls.put("byteAt(int)", () -> view.byteAt(0));
        calls.put("longAt(int)", () -> view.longAt(0));
        calls.put("toBytes()", view::toBytes);
        calls.put("copyTo(byte[], int)", () -> view.copyTo(new byte[9], 0));
        calls.put("copy()", view::copy);
        calls.put("indexOf(char)", () -> view.indexOf('b'));
        calls.put("indexOf(char, int)", () -> view.indexOf('b', 99));
        calls.put("lastIndexOf(char)", () -> view.lastIndexOf('b'));
        calls.put("indexOf(Utf8)", () -> view.indexOf(OTHER));
        calls.put("contains(Utf8)", () -> view.contains(OTHER));
        calls.put("contains(String)", () -> view.contains("\uD83D"));
        calls.put("startsWith(Utf8)", () -> view.startsWith(OTHER));
        calls.put("startsWith(String)", () -> view.startsWith("longer than the view"));
        calls.put("endsWith(Utf8)", () -> view.endsWith(OTHER));
        calls.put("endsWith(String)", () -> view.endsWith(""));
        calls.put("slice(int, int)", () -> view.slice(1, 2));
        calls.put("strip()", view::strip);
        calls.put("field(char, int)", () -> view.field(' ', 0));
        calls.put("fieldCount(char)", () -> view.fieldCount(' '));
        calls.put("forEachField(char, Consumer)", () -> view.forEachField(' ', field -> {}));
        calls.put("split(char)", () -> view.split(' ').iterator().next());
        calls.put("words()", () -> view.words().iterator().next());
        calls.put("lines()", () -> view.lines().iterator().next());
        calls.put("parseInt()", view::parseInt);
        calls.put("parseLong()", view::parseLong);
        calls.put("parseDouble()", view::parseDouble);
        calls.put("equalsIgnoreAsciiCase(Utf8)", () -> view.equalsIgnoreAsciiCase(OTHER));
        calls.put("toLowerAscii()", view::toLowerAscii);
        calls.put("equals(Object)", () -> view.equals(OTHER));
        calls.put("hashCode()", view::hashCode);
        calls.put("compareTo(Utf8)", () -> view.compareTo(OTHER));
        calls.put("toString()", view::toString);
        return calls;
    }

    @Test
    void saysSoOnceTheBufferIsUsedAgain() {
        Block block = new Block("a 42 b".getBytes(UTF_8));
        Utf8 view = block.utf8(2, 4);
        for (Map.Entry<String, ThrowingCallable> call : calls(view).entrySet()) {
            assertThat(catchThrowable(call.getValue())).as(call.getKey()).isNull();
        }
        block.end();
        for (Map.Entry<String, ThrowingCallable> call : calls(view).entrySet()) {
            assertThatThrownBy(call.getValue())
                    .as(call.getKey())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(STALE);
        }
        assertThat(view.length()).isEqualTo(2);
        assertThat(view.isEmpty()).isFalse();
    }

    @Test
    void viewsOfLinesAreAsOthers() {
        byte[] bytes = "a 42 b\nc".getBytes(UTF_8);
        Block lines = Block.ofLines(bytes);
        assertThat(lines.bytes()).isSameAs(bytes);
        Utf8 line = lines.utf8(0, 6);
        Utf8 same = Utf8.of("a 42 b");
        assertThat(line).isEqualTo(same).hasSameHashCodeAs(same).isEqualByComparingTo(same);
        for (char c = 0; c < 0x80; c++) {
            for (int start = -1; start <= 7; start++) {
                assertThat(line.indexOf(c, start)).isEqualTo(same.indexOf(c, start));
            }
            assertThat(line.indexOf(c)).isEqualTo(same.indexOf(c));
        }
        assertThat(line.field(' ', 1).indexOf('\n')).isEqualTo(-1);
        assertThat(new Block(bytes).utf8(0, 8).indexOf('\n')).isEqualTo(6);
        lines.end();
        assertThatThrownBy(() -> line.indexOf('\n'))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(STALE);
    }

    @Test
    void theseAreAllMethods() {
        Set<String> expected = new TreeSet<>(Set.of("length()", "isEmpty()"));
        expected.addAll(calls(OTHER).keySet());
        Set<String> found = new TreeSet<>();
        for (Method method : Utf8.class.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers())
                    && !Modifier.isStatic(method.getModifiers())
                    && !method.isSynthetic()) {
                found.add(method.getName() + parameters(method));
            }
        }
        assertThat(found).isEqualTo(expected);
    }

    private static String parameters(Method method) {
        List<String> names = List.of(method.getParameterTypes()).stream()
                .map(Class::getSimpleName)
                .toList();
        return "(" + String.join(", ", names) + ")";
    }

    @Test
    void saysSoOfAnArgumentToo() {
        Block block = new Block("b".getBytes(UTF_8));
        Utf8 view = block.utf8(0, 1);
        block.end();
        Utf8 text = Utf8.of("abc");
        List<ThrowingCallable> calls = List.of(
                () -> text.indexOf(view),
                () -> text.contains(view),
                () -> text.startsWith(view),
                () -> text.endsWith(view),
                () -> text.equals(view),
                () -> text.equalsIgnoreAsciiCase(view),
                () -> text.compareTo(view));
        for (ThrowingCallable call : calls) {
            assertThatThrownBy(call).isInstanceOf(IllegalStateException.class).hasMessage(STALE);
        }
    }

    @Test
    void saysSoInTheMiddleOfAnIteration() {
        Block block = new Block("a b\nc d".getBytes(UTF_8));
        Utf8 view = block.utf8(0, 7);
        List<Iterable<Utf8>> all = List.of(view.split(' '), view.words(), view.lines());
        List<Iterator<Utf8>> begun = all.stream().map(Iterable::iterator).toList();
        begun.forEach(Iterator::next);
        block.end();
        for (Iterator<Utf8> iterator : begun) {
            assertThat(iterator.hasNext()).isTrue();
            assertThatThrownBy(iterator::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(STALE);
        }
    }

    @Test
    void isNotSerializedOnceStale() {
        Block block = new Block(new byte[3]);
        Utf8 view = block.utf8(0, 3);
        block.end();
        assertThatThrownBy(() -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(view))
                .hasStackTraceContaining(STALE);
    }

    @Test
    void aCopyOutlivesTheBuffer() {
        for (int before = 0; before < 3; before++) {
            for (int after = 0; after < 3; after++) {
                byte[] buffer = new byte[before + 5 + after];
                System.arraycopy("a b c".getBytes(UTF_8), 0, buffer, before, 5);
                Block block = new Block(buffer);
                Utf8 view = block.utf8(before, before + 5);
                Utf8 copy = view.copy();
                Utf8 field = view.field(' ', 1).copy();
                Utf8 lower = Utf8.of("A").toLowerAscii();
                block.end();
                Arrays.fill(buffer, (byte) 'x');
                assertThat(List.of(copy, field, lower)).hasToString("[a b c, b, a]");
                assertThat(copy.copy()).isSameAs(copy);
            }
        }
    }

    @Test
    void copiesNothingThatStandsAlone() {
        for (Utf8 own : List.of(
                Utf8.of("abc"),
                Utf8.of(""),
                Utf8.of(new byte[] {'a'}),
                Utf8.of("ABC").toLowerAscii())) {
            assertThat(own.copy()).isSameAs(own);
            assertThat(own.slice(0, own.length()).copy()).isEqualTo(own);
        }
        Utf8 text = Utf8.of("abc def");
        Utf8 field = text.field(' ', 0);
        Utf8 copy = field.copy();
        assertThat(copy).isEqualTo(field).isNotSameAs(field);
        assertThat(copy.copy()).isSameAs(copy);
    }

    @Test
    void takesTheBytesThatItWasAskedFor() {
        byte[] bytes = "abc".getBytes(UTF_8);
        Block block = new Block(bytes);
        assertThat(block.bytes()).isSameAs(bytes);
        assertThat(block).hasToString("Block[3 bytes]");
        for (int from = -1; from <= 4; from++) {
            for (int to = -1; to <= 4; to++) {
                int first = from;
                int end = to;
                if (from >= 0 && from <= to && to <= 3) {
                    assertThat(block.utf8(from, to)).hasToString("abc".substring(from, to));
                } else {
                    assertThatThrownBy(() -> block.utf8(first, end)).isInstanceOf(IndexOutOfBoundsException.class);
                }
            }
        }
        block.end();
        block.end();
        assertThatThrownBy(block::bytes)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(STALE);
        assertThatThrownBy(() -> block.utf8(0, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(STALE);
        assertThat(block).hasToString("Block[ended]");
    }

    @Test
    @SuppressWarnings("NullAway") // a caller without a null checker
    void needsBytes() {
        assertThatThrownBy(() -> new Block(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("bytes");
    }
}
