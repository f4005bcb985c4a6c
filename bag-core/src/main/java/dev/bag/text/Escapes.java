package dev.bag.text;

/** Characters as they are written in a message, inside quotes. */
public final class Escapes {

    private Escapes() {}

    /** Appends {@code c}; quotes, backslashes and what cannot be seen are escaped as in Java. */
    public static void append(StringBuilder shown, char c) {
        switch (c) {
            case '\n' -> shown.append("\\n");
            case '\r' -> shown.append("\\r");
            case '\t' -> shown.append("\\t");
            case '"' -> shown.append("\\\"");
            case '\\' -> shown.append("\\\\");
            default -> {
                if (Character.isISOControl(c)) {
                    Digits.appendHex(shown.append("\\u"), c);
                } else {
                    shown.append(c);
                }
            }
        }
    }
}
