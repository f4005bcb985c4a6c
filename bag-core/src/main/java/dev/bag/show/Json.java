package dev.bag.show;

import java.util.List;
import java.util.Map;

/** Writes lists, maps by texts, texts, numbers and booleans as JSON that can stand inside of a page. */
public final class Json {

    private final StringBuilder text = new StringBuilder();

    private Json() {}

    /** Returns {@code value} in one line, without any {@code <}. */
    public static String of(Object value) {
        Json json = new Json();
        json.add(value);
        return json.text.toString();
    }

    private void add(Object value) {
        if (value instanceof Map<?, ?> map) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                text.append(separator);
                quote(entry.getKey().toString());
                text.append(':');
                add(entry.getValue());
                separator = ",";
            }
            text.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> list) {
            String separator = "[";
            for (Object element : list) {
                text.append(separator);
                add(element);
                separator = ",";
            }
            text.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof Number || value instanceof Boolean) {
            text.append(value);
        } else {
            quote(value.toString());
        }
    }

    /** Half of a pair of surrogates, which no browser can show, is replaced. */
    private void quote(String string) {
        text.append('"');
        string.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                text.append('\\').append((char) c);
            } else if (c < ' ' || c == '<' || c == '\u2028' || c == '\u2029') {
                text.append(String.format("\\u%04x", c));
            } else {
                text.appendCodePoint(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '\ufffd' : c);
            }
        });
        text.append('"');
    }
}
