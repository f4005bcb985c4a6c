package dev.bag.io.codec;

import java.io.ByteArrayOutputStream;

/**
 * Blocks of bzip2 that no program writes: any bits can stand in their data. All codes have eight bits, so that each byte
 * of the data is a symbol. And a decoder in the plainest way, which tells the text that the data are.
 */
public final class CraftedBlock {

    private static final int SYMBOL_END = 0xff;
    private static final int SYMBOLS_A_SELECTOR = 50;

    private final StringBuilder bits = new StringBuilder();

    private CraftedBlock() {}

    /** What stands in a file of one stream. */
    public record Crafted(byte[] file, byte[] text) {}

    /** Returns a file of one stream, of one block, whose data begin with these bytes; none of them is 0xff. */
    public static Crafted file(byte[] symbols) {
        CraftedBlock file = new CraftedBlock();
        file.write(0x425a_6839L, 32);
        byte[] text = file.writeBlock(symbols);
        int checksum = checksum(text);
        file.write(0x1772_4538_5090L, 48);
        file.write(checksum & 0xffff_ffffL, 32);
        return new Crafted(file.bytes(), text);
    }

    private byte[] writeBlock(byte[] symbols) {
        int origin = 0;
        byte[] text = text(symbols, origin);
        while (text == null) {
            text = text(symbols, ++origin);
        }
        write(0x3141_5926_5359L, 48);
        write(checksum(text) & 0xffff_ffffL, 32);
        write(0, 1);
        write(origin, 24);
        write(0xffff, 16);
        for (int i = 0; i < 16; i++) {
            write(i < 15 ? 0xffff : 0xfffc, 16);
        }
        int selectors = (symbols.length + 1 + SYMBOLS_A_SELECTOR - 1) / SYMBOLS_A_SELECTOR;
        write(2, 3);
        write(selectors, 15);
        write(0, selectors);
        for (int table = 0; table < 2; table++) {
            write(8, 5);
            write(0, 256);
        }
        for (byte symbol : symbols) {
            write(symbol & 0xff, 8);
        }
        write(SYMBOL_END, 8);
        return text;
    }

    private void write(long value, int count) {
        for (int i = count - 1; i >= 0; i--) {
            bits.append(i < Long.SIZE && (value >>> i & 1) != 0 ? '1' : '0');
        }
    }

    private byte[] bytes() {
        while (bits.length() % 8 != 0) {
            bits.append('0');
        }
        byte[] bytes = new byte[bits.length() / 8];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
        }
        return bytes;
    }

    /** Returns the text, or null if it would end inside a run. */
    private static byte[] text(byte[] symbols, int origin) {
        byte[] last = lastColumn(symbols);
        int[] following = following(last);
        byte[] shortened = new byte[last.length];
        int row = following[origin];
        for (int i = 0; i < last.length; i++) {
            shortened[i] = last[row];
            row = following[row];
        }
        return withRuns(shortened);
    }

    private static byte[] lastColumn(byte[] symbols) {
        StringBuilder list = new StringBuilder();
        for (char value = 0; value < 254; value++) {
            list.append(value);
        }
        ByteArrayOutputStream column = new ByteArrayOutputStream();
        long digit = 1;
        for (byte each : symbols) {
            int symbol = each & 0xff;
            if (symbol <= 1) {
                for (long i = 0; i < digit << symbol; i++) {
                    column.write(list.charAt(0));
                }
                digit <<= 1;
            } else {
                char value = list.charAt(symbol - 1);
                list.deleteCharAt(symbol - 1).insert(0, value);
                column.write(value);
                digit = 1;
            }
        }
        return column.toByteArray();
    }

    private static int[] following(byte[] last) {
        int[] following = new int[last.length];
        int count = 0;
        for (int value = 0; value < 256; value++) {
            for (int i = 0; i < last.length; i++) {
                if ((last[i] & 0xff) == value) {
                    following[count++] = i;
                }
            }
        }
        return following;
    }

    private static byte[] withRuns(byte[] shortened) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int equal = 0;
        for (int i = 0; i < shortened.length; i++) {
            equal = equal > 0 && shortened[i] == shortened[i - 1] ? equal + 1 : 1;
            text.write(shortened[i]);
            if (equal == 4) {
                if (++i == shortened.length) {
                    return null;
                }
                for (int more = shortened[i] & 0xff; more > 0; more--) {
                    text.write(shortened[i - 1]);
                }
                equal = 0;
            }
        }
        return text.toByteArray();
    }

    /** Bit by bit. */
    public static int checksum(byte[] text) {
        int crc = -1;
        for (byte b : text) {
            crc ^= b << 24;
            for (int i = 0; i < 8; i++) {
                crc = crc < 0 ? crc << 1 ^ 0x04c1_1db7 : crc << 1;
            }
        }
        return ~crc;
    }
}
