package dev.bag.text;

/**
 * Text in cells of a terminal: most characters take one, wide ones of East Asia and emoji two, marks that are put on other
 * characters none. Which is which: Unicode Standard Annex 11, East Asian Width.
 */
public final class OneLine {

    /** Pairs of first and last code point that take two cells. */
    private static final int[] WIDE = {
        0x1100, 0x115F, 0x231A, 0x231B, 0x23E9, 0x23EC, 0x2614, 0x2615, 0x267F, 0x267F, 0x2693, 0x2693, 0x26A1, 0x26A1,
        0x26AA, 0x26AB, 0x26BD, 0x26BE, 0x26D4, 0x26D4, 0x26EA, 0x26EA, 0x2705, 0x2705, 0x270A, 0x270B, 0x2728, 0x2728,
        0x274C, 0x274C, 0x2753, 0x2755, 0x2757, 0x2757, 0x2795, 0x2797, 0x2E80, 0x303E, 0x3041, 0xA4CF, 0xA960, 0xA97F,
        0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE30, 0xFE6F, 0xFF01, 0xFF60, 0xFFE0, 0xFFE6, 0x16FE0, 0x18AFF, 0x1B000,
        0x1B2FF, 0x1F004, 0x1F004, 0x1F0CF, 0x1F0CF, 0x1F18E, 0x1F18E, 0x1F191, 0x1F19A, 0x1F200, 0x1F265, 0x1F300,
        0x1F64F, 0x1F680, 0x1F6FF, 0x1F7E0, 0x1F7EB, 0x1F90C, 0x1FAFF, 0x20000, 0x3FFFD
    };

    private static final String MORE = "…";
    /** Longer texts are cut before anything looks at them. */
    private static final int LONGEST = 10_000;

    private OneLine() {}

    /** Returns {@code text} with control characters escaped, so that it stays on its line. */
    public static String of(String text) {
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        int at = 0;
        while (at < shown.length() && !Character.isISOControl(shown.charAt(at))) {
            at++;
        }
        if (at == shown.length()) {
            return shown;
        }
        StringBuilder escaped = new StringBuilder(shown.length() + 8);
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            if (Character.isISOControl(c)) {
                Escapes.append(escaped, c);
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** Returns how many cells {@code text} takes. */
    public static int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            width += width(text.codePointAt(i));
        }
        return width;
    }

    private static int width(int codePoint) {
        if (codePoint < 0x300) {
            return 1;
        }
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        for (int i = 0; i < WIDE.length && WIDE[i] <= codePoint; i += 2) {
            if (codePoint <= WIDE[i + 1]) {
                return 2;
            }
        }
        return 1;
    }

    /** Returns {@code text}, or what of it takes {@code most} cells with an ellipsis behind it. */
    public static String cut(String text, int most) {
        if (text.length() <= most / 2 || width(text) <= most) {
            return text;
        }
        int left = most - 1;
        int end = 0;
        while (end < text.length()) {
            int codePoint = text.codePointAt(end);
            left -= width(codePoint);
            if (left < 0) {
                break;
            }
            end += Character.charCount(codePoint);
        }
        return text.substring(0, end) + MORE;
    }
}
